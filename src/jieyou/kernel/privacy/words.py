"""Words of harm and of accusation as the city keeps them (`AlarmWord`), ready for `alarm.alarm`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import monotonic
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save

from jieyou.kernel.calendar import clock
from jieyou.kernel.privacy.alarm import Word
from jieyou.kernel.privacy.models import AlarmWord
from jieyou.kernel.statements import kept

#: The kind of words that call for nobody at once: a clerk decides whether what they stand in is sealed.
ACCUSES = "反映干部"
KEPT = 5.0  # seconds
_read: dict[str, tuple[float, date, tuple[Word, ...]]] = {}


def in_force() -> tuple[Word, ...]:
    """The words of harm of today, kept for a few seconds: every report is listened to, the words change once a year."""
    return _today("harm", lambda day: _of_harm(day, ACCUSES))


def of_accusation() -> tuple[Word, ...]:
    """The words of today by which an accusation of a cadre or an office is recognised, kept likewise."""
    return _today("accusation", lambda day: _that_accuse(ACCUSES, day))


def forget(**_: Any) -> None:
    """A word was changed in this process: look again."""
    _read.clear()


def _today(name: str, read: Callable[[date], list[Any]]) -> tuple[Word, ...]:
    today, now = clock.today(), monotonic()
    until, day, words = _read.get(name, (0.0, today, ()))
    if now >= until or day != today:
        words = _ready(read(today))
        _read[name] = (now + KEPT, today, words)
    return words


def _ready(rows: list[Any]) -> tuple[Word, ...]:
    return tuple(Word(kind, word, tuple(filter(None, unless.split("|")))) for kind, word, unless in rows)


@kept
def _of_harm(day: date, but: str) -> QuerySet[Any]:
    rows = AlarmWord.objects.filter(Q(until__isnull=True) | Q(until__gt=day), ~Q(kind=but))
    return rows.values_list("kind", "word", "unless")


@kept
def _that_accuse(kind: str, day: date) -> QuerySet[Any]:
    rows = AlarmWord.objects.filter(kind=kind).filter(Q(until__isnull=True) | Q(until__gt=day))
    return rows.values_list("kind", "word", "unless")


for _signal in (post_save, post_delete):
    _signal.connect(forget, sender=AlarmWord)
