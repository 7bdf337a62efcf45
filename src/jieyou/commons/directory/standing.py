"""The history of an organisation's operating status follows what its row says, and says how it stood on any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jieyou.commons.directory.models import Organisation, Standing
from jieyou.kernel.ledger import tracked


def follow(rows: Sequence[Organisation], by: str, why: str) -> None:
    """Called when rows were saved. A status from a new day ends the one before; a day or a status put right replaces what was
    told for it, so that undoing a row undoes its history."""
    there: dict[UUID, list[Standing]] = defaultdict(list)
    for one in Standing.objects.filter(organisation__in=[row.pk for row in rows]):
        there[one.organisation_id].append(one)
    fresh = [_open(row) for row in rows if not there[row.pk]]
    Standing.objects.bulk_create(fresh, batch_size=500)
    tracked.adopt(fresh, by, why)
    for row in rows:
        if there[row.pk] and not _same(there[row.pk][-1], row):
            _renew(row, there[row.pk], by, why)


def told(row: Organisation) -> list[tuple[str, str]]:
    """The history in words, the newest first."""
    return [
        (f"{one.since}起" + (f"，到 {one.until}" if one.until else ""), f"{one}（{one.source}）")
        for one in reversed(list(row.standings.all()))
    ]


def _open(row: Organisation) -> Standing:
    return Standing(
        organisation=row, status=row.status, since=row.status_since, source=row.status_source
    )  # fmt: skip


def _same(last: Standing, row: Organisation) -> bool:
    return (last.status, last.since, last.source) == (row.status, row.status_since, row.status_source)


def _renew(row: Organisation, there: list[Standing], by: str, why: str) -> None:
    before = [one for one in there if one.since < row.status_since]
    if before and before[-1].status == row.status:
        before.pop()  # the same status from another day: the day was put right
    kept = {one.pk for one in before}
    for one in there:
        if one.pk not in kept:
            tracked.delete(one, by, why)
    if before and before[-1].until != row.status_since:
        before[-1].until = row.status_since
        tracked.save(before[-1], by, why)
    tracked.save(_open(row), by, why)


def on(
    day: date, statuses: Sequence[str], rows: QuerySet[Organisation] | None = None
) -> QuerySet[Organisation]:
    """Organisations that were in the register on the day and stood so on it."""
    stood = Standing.objects.filter(
        Q(until=None) | Q(until__gt=day), organisation=OuterRef("pk"), status__in=statuses, since__lte=day
    )
    found = Organisation.objects.all() if rows is None else rows
    return found.filter(Exists(stood), Q(until=None) | Q(until__gt=day))
