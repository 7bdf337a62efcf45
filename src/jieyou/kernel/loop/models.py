"""Tables of the loop: cases, their events, their clocks. One door changes them: :mod:`jieyou.kernel.loop.engine`."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.models import Chained
from jieyou.kernel.ledger.registry import chained
from jieyou.kernel.loop import registry
from jieyou.kernel.loop.declare import Loop, Stage
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.models import Place

LEVELS = ("l2", "l3", "l4", "l5")


def _open(*ways: str) -> list[models.Index]:
    """The open cases of each way of seeing them, counted by stage from the index alone. Sealed ones are in no ordinary count."""
    plain = Q(open=True, sealed=False)
    return [
        models.Index(fields=[way, "loop", "stage", "due"], name=f"case_stage_{way}", condition=plain)
        for way in ways
    ]


def _moved(*ways: str) -> list[models.Index]:
    """All cases of a loop, the last moved first: the archive is leafed through from here."""
    return [models.Index(fields=["loop", way, "-moved_at"], name=f"case_moved_{way}") for way in ways]


class Case(models.Model):
    """事项: what the government handles. ``home`` runs the loop, ``holder`` has it in hand, ``place`` is where it lies.

    ``desk`` and ``desk_role`` say on whose desk it lies now (现在等谁).
    ``turn`` counts the events: every step is a compare-and-swap on it. ``due`` is the earliest open clock;
    ``provisional`` says that it lies beyond the published calendar. ``l2…l5`` are the place's codes by level. ``returned``:
    it came into its stage from a later one (退回).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    loop = models.CharField(max_length=40)
    edition = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    stage = models.CharField(max_length=40)
    turn = models.PositiveIntegerField(default=0)
    open = models.BooleanField(default=True)
    sealed = models.BooleanField(default=False)
    home = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    desk = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    desk_role = models.CharField(max_length=40, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    l2 = models.CharField(max_length=4, blank=True)
    l3 = models.CharField(max_length=6, blank=True)
    l4 = models.CharField(max_length=9, blank=True)
    l5 = models.CharField(max_length=12, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    opened_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    outcome = models.CharField(max_length=40, blank=True)
    returned = models.BooleanField(default=False)

    #: (seq, hash) of the last event that was made through this very object.
    tail: tuple[int, str] = (0, "")
    #: What a page has read of this very object, see ``situation.Known``.
    known: Any = None

    class Meta:
        indexes = [
            *_open(*LEVELS, "home", "holder"),
            *_moved(*LEVELS, "home", "holder"),
            *(models.Index(F(level), F("due"), name=f"case_open_{level}", condition=Q(open=True)) for level in LEVELS),
            models.Index(fields=["home", "due"], name="case_open_home", condition=Q(open=True)),
            models.Index(fields=["holder", "due"], name="case_open_holder", condition=Q(open=True)),
            models.Index(fields=["desk", "desk_role", "due"], name="case_open_desk", condition=Q(open=True)),
            models.Index(fields=["loop", "stage", "due"], name="case_open_stage", condition=Q(open=True)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def declared(self) -> type[Loop]:
        """The loop that this case runs in."""
        return registry.loop(self.loop)

    @property
    def at_stage(self) -> Stage:
        """The declared stage; a stage that was retired stays readable by its name."""
        return self.declared.stages.get(self.stage) or Stage(self.stage, retired=True, name=self.stage)


@chained
class Event(Chained):
    """办理记录: one step of one case. The chain is the case; words lie in the erasable payload."""

    in_body: ClassVar[dict[str, str]] = {
        "case_id": "case",
        "title": "title",
        "transition": "transition",
        "source": "source",
        "target": "target",
        "person": "person",
        "actor": "actor",
        "place_code": "place_code",
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    transition = models.CharField(max_length=40)
    title = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    person = models.CharField(max_length=64)
    actor = models.CharField(max_length=120)
    place_code = models.CharField(max_length=20)

    class Meta(Chained.Meta):
        indexes = [
            models.Index(fields=["case", "seq"], name="event_case_seq"),
            models.Index(fields=["transition", "at"], name="event_transition_at"),
        ]


class CaseWords(models.Model):
    """检索: what a case is found by, see :mod:`jieyou.kernel.loop.words`. The tokens themselves lie in FTS5 (``loop_grams``, by
    this ``id``) or in the array column ``grams``; neither is known to the ORM."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="words")
    text = models.TextField()
    scope = models.TextField()
    also = models.TextField(blank=True)


class Series(models.Model):
    """号段: gapless numbers that people see. ``last`` is the last one given; taken inside the step's own transaction."""

    key = models.CharField(primary_key=True, max_length=60)
    last = models.PositiveIntegerField(default=0)


class ClockRule(models.Model):
    """时限规则: how long, in which days, from when, on whose word. Rows, so that a city can change them."""

    UNITS = [("day", "日"), ("workday", "工作日"), ("hour", "小时")]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=60, db_index=True)
    title = models.CharField(max_length=60)
    length = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=8, choices=UNITS)
    roll = models.BooleanField(default=False)
    starts = models.CharField(max_length=60, blank=True)
    stops = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.title} {self.length} {self.get_unit_display()}"  # type: ignore[attr-defined]


class Dial(models.Model):
    """参数: a number that differs between places (how often a case may be returned, …)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=60, db_index=True)
    title = models.CharField(max_length=80)
    value = models.PositiveIntegerField()
    basis = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")


class Clock(models.Model):
    """计时: one running (or stopped) deadline of one case. Never started twice for a case: a return restarts nothing."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    code = models.CharField(max_length=60)
    rule = models.ForeignKey(ClockRule, models.PROTECT, null=True)
    title = models.CharField(max_length=60)
    started = models.DateTimeField()
    length = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=8, blank=True)
    roll = models.BooleanField(default=False)
    due = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    fixed = models.BooleanField(default=False)
    paused_at = models.DateTimeField(null=True)
    paused_days = models.PositiveSmallIntegerField(default=0)
    extended = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)
    fired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="clock_once")]
        indexes = [
            models.Index(
                fields=["code", "due"],
                name="clock_open_due",
                condition=Q(stopped_at=None, paused_at=None, fired_at=None),
            ),
            models.Index(fields=["code", "case"], name="clock_running", condition=Q(stopped_at=None)),
        ]

    @property
    def running(self) -> bool:
        """Neither stopped nor paused."""
        return self.stopped_at is None and self.paused_at is None


tracked.track(ClockRule, ["code", "title", "length", "unit", "roll", "basis", "since", "until", "place"])
tracked.track(Dial, ["code", "title", "value", "basis", "since", "until", "place"])
