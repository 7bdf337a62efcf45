"""人民建议: topics that are open, what was adopted and rewarded, and the form. Followed by the query number like every report."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from jieyou.commons.reports import intake
from jieyou.commons.reports.intake import Told
from jieyou.interfaces.citizen import guard, lists
from jieyou.interfaces.citizen.draft import KEY
from jieyou.interfaces.citizen.page import show
from jieyou.interfaces.citizen.reporting import receipt_page
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.places.models import Place
from jieyou.mechanisms.proposals import taking, topics
from jieyou.mechanisms.proposals.models import ProposalTopic
from jieyou.mechanisms.proposals.taking import Said

_LONGEST = {"where": 100, "name": 40, "phone": 40}
_NAMES = {"place": "county", "words": "suggestion"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the public may read. Names of places are those of the offices; nobody's proposal is shown before it was reviewed."""
    return show(
        request, "proposals", open=_open(), announced=topics.announced(), noticed=topics.noticed(), awarded=topics.awarded(),
        published=topics.published(),
    )  # fmt: skip


def _open() -> list[tuple[ProposalTopic, Any]]:
    return [(row, topics.last_day(row.case)) for row in topics.soliciting()]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; what is sent twice comes in once, what is wrong loses nothing."""
    if request.method != "POST" or "to" in request.POST:
        return _form(request, {})
    if not guard.may_report(request):
        return _form(request, {"suggestion": guard.TOO_MANY_REPORTS}, 429)
    place = lists.deepest(request.POST.get("county", "")[:12])
    wrongs = _wrongs(request.POST, place)
    if place is None or wrongs:
        return _form(request, wrongs)
    try:
        receipt = taking.take(_told(request.POST, place), _said(request.POST), intake.PUBLIC)
    except Refused as no:
        return _form(
            request,
            {_NAMES.get(name, name): words for name, words in no.errors.items()}
            or {"suggestion": no.sentence},
        )
    return receipt_page(request, receipt)


def _said(post: Any) -> Said:
    told = {
        name: post.get(name, "").replace("\x00", "").strip()
        for name in ("problem", "suggestion", "benefit", "topic")
    }
    return Said(**told, original=post.get("original") == "1", named=post.get("named") == "1")


def _told(post: Any, place: Place) -> Told:
    key = post.get("client_key", "")
    told = {name: post.get(name, "").replace("\x00", "").strip() for name in _LONGEST}
    return Told(place=place, words="", client_key=key if KEY.fullmatch(key) else "", **told)


def _wrongs(post: Any, place: Place | None) -> dict[str, str]:
    """A sentence per field that is not right, in the order of the page."""
    found = {"county": "请选一下是关于哪个县区的"} if place is None else {}
    found |= _said(post).wrongs()
    found |= {
        name: f"最多写 {most} 个字" for name, most in _LONGEST.items() if len(post.get(name, "")) > most
    }
    if post.get("original") != "1":
        found["original"] = "请确认是自己提的建议，引用他人的写明出处"
    phone = intake.problems("足够长的字", post.get("phone", ""))
    return found | phone


def _form(request: HttpRequest, wrongs: dict[str, str], status: int = 200) -> HttpResponse:
    said: Any = request.POST if request.method == "POST" else request.GET
    return show(
        request, "proposal_new", status=status, wrongs=wrongs, said=said, topics=_open(), counties=lists.counties(),
        key=said.get("client_key") or secrets.token_urlsafe(24),
    )  # fmt: skip
