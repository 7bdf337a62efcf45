"""Freezing numbers: who must have frozen before, what is written, what was frozen of a period."""

from __future__ import annotations

from datetime import date
from typing import Any

from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator.declare import Computed
from jieyou.kernel.indicator.declared import indicators
from jieyou.kernel.indicator.models import Reading, Sheet
from jieyou.kernel.indicator.scope import Scope
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.declare import Situation
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places import codes
from jieyou.kernel.places.models import Place


def period(s: Situation) -> str | None:
    """Both days, in their order, and over: a period that still runs is not frozen."""
    first, last = s.facts.first, s.facts.last
    if first is None or last is None or last < first:
        return "止期早于起期，请先“修改报告期”"
    if last > clock.today():
        return "报告期还没有结束，结束后才能核定"
    return None


def reasoned(s: Situation) -> str | None:
    """A correction says why."""
    f = s.facts
    if f.reason.strip() or not frozen_before(f):
        return None
    return "这个报告期已经核定过，请先“修改报告期”写明更正原因"


def frozen_before(sheet: Sheet) -> bool:
    """Was this office's period frozen already?"""
    return (
        _sheets(sheet.first, sheet.last).filter(case__home=sheet.case.home_id).exclude(pk=sheet.pk).exists()
    )


def below(s: Situation) -> str | None:
    """The city freezes after its counties: each office below has frozen the same period."""
    home = s.facts.case.home
    wanted = offices_below(home)
    done = set(
        _sheets(s.facts.first, s.facts.last)
        .filter(case__home__in=wanted)
        .values_list("case__home", flat=True)
    )
    left = [unit.place.name for unit in wanted if unit.pk not in done]
    return f"下级还没有核定：{'、'.join(left)}。请先由这些县（市、区）核定同一报告期" if left else None


def offices_below(home: Unit) -> list[Unit]:
    """The offices right below a city's; a county has none (townships and villages have no duty to report)."""
    if codes.level_of(home.place.code) != "city":
        return []
    low, high = codes.within(home.place.code)
    rows = Unit.objects.filter(
        kind="office", until=None, place__level="county", place__code__gte=low, place__code__lt=high
    )
    return list(rows.select_related("place").order_by("place__code"))


def freeze(step: Any) -> None:
    """Compute every number now, from the records, and write it down for good."""
    sheet: Sheet = step.facts
    sheet.approved_by = step.actor.name
    place = step.case.home.place
    scope = Scope(place, sheet.first, sheet.last)
    rows = [_reading(sheet, place, key, i.read(scope), step.at) for key, i in indicators().items()]
    Reading.objects.bulk_create(rows)
    tracked.adopt(rows, step.actor.person, f"核定 {step.case.number}")


def _reading(sheet: Sheet, place: Place, key: str, n: Computed, at: Any) -> Reading:
    return Reading(sheet_id=sheet.pk, place=place, key=key, first=sheet.first, last=sheet.last, value=n.value[:40],
                   printed=n.printed[:60], records=n.records, frozen_at=at)  # fmt: skip


def of(place: Place, first: date, last: date) -> dict[str, Reading]:
    """Key → the frozen number of a place and period: of several the one frozen last."""
    rows = Reading.objects.filter(place=place, first=first, last=last).select_related("sheet__case")
    return {row.key: row for row in rows.order_by("frozen_at", "pk")}


def history(place: Place, key: str, first: date, last: date) -> list[Reading]:
    """Every time it was frozen, the newest first."""
    rows = Reading.objects.filter(place=place, key=key, first=first, last=last)
    return list(rows.select_related("sheet__case").order_by("-frozen_at", "-pk"))


def _sheets(first: date, last: date) -> Any:
    return Sheet.objects.filter(first=first, last=last, case__stage="frozen")
