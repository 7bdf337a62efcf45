"""Who is at the desk. Every view of the staff pages is wrapped by :func:`staff` and is closed to everybody else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.cache import patch_cache_control, patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.seen import may_see
from jieyou.kernel.people.actor import Actor, Holding
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import actor_of
from jieyou.kernel.people.roles import CLERK

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in: ``actor`` is built once and is the only thing handed down."""

    actor: Actor
    user: Account
    htmx: HtmxDetails


StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]


def staff(view: StaffView[P]) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    """Only for accounts: a stranger goes to the login page, and the answer is kept in nobody's shared cache."""

    @wraps(view)
    def closed(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_login(request)
        if request.user.once and request.path != resolve_url("web:password"):
            return redirect("web:password")  # a one-time password opens only the page where it is changed
        request.actor = actor_of(request.user)
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response

    closed.takes_actor = True  # type: ignore[attr-defined]  # a test walks all URLs and asks for it
    return closed


def _to_login(request: Any) -> HttpResponse:
    """The login page; inside an htmx answer the whole window goes there, and comes back to the page it was on."""
    if not request.htmx:
        return redirect_to_login(request.get_full_path(), resolve_url("web:login"))
    came = urlsplit(request.htmx.current_url or "").path or resolve_url("web:desk")
    return HttpResponseClientRedirect(redirect_to_login(came, resolve_url("web:login")).url)


def case_or_404(request: StaffRequest, number: str) -> Case:
    """The case of this number as this actor may see it. For strangers it is not there."""
    case = (
        Case.objects.select_related("home__place", "holder", "place", "desk", "parent")
        .filter(number=number)
        .first()
    )
    if case is None or not may_see(request.actor, case):
        raise Http404("没有这件事，或者不归您看")
    return case


def holding_or_404(request: StaffRequest, *roles: str, kind: str = "") -> Holding:
    """The actor's post with one of the roles (in a unit of that kind); without it the page is not there."""
    found = holding(request.actor, *roles, kind=kind)
    if found is None:
        raise Http404("这个页面由" + "、".join(roles) + "使用")
    return found


def holding(actor: Actor, *roles: str, kind: str = "") -> Holding | None:
    """The first post with one of the roles, in a unit of that kind if one is asked for."""
    fit = (h for h in actor.holdings if h.role in roles and kind in ("", h.unit_kind))
    return next(fit, None)


def takes_reports(actor: Actor) -> Holding | None:
    """The office post by which somebody takes in reports (代录、导入)."""
    return holding(actor, CLERK, kind="office")
