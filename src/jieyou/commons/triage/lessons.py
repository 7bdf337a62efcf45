"""What a model learns from: reports whose category a person has decided. Light: asked for by pages as well."""

from __future__ import annotations

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from jieyou.commons.reports.models import Report
from jieyou.commons.triage.pending import plain

LEAST = 200
"""Decided reports below which a model would be guesswork."""
MOST = 100_000
"""The latest that are learnt from."""
COUNTED = 10_000
"""A page counts no further."""


def decided(most: int = MOST) -> list[tuple[str, str, str]]:
    """(title, words, category) of reports whose category a person has decided, the latest first.

    What a clerk chose beside a proposal; of older ones the category they carry, once their concern was registered.
    """
    return list(_rows().order_by("-pk").values_list("title", "words", "label")[:most])


def counted() -> int:
    """How many there are, at most :data:`COUNTED`."""
    return _rows().order_by().values("pk")[:COUNTED].count()


def _rows() -> QuerySet[Report]:
    label = Coalesce(NullIf(F("suggestion__chosen"), Value("")), F("category"))
    return plain().select_related(None).exclude(case__stage="clue").annotate(label=label).exclude(label="")
