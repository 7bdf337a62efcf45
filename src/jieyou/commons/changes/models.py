"""One change of settings: the tracked rows that it touched, by the links of their chains."""

from __future__ import annotations

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.places.models import Place

LONGEST = 200


class Change(models.Model):
    """设置变更. ``records``: ``[[chain, seq], …]`` of the rows it wrote, in order; what they were before stands in the ledger.

    ``what``: which page of the settings it belongs to; ``subject``: what on it (a clock's code, a person's key).
    ``place``: whose business it is; none: the whole city's. ``undone_by``: the change that took it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    person = models.CharField(max_length=64)
    who = models.CharField(max_length=160)
    what = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=LONGEST)
    why = models.CharField(max_length=LONGEST)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    records = models.JSONField(default=list)
    final = models.BooleanField(default=False)
    undone_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="undoes")

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=["what", "subject", "-at"], name="change_subject"),
            models.Index(fields=["-at"], name="change_at"),
        )

    def __str__(self) -> str:
        return self.title


tracked.track(
    Change, ["person", "who", "what", "subject", "title", "why", "place", "records", "final", "undone_by"]
)
