"""The API alone, where the inner zone puts it."""

from django.urls import include, path

urlpatterns = [path("api/", include("jieyou.interfaces.api.urls"))]
