"""The place tree, the dated codes of its places, and what became of what."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.fields import Code
from jieyou.kernel.places.codes import LEVELS, TITLES

LONG_AGO = date(1900, 1, 1)
"""``since`` of what began on a day nobody wrote down (late enough for Excel to show it)."""

LONGEST_NAME = 80
LONGEST_NOTE = 200

IN_PERIOD = Q(until__isnull=True) | Q(until__gte=F("since"))


class Place(models.Model):
    """A territory, in force on the days ``since <= day < until``; once ended it keeps its code and parent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField("名称", max_length=LONGEST_NAME)
    level = Code("层级", max_length=10, choices=[(level, TITLES[level]) for level in LEVELS])
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    code = Code("现编码", max_length=20)
    since = models.DateField("设立日期", default=LONG_AGO)
    until = models.DateField("撤销日期", null=True, blank=True)  # the first day it is no more

    class Meta:
        verbose_name = verbose_name_plural = "辖区"
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(fields=["code"], condition=Q(until__isnull=True), name="place_code_once"),
            models.CheckConstraint(condition=IN_PERIOD, name="place_period"),
        )
        indexes = (
            models.Index(fields=["code"], name="place_code"),
            models.Index(fields=["level", "code"], name="place_level_code"),
        )

    def __str__(self) -> str:
        return self.name


class PlaceCode(models.Model):
    """A code that a place had on the days ``since <= day < until``; in force it has exactly one open row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="codes", verbose_name="辖区")
    code = Code("编码", max_length=20)
    since = models.DateField("启用日期", default=LONG_AGO)
    until = models.DateField("停用日期", null=True, blank=True)
    note = models.CharField("依据", max_length=LONGEST_NOTE, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "区划编码"
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["code"], condition=Q(until__isnull=True), name="one_place_a_code"
            ),
            models.UniqueConstraint(
                fields=["place"], condition=Q(until__isnull=True), name="one_code_a_place"
            ),
            models.CheckConstraint(condition=IN_PERIOD, name="place_code_period"),
        )
        indexes = (models.Index(fields=["code", "since"], name="place_code_day"),)

    def __str__(self) -> str:
        return self.code


class Succession(models.Model):
    """One line of a place's history: ``before`` became ``after`` (the same place unless merged or split)."""

    KINDS = (("rename", "更名"), ("recode", "换码"), ("move", "划转"), ("merge", "合并"), ("split", "拆分"))

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    before = models.ForeignKey(Place, models.PROTECT, related_name="became", verbose_name="原辖区")
    after = models.ForeignKey(Place, models.PROTECT, related_name="came_from", verbose_name="现辖区")
    on = models.DateField("生效日期")
    kind = Code("种类", max_length=10, choices=KINDS)
    old_name = models.CharField("原名称", max_length=LONGEST_NAME)
    new_name = models.CharField("新名称", max_length=LONGEST_NAME)
    old_code = Code("原编码", max_length=20)
    new_code = Code("新编码", max_length=20)
    why = models.CharField("依据", max_length=LONGEST_NOTE, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "区划沿革"
        ordering = ("on", "id")
        indexes = (
            models.Index(fields=["before", "kind", "on"], name="succession_before"),
            models.Index(fields=["after", "on"], name="succession_after"),
        )

    def __str__(self) -> str:
        return f"{self.old_name}→{self.new_name}"


tracked.track(Place, fields=["name", "level", "parent", "code", "since", "until"])
