"""Facts of an assignment."""

from django.db import models

from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Unit


class Assignment(models.Model):
    """交办任务的要素. ``kind`` of the case says whether the unit leads (``lead``, 牵头) or helps (``co``, 配合)."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    task = models.CharField(max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due = models.JSONField(null=True)
    officer = models.CharField(max_length=60, blank=True)
    progress = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    report = models.TextField(blank=True)
    # 延期: asked for, why (a class that residents may read), in words, granted
    days = models.PositiveSmallIntegerField(null=True)
    days_reason = models.CharField(max_length=12, blank=True)
    ground = models.TextField(blank=True)
    granted = models.PositiveSmallIntegerField(null=True)
    # 退办: how often along the whole task, how it stands, why, whose it should be, which task this one took over
    bounces = models.PositiveSmallIntegerField(default=0)
    dispute = models.CharField(max_length=8, blank=True)
    duty = models.CharField(max_length=40, blank=True)
    bounce_ground = models.TextField(blank=True)
    instead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    origin = models.ForeignKey(Case, models.PROTECT, null=True, related_name="passed_on")
