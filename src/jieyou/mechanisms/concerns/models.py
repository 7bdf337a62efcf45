"""Facts of a concern: what each of the eight stages holds (domain report §2.1)."""

from django.db import models

from jieyou.commons.meetings.models import Meeting
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Unit


class Concern(models.Model):
    """解忧事项的要素."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    # 1 线索征集
    source = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=40, blank=True, db_index=True)
    harm = models.BooleanField(default=False)
    # 2 综合研判
    reach = models.PositiveIntegerField(null=True)
    urgency = models.CharField(max_length=10, blank=True)
    level = models.CharField(max_length=10, blank=True)
    policy = models.TextField(blank=True)
    recommend = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    urgent_ground = models.TextField(blank=True)
    county_work = models.TextField(blank=True)
    crux = models.TextField(blank=True)
    request = models.TextField(blank=True)
    # 3 会前协商
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    co_units = models.JSONField(default=list)
    plan = models.TextField(blank=True)
    funding = models.CharField(max_length=200, blank=True)
    basis = models.TextField(blank=True)
    disagreement = models.TextField(blank=True)
    to_decide = models.TextField(blank=True)
    # 4 例会解难
    leading = models.CharField(max_length=60, blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, blank=True)
    decision = models.TextField(blank=True)
    assignments = models.JSONField(default=list)
    # 7 办结销号
    result = models.CharField(max_length=10, blank=True)
    reply = models.TextField(blank=True)
    verified = models.CharField(max_length=10, blank=True)
    shelved_till = models.JSONField(null=True)
    shelved_owner = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    # 8 事后回访
    visited = models.CharField(max_length=12, blank=True)
    households = models.PositiveIntegerField(default=0)
    satisfied = models.CharField(max_length=12, blank=True)
    solved = models.BooleanField(null=True)
