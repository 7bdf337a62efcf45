"""补录台账: upload a running ledger, look at what would come in, let it come in, take it back. What its words mean: :mod:`.ledgermap`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRefresh

from jieyou.commons.backfill import batches, remembering, tasks
from jieyou.commons.backfill.batches import Preview
from jieyou.commons.backfill.choosing import Choosing
from jieyou.commons.backfill.fields import BY_KEY
from jieyou.commons.backfill.guessing import NOTHING
from jieyou.commons.backfill.mapping import Mapping
from jieyou.commons.backfill.models import Headings, LedgerBatch
from jieyou.commons.reports import tasks as uploads
from jieyou.commons.reports.workbook import NotAWorkbook
from jieyou.interfaces.web import record
from jieyou.interfaces.web.casepage import neighbours
from jieyou.interfaces.web.doors import doors
from jieyou.interfaces.web.imports import _place, _places, to_mend
from jieyou.interfaces.web.staff import StaffRequest, case_or_404, holding_or_404, staff, takes_reports
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Holding
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import CLERK
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place

KEPT = "ledgers"
"""Session key: the ledgers that this person has just uploaded: word → name, place and the mapping so far."""
REMEMBERED = 3
GONE = "上传的文件已经清理，请重新选择文件"


class Draft:
    """An uploaded ledger on its way: its file, its office, what its words mean so far. 404 for anybody else's."""

    def __init__(self, request: StaffRequest, word: str) -> None:
        self.request, self.word = request, word
        kept: dict[str, Any] = request.session.get(KEPT, {})
        holding_or_404(request, CLERK, kind="office")
        if word not in kept:
            raise Http404("没有这个文件，请重新上传")
        self.name: str = kept[word]["name"]
        self.place: Place = tree.by_code(kept[word]["place"])
        self.mapping = Mapping.of(kept[word]["mapping"])

    @property
    def path(self) -> Path:
        path = uploads.path_of(self.word)
        if not path.exists():
            raise Refused(GONE, "file")
        return path

    @property
    def office(self) -> Unit:
        return batches.office_for(self.place, self.request.actor)

    def save(self) -> None:
        remember(self.request, self.word, self.name, self.place, self.mapping)

    def context(self, **more: Any) -> dict[str, Any]:
        return {
            "here": "ledger",
            "word": self.word,
            "name": self.name,
            "place": self.place,
            "mapping": self.mapping,
            **more,
        }


def remember(request: StaffRequest, word: str, name: str, place: Place, mapping: Mapping) -> None:
    """Keep what was decided so far with the session."""
    kept = {key: value for key, value in request.session.get(KEPT, {}).items() if key != word}
    kept = dict(list(kept.items())[1 - REMEMBERED :])
    request.session[KEPT] = kept | {word: {"name": name, "place": place.code, "mapping": mapping.to_json()}}


@staff
def ledger(request: StaffRequest) -> HttpResponse:
    """The first step, and the batches so far."""
    office = holding_or_404(request, CLERK, kind="office")
    sentence = ""
    if request.method == "POST":
        try:
            return _begin(request, office)
        except Refused as no:
            sentence = no.sentence
        except NotAWorkbook as no:
            sentence = no.sentence
    there = seen.seen_by(request.actor, Case.objects.filter(loop="backfill")).values("pk")
    rows = (
        LedgerBatch.objects.filter(case__in=there)
        .select_related("case", "place")
        .order_by("-case__opened_at")
    )
    context = {
        "here": "ledger", "places": _places(office), "batches": rows[:50], "sentence": sentence,
        "kept": Headings.objects.filter(office=office.unit).count(),
    }  # fmt: skip
    return render(request, "web/ledger.html", context, status=422 if sentence else 200)


def _begin(request: StaffRequest, office: Holding) -> HttpResponse:
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused("请选择要补录的台账", "file")
    place = _place(office, request.POST.get("place", ""))
    word, unit = uploads.keep(upload), batches.office_for(place, request.actor)
    mapping = remembering.propose(uploads.path_of(word), unit, place)
    remember(request, word, upload.name or "台账", place, mapping)
    return redirect("web:ledger_preview" if mapping.known else "web:ledger_columns", word)


