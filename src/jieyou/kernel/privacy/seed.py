"""Puts the packaged words of harm and terms of keeping into their tables; for the migration."""

from __future__ import annotations

import csv
from importlib.resources import files

from django.apps.registry import Apps

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked

_DATA = files("jieyou.kernel.privacy") / "data"
_WHY = "软件随附的初始数据"


def plant(apps: Apps) -> None:
    """Into empty tables only: what a city has changed is never overwritten."""
    words, terms = apps.get_model("privacy", "AlarmWord"), apps.get_model("privacy", "Retention")
    if not words.objects.exists():
        new = [
            words(id=uuid7(), kind=r["kind"], word=r["word"], unless=r["except"], note=r["note"])
            for r in _rows("alarm_words.csv")
        ]
        tracked.adopt(words.objects.bulk_create(new), "system", _WHY)
    if not terms.objects.exists():
        new = [
            terms(id=uuid7(), kind=r["kind"], title=r["title"], keep_days=r["days"] or None, basis=r["basis"])
            for r in _rows("retention.csv")
        ]
        tracked.adopt(terms.objects.bulk_create(new), "system", _WHY)


def plant_more_words(apps: Apps) -> None:
    """Words that came with a later version; those that a city has, stopped or not, stay as they are."""
    words = apps.get_model("privacy", "AlarmWord")
    had = set(words.objects.values_list("kind", "word"))
    new = [
        words(id=uuid7(), kind=r["kind"], word=r["word"], unless=r["except"], note=r["note"])
        for r in _rows("alarm_words.csv")
        if (r["kind"], r["word"]) not in had
    ]
    tracked.adopt(words.objects.bulk_create(new), "system", _WHY)


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_DATA / name).read_text(encoding="utf-8").splitlines()))
