"""Two zones, two URL sets; ``JIEYOU_ZONE`` says which of them this process serves."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

PUBLIC = [path("", include("jieyou.interfaces.citizen.urls"))]
INNER = [
    path("desk/", include("jieyou.interfaces.web.urls")),
    path("api/", include("jieyou.interfaces.api.urls")),
]
#: Where only the inner zone is served, the front door leads to the staff's.
TO_DESK = [path("", RedirectView.as_view(url="/desk/"))]

urlpatterns = {"public": PUBLIC, "inner": [*TO_DESK, *INNER], "both": [*PUBLIC, *INNER]}[settings.ZONE]
if settings.ZONE != "inner":
    handler404 = "jieyou.interfaces.citizen.views.not_found"
    handler500 = "jieyou.interfaces.citizen.views.failed"
