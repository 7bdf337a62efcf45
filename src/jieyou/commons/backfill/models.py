"""Batches of the running ledger, what they brought in, and what an office's headings mean."""

from __future__ import annotations

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.models import Place


class LedgerBatch(models.Model):
    """一批补录. ``mapping`` as it was confirmed; ``unsettled``: how many wait for 核定环节; ``wanted``: units to be set up."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    filename = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    mapping = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    items = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)
    unsettled = models.PositiveIntegerField(default=0)
    meetings = models.PositiveIntegerField(default=0)
    wanted = models.JSONField(default=list)
    returned_file = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True)


class Filled(models.Model):
    """补录件: a case or a meeting that came out of a ledger: where it stood, its old number, its days as told.

    ``key`` says what row it was, so that the same row does not come in twice; "" once it was taken back.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    batch = models.ForeignKey(LedgerBatch, models.PROTECT, related_name="filled")
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField(default=0)
    number = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=64, blank=True)
    told_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["office", "key"], name="filled_key"),
            models.Index(fields=["office", "number"], name="filled_number"),
        ]


class Headings(models.Model):
    """记住的对应关系: what a kind of ledger of this office means by its columns, values and units. Found by its headings."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    titles = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    units = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "fingerprint"], name="headings_once")]

    def __str__(self) -> str:
        return self.name


tracked.track(Headings, ["office", "name", "fingerprint", "titles", "columns", "values", "units"])
