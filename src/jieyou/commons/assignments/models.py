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
    days = models.PositiveSmallIntegerField(null=True)
    ground = models.TextField(blank=True)
