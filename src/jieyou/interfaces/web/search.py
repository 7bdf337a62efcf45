"""One box for everything: a number, words, a place, a telephone. Results say what they were found by.

The box is sent by POST: a telephone must never stand in an address, where servers and browsers keep it. Everything else
is sent on to an address that can be kept and shared. Each search by telephone is on the record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from jieyou.commons.reports.models import SOURCES, Report
from jieyou.interfaces.web import lamps
from jieyou.interfaces.web.lamps import Lamp
from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import finding, seen
from jieyou.kernel.loop.finding import Found
from jieyou.kernel.loop.grams import SHORTEST, words_of
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy import looks, sealing
from jieyou.kernel.privacy.plain import plain

SHOWN, PLACES, LONGEST = 30, 8, 60
RELATED = ("place", "holder")
PARTS = {"number": "编号", "title": "名称", "said": "反映内容"}


@dataclass(frozen=True)
class Hit:
    """One case that was found; ``by``: by what, ``bit``: the words around."""

    case: Case
    by: str
    lamp: Lamp
    bit: str = ""


@dataclass
class Result:
    """What a search brings. ``more``: the list that has all of it, by loop."""

    hits: list[Hit] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    more: bool = False
    short: bool = False
    telephone: bool = False


@staff
def search(request: StaffRequest) -> HttpResponse:
    """POST from the box on every page: a telephone is looked up here and now, anything else goes to its address."""
    sent = request.POST if request.method == "POST" else request.GET
    query = sent.get("q", "").replace("\x00", "").strip()[:LONGEST]
    telephone = telephone_of(query)
    if request.method == "POST" and not telephone:
        return redirect(f"{reverse('web:search')}?{urlencode({'q': query})}")
    if (exact := _exact(request.actor, query)) is not None:
        return redirect("web:case", exact.number)
    result = by_telephone(request.actor, telephone) if telephone else by_all(request.actor, query)
    context = {"here": "search", "query": "" if telephone else query, "result": result, "most": finding.MOST}
    response = render(request, "web/search.html", context)
    patch_cache_control(response, no_store=True)
    return response


def telephone_of(query: str) -> str:
    """The digits of what looks like a telephone, mobile or landline; "" for anything else."""
    digits = re.sub(r"[\s\-()]", "", plain(query))
    told = re.fullmatch(r"(?:\+?86)?1[3-9]\d{9}|0\d{9,11}|[2-8]\d{6,7}", digits)
    return digits if told and not re.search(r"[A-Za-z一-鿿]", query) else ""


def _exact(actor: Actor, query: str) -> Case | None:
    """Somebody typed a whole number: straight to the case, a sealed one too for whoever may see it."""
    case = Case.objects.filter(number=query.upper()).first() if "-" in query else None
    return case if case and seen.may_see(actor, case) else None


def by_telephone(actor: Actor, telephone: str) -> Result:
    """Cases whose reporter left this number, as far as the actor may see them; on the record first."""
    blind = sealing.blind(telephone, "phone")
    rows = _seen(actor, Report.objects.filter(phone_blind=blind, withdrawn_at=None).values("case"))
    looks.searched(actor, "电话", len(rows), blind)
    return Result([_hit(case, "反映人电话") for case in rows], telephone=True)


def by_all(actor: Actor, query: str) -> Result:
    """By the begin of a number, by the number of the source, by words, and by places of that name."""
    if len(query) < SHORTEST:
        return Result(short=bool(query))
    hits: dict[UUID, Hit] = {}
    numbered = finding.by_number(query)
    if numbered is not None:
        order = Case.objects.filter(numbered).order_by("-number").values_list("pk", flat=True)
        rows = seen.foremost(actor, list(order[: finding.MOST]), SHOWN + 1, RELATED)
        hits |= {case.pk: _hit(case, PARTS["number"]) for case in rows}
    hits |= {
        case.pk: _hit(case, "来件编号") for case in _seen(actor, _from_source(query)) if case.pk not in hits
    }
    for hit in _by_words(actor, query) if len(hits) <= SHOWN else ():
        hits.setdefault(hit.case.pk, hit)
    places = Place.objects.filter(name__contains=query, until=None).order_by("code")[:PLACES]
    found = list(hits.values())
    return Result(found[:SHOWN], list(places), more=len(found) > SHOWN)


def _from_source(number: str) -> QuerySet[Any]:
    """Reports that came with this number of 12345, of 信访, of another office."""
    sources = [code for code, _ in SOURCES]
    return Report.objects.filter(source__in=sources, source_no=number, withdrawn_at=None).values("case")


def _seen(actor: Actor, cases: QuerySet[Any]) -> list[Case]:
    keys = list(cases.values_list("case", flat=True)[: finding.MOST])
    if not keys:
        return []
    order = Case.objects.filter(pk__in=keys).order_by("-opened_at").values_list("pk", flat=True)
    return seen.foremost(actor, list(order), SHOWN, RELATED)


def _by_words(actor: Actor, query: str) -> list[Hit]:
    found = finding.by_words(actor, query)
    if not found:
        return []
    said, words = {one.key: one for one in found}, words_of(query)
    order = Case.objects.filter(pk__in=said).order_by("-opened_at", "-pk").values_list("pk", flat=True)
    rows = seen.foremost(actor, list(order), SHOWN + 1, RELATED)
    return [_worded(case, said[case.pk], words) for case in rows]


def _worded(case: Case, found: Found, words: list[str]) -> Hit:
    part = found.where(words)
    return _hit(case, PARTS[part], found.around(words) if part == "said" else "")


def _hit(case: Case, by: str, bit: str = "") -> Hit:
    light = lamps.lamp(case.due, case.provisional, clock.now()) if case.open else lamps.ENDED
    return Hit(case, by, light, bit)
