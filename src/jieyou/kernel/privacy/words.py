"""Words of harm as the city keeps them (`AlarmWord`), ready for `alarm.alarm`."""

from __future__ import annotations

from django.db.models import Q

from jieyou.kernel.calendar import clock
from jieyou.kernel.privacy.alarm import Word
from jieyou.kernel.privacy.models import AlarmWord


def in_force() -> tuple[Word, ...]:
    """The words of today. One query: a bulk path reads them once."""
    rows = AlarmWord.objects.filter(Q(until__isnull=True) | Q(until__gt=clock.today()))
    return tuple(
        Word(kind, word, tuple(filter(None, unless.split("|"))))
        for kind, word, unless in rows.values_list("kind", "word", "unless")
    )
