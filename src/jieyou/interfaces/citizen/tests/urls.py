"""The public zone alone: its pages need no other address."""

from django.urls import include, path

urlpatterns = [path("", include("jieyou.interfaces.citizen.urls"))]
handler404 = "jieyou.interfaces.citizen.views.not_found"
handler500 = "jieyou.interfaces.citizen.views.failed"
