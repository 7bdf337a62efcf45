"""Which cases an actor may see: a few indexable branches, never an OR of place and holder.

Oversight (an office sees what lies in its place), home, holder, and rows of ``Access``. A sealed case is in none of them
but for cleared posts of its home and for units with a sealed exception.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, QuerySet

from jieyou.kernel.among import among as among_keys
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor, Holding
from jieyou.kernel.people.roles import BUSINESS, CLEARED
from jieyou.kernel.places.codes import column_of
from jieyou.kernel.privacy import access
from jieyou.kernel.privacy.models import Access

COUNT_CAP = 10_000
#: Cases that :func:`foremost` reads at once.
AT_ONCE = 50


def branches(actor: Actor, base: QuerySet[Case]) -> list[QuerySet[Case]]:
    """``base`` narrowed to what the actor may see, once per way of seeing it. Branches may overlap."""
    if actor.kind == "system":
        return [base]
    if actor.kind == "guest":
        return [base.filter(pk__in=actor.cases)]
    base = _not_recused(actor, base)
    return [base.filter(way) for way in _ways(actor)]


def apart(actor: Actor, base: QuerySet[Case]) -> list[QuerySet[Case]]:
    """The same without overlap: what one branch has is left out of the later ones. For counting, branch by branch."""
    if actor.kind != "staff":
        return branches(actor, base)
    ways = _ways(actor)
    return [
        reduce(lambda rows, before: rows.exclude(before), ways[:n], part)
        for n, part in enumerate(branches(actor, base))
    ]


def _ways(actor: Actor) -> list[Q]:
    """The conditions of the branches, those with most cases first."""
    working = [h for h in actor.holdings if h.role in BUSINESS]
    if not working:
        return []
    units = {h.unit for h in working}
    out = [Q(**{column: code}, sealed=False) for column, code in sorted(_overseen(working))]
    out += [Q(home__in=units, sealed=False), Q(holder__in=units, sealed=False)]
    rows = _access(units)
    out.append(Q(among_keys(rows.exclude(why="sealed").values("subject")), sealed=False))
    keeps = {h.unit for h in working if h.role == CLEARED}
    if keeps:
        out.append(Q(home__in=keeps, sealed=True))
    let_in = rows.filter(why="sealed", role__in=[h.role for h in working])
    out.append(Q(among_keys(let_in.values("subject"))))
    return out


def seen_by(actor: Actor, base: QuerySet[Case] | None = None) -> QuerySet[Case]:
    """The cases of ``base`` (default: all) that the actor may see."""
    base = Case.objects.all() if base is None else base
    parts = branches(actor, base)
    if len(parts) < 2:
        return parts[0] if parts else Case.objects.none()
    keys = [part.order_by().values("pk") for part in parts]
    return Case.objects.filter(pk__in=keys[0].union(*keys[1:]))


def first(
    actor: Actor,
    base: QuerySet[Case],
    order: str = "due",
    limit: int = 50,
    offset: int = 0,
    related: Iterable[str] = (),
) -> list[Case]:
    """The first rows by ``due`` (those without one follow, last moved first) or by ``moved_at`` or ``-moved_at``.

    Each branch gives the keys of its own top from an index, and they are merged; then the page's rows are read.
    """
    if order != "due":
        page = _top(actor, base, order, limit, offset)
    else:  # what has ended has no deadline: its clocks are stopped
        running = base.filter(open=True, due__isnull=False)
        page = _top(actor, running, "due", limit, offset)
        if len(page) < limit:
            before = offset + len(page) if page else len(_top(actor, running, "due", offset))
            page += _top(
                actor, base.filter(due=None), "-moved_at", limit - len(page), max(0, offset - before)
            )
    found = Case.objects.select_related(*related).in_bulk(page)
    return [found[key] for key in page if key in found]


def _top(actor: Actor, base: QuerySet[Case], order: str, limit: int, offset: int = 0) -> list[Any]:
    """The keys of ``limit`` rows after ``offset``: each branch's own top, merged by the database. One query."""
    down = "-" if order.startswith("-") else ""
    tops = [
        p.order_by(order, f"{down}pk").values_list("pk", order.removeprefix("-"))[: offset + limit]
        for p in branches(actor, base)
    ]
    parts, params = _compiled(tops)
    if not parts or not limit:
        return []
    union = " UNION ".join(f"SELECT * FROM ({sql}) AS top{n}" for n, sql in enumerate(parts))
    way = "DESC" if down else "ASC"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({union}) AS tops ORDER BY 2 {way}, 1 {way} LIMIT %s OFFSET %s",
            [*params, limit, offset],
        )
        return [key if isinstance(key, UUID) else UUID(key) for key, _ in cursor.fetchall()]


def _compiled(parts: Iterable[QuerySet[Any]]) -> tuple[list[str], list[Any]]:
    """The SQL of some queries and all their values; one that can find nothing is left out."""
    texts: list[str] = []
    values: list[Any] = []
    for part in parts:
        try:
            sql, params = part.query.get_compiler(part.db).as_sql()
        except EmptyResultSet:
            continue
        texts.append(sql)
        values += params
    return texts, values


