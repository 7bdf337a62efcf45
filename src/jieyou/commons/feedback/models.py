"""Facts of a feedback."""

from django.db import models

from jieyou.kernel.loop.models import Case

WAYS = [("letter", "发函"), ("system", "在原系统回填"), ("phone", "电话"), ("in_person", "当面")]


class Feedback(models.Model):
    """反馈件的要素. ``about``: the case that ended; ``told``: the id of the report whose source is owed an answer."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    about = models.ForeignKey(Case, models.PROTECT, related_name="feedbacks")
    told = models.UUIDField(unique=True)
    source = models.CharField(max_length=20)
    source_no = models.CharField(max_length=80, blank=True)
    source_name = models.CharField(max_length=80, blank=True)
    content = models.TextField(blank=True)
    how = models.CharField(max_length=10, choices=WAYS, blank=True)
    letter_no = models.CharField(max_length=60, blank=True)
    sent_on = models.DateField(null=True)
