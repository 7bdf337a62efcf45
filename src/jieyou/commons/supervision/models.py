"""Facts of an escalation and of a letter; what was reminded of; what nobody owns."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jieyou.kernel.ids import uuid7
from jieyou.kernel.loop.models import Case, Clock
from jieyou.kernel.people.models import Unit

REASONS = [("overdue", "长期超期"), ("vacant", "岗位空缺"), ("hand", "经办人提请")]
TO = [("post", "本单位负责人接办"), ("office", "上级社会工作部接办")]
LETTERS = [("supervision_letter", "督办函"), ("interview", "约谈"), ("bulletin", "通报")]


class Escalation(models.Model):
    """提级的要素: about one case (``origin``), or about the whole desk of a vacant post (``desk``, ``role``)."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    origin = models.ForeignKey(Case, models.PROTECT, null=True, related_name="escalations")
    desk = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=40, blank=True)
    cause = models.CharField(max_length=8, choices=REASONS)
    ground = models.TextField()
    to = models.CharField(max_length=8, choices=TO, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    unit_role = models.CharField(max_length=40, blank=True)
    #: What went up and where it lay: ``{"case", "desk", "role"}``.
    taken = models.JSONField(default=list)
    words = models.TextField(blank=True)


class Letter(models.Model):
    """督办文书的要素. The case's kind says which paper it is; ``via`` is the 督查室 through which 约谈 and 通报 go."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    origin = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    ground = models.TextField()
    demand = models.TextField()
    via = models.CharField(max_length=80, blank=True)
    letter_no = models.CharField(max_length=60, blank=True)
    sent_on = models.DateField(null=True)
    answer = models.TextField(blank=True)


class Reminded(models.Model):
    """提醒过的: one clock, before or after one deadline, once. A new deadline (an extension) is reminded of anew."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="reminded")
    kind = models.CharField(max_length=8)
    due = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "kind", "due"], name="reminded_once")]


class Finding(models.Model):
    """无主事项: a desk whose post is vacant (``case`` empty), or a task that was not signed for in its time."""

    KINDS = [("vacant", "岗位空缺"), ("unsigned", "超时未签收")]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=8, choices=KINDS)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "role"], condition=Q(kind="vacant", over_at=None), name="finding_vacant_once"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(kind="unsigned", over_at=None), name="finding_unsigned_once"
            ),
        ]