def count(actor: Actor, base: QuerySet[Case]) -> int:
    """How many, capped at ``COUNT_CAP + 1`` (pages then show “1万+”)."""
    parts, params = _compiled(part.order_by().values("pk")[: COUNT_CAP + 1] for part in apart(actor, base))
    if not parts:
        return 0
    each = " + ".join(f"(SELECT COUNT(*) FROM ({sql}) AS part)" for sql in parts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {each}", params)
        return min(cursor.fetchone()[0], COUNT_CAP + 1)


def tally(actor: Actor, base: QuerySet[Case], now: datetime) -> dict[str, tuple[int, int]]:
    """Stage → (how many, how many of them overdue). One query, from the indexes alone."""
    parts = [_by_stage(part, now) for part in apart(actor, base)]
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0] if parts else []
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        many, late = found.get(row["stage"], (0, 0))
        found[row["stage"]] = (many + row["n"], late + row["late"])
    return found


def _by_stage(rows: QuerySet[Case], now: datetime) -> QuerySet[Any]:
    return rows.order_by().values("stage").annotate(n=Count("pk"), late=Count("pk", filter=Q(due__lt=now)))


def may_see(actor: Actor, case: Case) -> bool:
    """Whether this one case may be seen: no list is built for it."""
    if actor.kind == "system":
        return True
    if actor.kind == "guest":
        return case.pk in actor.cases
    if recused(actor, case):
        return False
    if not case.sealed and _plainly(actor, case):
        return True
    return any(part.exists() for part in branches(actor, Case.objects.filter(pk=case.pk)))


def among(actor: Actor, cases: Iterable[Case]) -> set[Any]:
    """The keys of those that may be seen. No query where home, hand or oversight tell it, else one for all."""
    found, asked = set[Any](), list[Any]()
    for case in cases:
        if actor.kind == "staff" and not case.sealed and not recused(actor, case) and _plainly(actor, case):
            found.add(case.pk)
        else:
            asked.append(case.pk)
    return (
        found | set(seen_by(actor, Case.objects.filter(pk__in=asked)).values_list("pk", flat=True))
        if asked
        else found
    )


def foremost(actor: Actor, keys: Sequence[UUID], limit: int, related: Iterable[str] = ()) -> list[Case]:
    """The first ``limit`` of these cases, in their order, that the actor may see. They are read by key alone, a few at a time:
    asked together with home and place, SQLite would walk through all that a home has."""
    found: list[Case] = []
    for start in range(0, len(keys), AT_ONCE):
        some = Case.objects.select_related(*related).in_bulk(keys[start : start + AT_ONCE])
        mine = among(actor, some.values())
        found += [some[key] for key in keys[start : start + AT_ONCE] if key in mine]
        if len(found) >= limit:
            break
    return found[:limit]


def _plainly(actor: Actor, case: Case) -> bool:
    """Seen by home, hand or oversight: told from the case's own columns, without a query."""
    working = [h for h in actor.holdings if h.role in BUSINESS]
    units = {h.unit for h in working}
    overseen = any(getattr(case, column) == code for column, code in _overseen(working))
    return overseen or case.home_id in units or case.holder_id in units


def recused(actor: Actor, case: Case) -> bool:
    """回避: this case, or the one that it hangs on, is shut to the actor."""
    return bool(actor.recused) and not actor.recused.isdisjoint((case.pk, case.parent_id))


def _not_recused(actor: Actor, base: QuerySet[Case]) -> QuerySet[Case]:
    """Nearly nobody is recused from anything: then nothing is asked."""
    if not actor.recused:
        return base
    return base.exclude(pk__in=actor.recused).exclude(parent__in=actor.recused)


def cleared(actor: Actor, case: Case) -> bool:
    """May this actor work on a sealed case: a cleared post of its home, or a unit with a sealed exception."""
    if actor.holds(CLEARED, case.home_id):
        return True
    rows = _access(actor.units).filter(subject=case.pk, why="sealed")
    return any(actor.holds(role, unit) for unit, role in rows.values_list("unit_id", "role"))


def inbox(actor: Actor, base: QuerySet[Case] | None = None) -> QuerySet[Case]:
    """Open cases that lie on the actor's desk: one of his posts is the one that is waited for."""
    base = Case.objects.filter(open=True) if base is None else base
    mine = reduce(lambda a, b: a | b, _desks(actor), Q(pk__in=[]))
    kept = {h.unit for h in actor.holdings if h.role == CLEARED}
    return _not_recused(actor, base).filter(mine).exclude(~Q(home__in=kept), sealed=True)


def _desks(actor: Actor) -> list[Q]:
    """The desks of an actor's posts, one condition a unit: SQLite answers an OR without the index of the open ones."""
    posts: dict[UUID, set[str]] = {}
    for held in actor.holdings:
        posts.setdefault(held.unit, set()).add(held.role)
    return [Q(desk=unit, desk_role__in=sorted(roles)) for unit, roles in posts.items()]


def _access(units: Iterable[Any]) -> QuerySet[Access]:
    return Access.objects.filter(access.in_force(), unit__in=list(units))


def _overseen(working: list[Holding]) -> set[tuple[str, str]]:
    return {(column_of(h.place_code), h.place_code) for h in working if h.unit_kind == "office"}
