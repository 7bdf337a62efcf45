"""What every row of a register has, and the index by which rows are found by their words."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jieyou.kernel.ids import uuid7
from jieyou.kernel.places.models import Place

HERE, GONE = Q(until__isnull=True), Q(until__isnull=False)
LEVELS = ("l2", "l3", "l4", "l5")


def narrowing(*columns: str) -> list[models.Index]:
    """Indexes of a concrete register: for each level of place and each column that one may filter by, the newest first."""
    ways = [
        models.Index(fields=[name, "id"], condition=HERE, name=f"%(class)s_{name}"[:30])
        for name in (*LEVELS, *columns)
    ]
    gone = models.Index(fields=["id"], condition=GONE, name="%(class)s_gone")
    return [*ways, gone, models.Index(fields=["intake"], name="%(class)s_intake")]


class Row(models.Model):
    """One row of a register. ``l2…l5``: codes of its place, for lists; ``until``: the day it left the register (移出台账);
    ``intake``: the workbook that it came with. Rows are written by :mod:`.keeping` alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name="辖区")
    l2 = models.CharField(max_length=4, editable=False)
    l3 = models.CharField(max_length=6, blank=True, editable=False)
    l4 = models.CharField(max_length=9, blank=True, editable=False)
    l5 = models.CharField(max_length=12, blank=True, editable=False)
    until = models.DateField("移出日期", null=True, blank=True, editable=False)
    intake = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class RowWords(models.Model):
    """One row of a register in the index: its searchable columns (normal text, a line each) and, parted by spaces, the
    names by which it may be narrowed: register, places, ``column=value``."""

    row = models.UUIDField(unique=True)
    text = models.TextField()
    names = models.TextField()
