"""Two zones, two URL sets; ``JIEYOU_ZONE`` says which of them this process serves."""

urlpatterns = []
