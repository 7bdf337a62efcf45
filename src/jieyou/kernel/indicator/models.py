"""Targets as data; numbers frozen as they were approved."""

from __future__ import annotations

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import Case
from jieyou.kernel.places.models import Place


class Target(models.Model):
    """目标值: what a number should come to, at a place and below; rows, so that a city can change them."""

    SENSES = [("at_least", "不低于"), ("at_most", "不高于")]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=60, db_index=True)
    sense = models.CharField(max_length=8, choices=SENSES)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    basis = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.get_sense_display()}{self.value.normalize():f}"  # type: ignore[attr-defined]


class Sheet(models.Model):
    """核定表的要素: the numbers of one office for one period. ``place`` is the case's own; ``words`` say why, when it corrects."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    reason = models.TextField(blank=True)
    approved_by = models.CharField(max_length=60, blank=True)


class Reading(models.Model):
    """核定数: a number as it was approved, for good. A correction is a new Reading of a later sheet; this one stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="readings")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    value = models.CharField(max_length=40)
    printed = models.CharField(max_length=60)
    records = models.PositiveIntegerField()
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "key"], name="reading_once")]
        indexes = [models.Index(fields=["place", "key", "first", "last"], name="reading_of")]

    def __str__(self) -> str:
        return f"{self.key} {self.printed}"


class Day(models.Model):
    """日汇总: how many records of a number lie on one day in one county. Kept sums of records, made anew at any time.

    ``part``: of a ratio ``over`` or ``under``; ``cut``: the value that the records are told apart by.
    """

    key = models.CharField(max_length=60)
    part = models.CharField(max_length=5, blank=True)
    cut = models.CharField(max_length=40, blank=True)
    l2 = models.CharField(max_length=4)
    l3 = models.CharField(max_length=6, blank=True)
    day = models.DateField()
    n = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["key", "day", "l3"], name="day_of_number")]


class Done(models.Model):
    """已汇总的日子: what lies on this day is summed in :class:`Day`, but for what :class:`Dirty` names."""

    day = models.DateField(primary_key=True)


class Dirty(models.Model):
    """待重算的日子: something on a past day changed. Written by triggers, rows only added: nobody waits for anybody."""

    day = models.DateField()


class Standing(models.Model):
    """在办汇总: open cases by loop, county, stage and day of the deadline. Triggers add rows of +1 and −1; `tick` folds them."""

    loop = models.CharField(max_length=40)
    l2 = models.CharField(max_length=4)
    l3 = models.CharField(max_length=6, blank=True)
    stage = models.CharField(max_length=40)
    due_day = models.DateField(null=True)
    n = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["loop", "l3"], name="standing_of_loop")]


tracked.track(Target, ["key", "sense", "value", "basis", "since", "until", "place"])
tracked.track(Reading, ["sheet", "place", "key", "first", "last", "value", "printed", "records"])
