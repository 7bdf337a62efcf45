"""Notices and the days they arrange. Entered through ``store.add_notice`` only."""

from typing import Any
from uuid import UUID

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.statements import kept


class Edition(models.Model):
    """One row: a stamp that changes with every change, so that each process knows when to read again.

    Not a counter: a number that was rolled back would come again with another content behind it.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField()

    @classmethod
    def turn(cls) -> None:
        cls.objects.update_or_create(id=1, defaults={"stamp": uuid7()})

    @classmethod
    def current(cls) -> UUID | None:
        found = _stamp(1)
        return found[0] if found else None


@kept
def _stamp(row: int) -> models.QuerySet[Any]:
    return Edition.objects.filter(id=row).values_list("stamp", flat=True)


class Stamped(models.Model):
    """Turns the edition when one row is saved or deleted; bulk writers call ``Edition.turn`` themselves."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        Edition.turn()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*args, **kwargs)
        Edition.turn()
        return gone


class Notice(Stamped):
    """A State Council notice on the holidays of a year, or a later one that corrects it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    year = models.PositiveSmallIntegerField("年份", db_index=True)
    number = models.CharField("文号", max_length=40, blank=True)
    title = models.CharField("标题", max_length=120)
    published_on = models.DateField("发布日期", help_text="在中国政府网公布的日期")
    source = models.CharField("出处", max_length=200)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta(Stamped.Meta):
        verbose_name = verbose_name_plural = "放假通知"
        ordering = ["published_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"], condition=~models.Q(number=""), name="notice_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number or '文号待核'}）"


class Day(Stamped):
    """A day as one notice arranges it. Where two notices name the same day, the later published one holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="days")
    day = models.DateField("日期", db_index=True)
    works = models.BooleanField("上班")
    name = models.CharField("节日", max_length=40)

    class Meta(Stamped.Meta):
        verbose_name = verbose_name_plural = "放假调休日"
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["notice", "day"], name="day_once_a_notice")]

    def __str__(self) -> str:
        return f"{self.day} {'班' if self.works else '休'} {self.name}"
