"""Words of harm and of accusation as the city keeps them (`AlarmWord`), ready for `alarm.alarm`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from jieyou.kernel.calendar import clock
from jieyou.kernel.privacy.alarm import Word
from jieyou.kernel.privacy.models import AlarmWord
from jieyou.kernel.shortly import shortly
from jieyou.kernel.statements import kept

#: The kind of words that call for nobody at once: a clerk decides whether what they stand in is sealed.
ACCUSES = "反映干部"


def in_force() -> tuple[Word, ...]:
    """The words of harm of today, kept for a few seconds: every report is listened to, the words change once a year."""
    return _ready(clock.today(), False)


def of_accusation() -> tuple[Word, ...]:
    """The words of today by which an accusation of a cadre or an office is recognised, kept likewise."""
    return _ready(clock.today(), True)


@shortly(AlarmWord)
def _ready(day: date, accuse: bool) -> tuple[Word, ...]:
    rows: list[Any] = _that_accuse(ACCUSES, day) if accuse else _of_harm(day, ACCUSES)
    return tuple(Word(kind, word, tuple(filter(None, unless.split("|")))) for kind, word, unless in rows)


@kept
def _of_harm(day: date, but: str) -> QuerySet[Any]:
    rows = AlarmWord.objects.filter(Q(until__isnull=True) | Q(until__gt=day), ~Q(kind=but))
    return rows.values_list("kind", "word", "unless")


@kept
def _that_accuse(kind: str, day: date) -> QuerySet[Any]:
    rows = AlarmWord.objects.filter(kind=kind).filter(Q(until__isnull=True) | Q(until__gt=day))
    return rows.values_list("kind", "word", "unless")