@staff
def preview(request: StaffRequest, word: str) -> HttpResponse:
    """GET: what would come in, at which stage, what goes back; nothing is written. POST: let it come in."""
    draft = Draft(request, word)
    context = draft.context(preview=None)
    try:
        if request.method == "POST":
            batch = tasks.start(word, draft.name, draft.place, request.actor, draft.mapping)
            return redirect("web:ledger_batch", batch.case.number)
        found = batches.dry_run(draft.path, draft.place, request.actor, draft.mapping)
        context |= {
            "preview": found,
            "stages": _stages(found),
            "kept": _kept(found),
            **_undecided(draft.mapping),
        }
    except Refused as no:
        context["sentence"] = no.sentence
    return render(request, "web/ledger_preview.html", context, status=422 if "sentence" in context else 200)


def _stages(found: Preview) -> list[tuple[str, int, bool]]:
    """``(title, items, waits for 核定环节)`` of each stage that something comes in at."""
    choosing = Choosing()
    return [
        (choosing.loop.stages[name].title, n, name == choosing.unknown) for name, n in found.stages.items()
    ]


def _kept(found: Preview) -> list[tuple[str, int]]:
    return [(BY_KEY[key].title, n) for key, n in found.kept.items()]


def is_open(said: str, value: str) -> bool:
    """Is this a way of writing that says something, and nobody has decided what?"""
    return not value and said not in NOTHING


def _undecided(mapping: Mapping) -> dict[str, int]:
    """How many ways of writing nobody has decided, and how many are units that we do not have."""
    words = sum(1 for told in mapping.values.values() for each in told.items() if is_open(*each))
    return {"undecided": words, "unnamed": sum(1 for key in mapping.units.values() if len(key) != 32)}


@staff
def preview_returned(request: StaffRequest, word: str) -> HttpResponseBase:
    """The rows to mend before anything came in, as the same workbook with the cells marked."""
    draft = Draft(request, word)
    try:
        found = batches.dry_run(draft.path, draft.place, request.actor, draft.mapping)
    except Refused:
        raise Http404(GONE) from None
    return to_mend(request, partial(batches.write_returned, found), draft.name, found.returned)


@staff
def returned(request: StaffRequest, number: str) -> HttpResponseBase:
    """The rows to mend of a batch, for clerks only."""
    holding_or_404(request, CLERK, kind="office")
    found = _batch(request, number)
    return to_mend(request, partial(batches.write_returned, found), found.filename, found.returned)


def _batch(request: StaffRequest, number: str) -> LedgerBatch:
    case = case_or_404(request, number)
    found = LedgerBatch.objects.select_related("case__home", "place").filter(pk=case.pk).first()
    if found is None:
        raise Http404("没有这一批补录")
    return found


@staff
def batch(request: StaffRequest, number: str) -> HttpResponse:
    """One batch: how far it is, what came of it, and taking it back."""
    case = case_or_404(request, number)
    found = _batch(request, number)
    events = list(Event.objects.filter(case=case).order_by("-seq"))
    context = {
        "here": "ledger",
        "case": case,
        "batch": found,
        "running": case.stage == "running",
        "may_mend": takes_reports(request.actor) is not None,
        "broken": bool(events) and events[0].transition == "broke_off",
        "unknown": Choosing().unknown,
        "doors": doors(case, request.actor),
        "record": record.entries(case, events),
        "beside": neighbours(case, request.actor),
    }
    return render(request, "web/ledger_batch.html", context)


@staff
def progress(request: StaffRequest, number: str) -> HttpResponse:
    """The progress bar alone (htmx asks every second); when the batch is through the whole page is loaded anew."""
    found = _batch(request, number)
    last = Event.objects.filter(case=found.case).order_by("-seq").values_list("transition", flat=True).first()
    if found.case.stage != "running" or last == "broke_off":
        return HttpResponseClientRefresh() if request.htmx else redirect("web:ledger_batch", number)
    return render(request, "web/_ledger_progress.html", {"batch": found, "case": found.case})
