"""What is proposed for reports that have come in: a category, and the reports that they resemble. Heavy: runs in the worker."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import Max

from jieyou.commons.reports.models import Report
from jieyou.commons.triage import memory, modelfile
from jieyou.commons.triage.classify import Verdict
from jieyou.commons.triage.index import Found
from jieyou.commons.triage.marks import Message, marks
from jieyou.commons.triage.models import Likeness, Suggestion, Trace, TrainedModel
from jieyou.commons.triage.pending import plain
from jieyou.commons.triage.shared import shared_words
from jieyou.kernel.calendar import clock

log = logging.getLogger(__name__)

TOP, KEPT = 20, 5
"""Similar reports looked at, and kept."""
LEAST = 0.12
"""Less alike than this is not worth a look, unless place and problem agree."""
COUNTY = 6
"""Digits of a county's code."""


def propose_safely(rows: Sequence[Report]) -> int:
    """:func:`propose`; where that fails each by itself, and one that fails alone is left to a person. Returns how many."""
    try:
        return propose(rows)
    except Exception:
        log.exception("triage: %s reports", len(rows))
        memory.forget()
    if len(rows) > 1:
        return sum(propose_safely([row]) for row in rows)
    Suggestion.objects.get_or_create(report=rows[0], defaults={"at": clock.now()})
    return 1


@transaction.atomic
def propose(rows: Sequence[Report]) -> int:
    """Suggestions, traces and likenesses of these reports, all or none. Returns how many."""
    known = memory.ready()
    messages = [message_of(row) for row in rows]
    known.background.add(messages)
    fresh = marks(messages, known.background)
    _trace(rows, fresh)
    Suggestion.objects.bulk_create(_suggestions(rows, messages), ignore_conflicts=True)
    known.catch_up()
    found = list(known.each_like(fresh, TOP, [row.pk for row in rows]))
    Likeness.objects.bulk_create(_likenesses(rows, found))
    return len(rows)


def message_of(report: Report) -> Message:
    """Title and words; a title that is only the beginning of the words says nothing more."""
    title = "" if report.words.startswith(report.title.rstrip("…")) else report.title
    return title, report.words


def _trace(rows: Sequence[Report], fresh: Any) -> None:
    """Numbered without gaps; two workers at once clash on the number, and the later one tries again."""
    first = (Trace.objects.aggregate(last=Max("no"))["last"] or 0) + 1
    packed = fresh.astype("<u4")
    Trace.objects.bulk_create(
        Trace(no=first + n, report=row, marks=packed[n].tobytes()) for n, row in enumerate(rows)
    )


def _suggestions(rows: Sequence[Report], messages: list[Message]) -> list[Suggestion]:
    version, verdicts = _verdicts(messages)
    now = clock.now()
    return [
        Suggestion(
            report=row, model=version, category=verdict.label if verdict else "", at=now,
            confidence=Decimal(str(verdict.confidence)) if verdict else 0, reasons=verdict.reasons if verdict else [],
            ask_person=verdict.ask_person if verdict else True,
        )
        for row, verdict in zip(rows, verdicts, strict=True)
    ]  # fmt: skip


def _verdicts(messages: list[Message]) -> tuple[TrainedModel | None, Sequence[Verdict | None]]:
    """Of the version in use; where there is none, or its file cannot be used, a person decides everything."""
    try:
        found = memory.model()
    except modelfile.Unusable as no:
        log.error("triage: %s", no)
        found = None
    if found is None:
        return None, [None] * len(messages)
    return found[0], list(found[1].judge(messages))


def _likenesses(rows: Sequence[Report], found: list[list[tuple[UUID, Found]]]) -> list[Likeness]:
    """The nearest of each report, with what both say. Strong only within a county."""
    others = {row.pk: row for row in plain().filter(pk__in={key for one in found for key, _ in one})}
    out = list[Likeness]()
    for row, close in zip(rows, found, strict=True):
        known = [
            (others[key], one) for key, one in close if key in others and (one.strong or one.score >= LEAST)
        ]
        before = [(other, one) for other, one in known if other.pk < row.pk]
        out += [_likeness(row, other, one) for other, one in before[:KEPT]]
    return out


def _likeness(row: Report, other: Report, found: Found) -> Likeness:
    return Likeness(
        report=row, other=other, score=Decimal(str(np.clip(found.score, 0, 1))), strong=found.strong and near(row, other),
        reasons=shared_words(_text(row), _text(other)),
    )  # fmt: skip


def near(one: Report, other: Report) -> bool:
    """Whether both may lie in one county; a place of the whole city may be anywhere in it."""
    mine, theirs = one.place.code[:COUNTY], other.place.code[:COUNTY]
    return mine.startswith(theirs) or theirs.startswith(mine)


def _text(report: Report) -> str:
    return f"{report.title}\n{report.words}"
