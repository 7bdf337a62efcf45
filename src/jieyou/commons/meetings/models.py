"""Meetings, what is on their agenda, who came."""

from __future__ import annotations

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Unit
from jieyou.kernel.privacy.sealing import SealedTextField

OUTCOMES = [
    ("resolved", "议定"), ("in_principle", "原则同意、完善后办"), ("deferred", "暂缓再议"),
    ("to_government", "提请政府常务会议"), ("dismissed", "不予研究"),
]  # fmt: skip


class Meeting(models.Model):
    """会议的要素. ``seq_no`` is issued by the office by hand, never derived from a week number (domain report, finding 4)."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    level = models.CharField(max_length=10)
    seq_no = models.PositiveIntegerField()
    held_on = models.DateField()
    starts_at = models.CharField(max_length=20, blank=True)
    room = models.CharField(max_length=80, blank=True)
    chair = models.CharField(max_length=60, blank=True)
    minutes_no = models.CharField(max_length=60, blank=True)
    minutes = models.TextField(blank=True)
    words = models.TextField(blank=True)
    reply_by = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "seq_no"], name="meeting_seq_no")]
        indexes = [models.Index(fields=["level", "held_on"], name="meeting_level_day")]

    def __str__(self) -> str:
        return f"服务群众周“解忧”第{self.seq_no}次会议"


class AgendaItem(models.Model):
    """议题: one case on one meeting's agenda, and what the meeting made of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    case = models.ForeignKey(Case, models.PROTECT, related_name="tabled")
    position = models.PositiveSmallIntegerField()
    minutes_given = models.PositiveSmallIntegerField(default=8)
    outcome = models.CharField(max_length=20, choices=OUTCOMES, blank=True)
    decision = models.TextField(blank=True)
    assignments = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "case"], name="agenda_once")]
        ordering = ["position"]


class Attendance(models.Model):
    """出席: a unit at a meeting. 请假 is not 委托代会: a stand-in is named."""

    STATES = [
        ("invited", "已通知"),
        ("present", "出席"),
        ("stand_in", "委托代会"),
        ("leave", "请假"),
        ("absent", "缺席"),
    ]

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default="invited")
    person = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "unit"], name="attendance_once")]


class Reply(models.Model):
    """参会回执的要素: what one invited unit answered. The telephone is sealed; ``agreed_by`` who agreed to its 请假;
    ``urged_on`` the day on which it was reminded last."""

    ANSWERS = (("come", "参加"), ("stand_in", "委托代会"), ("leave", "请假"))

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="replies")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=ANSWERS, blank=True)
    person = models.CharField(max_length=60, blank=True)
    post = models.CharField(max_length=60, blank=True)
    phone = SealedTextField("联系电话", blank=True)
    words = models.CharField(max_length=200, blank=True)
    agreed_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)
    urged_on = models.DateField(null=True)

    @property
    def comes(self) -> bool:
        """Will somebody be there for the unit?"""
        return self.answer in ("come", "stand_in")
