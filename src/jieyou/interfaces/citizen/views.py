"""The first page, the switch for 长辈版, and what a resident reads when something is wrong."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, HttpResponseServerError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import defaults
from django.views.csrf import csrf_failure
from django.views.decorators.http import require_safe

from jieyou.interfaces.citizen import lists, page, reporting
from jieyou.interfaces.citizen.page import show
from jieyou.kernel.places import tree

INNER = ("/desk/", "/api/")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Emergency numbers first, then the two things one comes for."""
    city = tree.current().filter(level="city").order_by("code").first()
    days = lists.first_days(city.code if city else "")
    return show(request, "home", keep=True, days=days, categories=lists.categories())


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the phone shows by itself when there is no network."""
    return show(request, "offline", keep=True)


@require_safe
def elder(request: HttpRequest) -> HttpResponse:
    """长辈版 on or off, its letters larger or smaller, by an ordinary link; back to where one was."""
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("citizen:home")
    letters = page.elder(request)
    if request.GET.get("to") in page.STEPS:
        letters = page.step(letters, request.GET["to"])
    elif "on" in request.GET:
        letters = (letters or page.SIZES[0]) if request.GET["on"] == "1" else 0
    return page.remember(HttpResponseRedirect(back), letters)


def token_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For ``CSRF_FAILURE_VIEW``: a sentence, and on the report page all that was typed."""
    there = request.resolver_match
    if there is None or there.app_name != "citizen":
        return csrf_failure(request, reason)
    if there.url_name in ("report", "check", "send"):
        return reporting.came_too_late(request)
    return show(request, "track", wrong="这一页放得太久了，请重新输入查询编号。", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For ``handler404``."""
    if _of_the_staff(request):
        return defaults.page_not_found(request, exception)
    return show(request, "not_found", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """For ``handler500``: nothing is read, whatever it was that failed."""
    if _of_the_staff(request):
        return defaults.server_error(request)
    return HttpResponseServerError(render_to_string("citizen/failed.html"))


def _of_the_staff(request: HttpRequest) -> bool:
    """Whether the address belongs to the inner zone, as far as this process serves it."""
    return settings.ZONE == "inner" or (settings.ZONE == "both" and request.path.startswith(INNER))
