"""Words of harm as the city keeps them (`AlarmWord`), ready for `alarm.alarm`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from jieyou.kernel.calendar import clock
from jieyou.kernel.privacy.alarm import Word
from jieyou.kernel.privacy.models import AlarmWord
from jieyou.kernel.statements import kept


def in_force() -> tuple[Word, ...]:
    """The words of today. One query: a bulk path reads them once."""
    return tuple(
        Word(kind, word, tuple(filter(None, unless.split("|")))) for kind, word, unless in _on(clock.today())
    )


@kept
def _on(day: date) -> QuerySet[Any]:
    rows = AlarmWord.objects.filter(Q(until__isnull=True) | Q(until__gt=day))
    return rows.values_list("kind", "word", "unless")
