"""Facts of a publication, and the rows that the public zone reads: whole in themselves, so that it needs nothing else."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import Case

ATTRIBUTES = [("active", "主动公开"), ("on_request", "依申请公开"), ("none", "不公开")]


class Publication(models.Model):
    """公开件的要素. ``about``: the case; the words are the clerk's own, never the resident's."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    about = models.ForeignKey(Case, models.PROTECT, related_name="publications")
    attribute = models.CharField(max_length=10, choices=ATTRIBUTES, blank=True)
    reason = models.TextField(blank=True)
    heading = models.CharField(max_length=60, blank=True)
    problem = models.TextField(blank=True)
    result = models.TextField(blank=True)
    counted = models.BooleanField(default=False)


class Published(models.Model):
    """公开栏上的一条. Written by :mod:`.keeping` alone.

    ``publication``, ``matter``: ids only, for the staff's side (what it is, where 我也一样 leads). ``voices``: how many people,
    only where a person has released it and there are enough. Names of places stand in the row as they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    publication = models.UUIDField(unique=True)
    matter = models.UUIDField(db_index=True)
    place_code = models.CharField(max_length=20)
    county = models.CharField(max_length=80, blank=True)
    township = models.CharField(max_length=80, blank=True)
    community = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=40, blank=True)
    heading = models.CharField(max_length=60)
    problem = models.TextField()
    result = models.TextField(blank=True)
    stage = models.CharField(max_length=20)
    voices = models.PositiveIntegerField(null=True)
    published_on = models.DateField()
    updated_on = models.DateField()
    live = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["place_code"], name="published_place", condition=Q(live=True)),
            models.Index(fields=["-updated_on", "-id"], name="published_updated", condition=Q(live=True)),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def where(self) -> str:
        """宝塔区 桥沟街道 杨家岭社区."""
        return " ".join(filter(None, (self.county, self.township, self.community)))


tracked.track(
    Published,
    [
        "publication", "matter", "place_code", "county", "township", "community", "category", "heading", "problem",
        "result", "stage", "voices", "published_on", "updated_on", "live",
    ],
)  # fmt: skip
