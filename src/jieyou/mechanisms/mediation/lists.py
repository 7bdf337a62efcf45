"""Lists that are kept as rows: terms, the people of the menu. Seeded once from ``data/terms.csv``, a city edits them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import AppConfig
from django.db.models import Q, QuerySet

from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import options
from jieyou.kernel.loop.seeds import plant
from jieyou.kernel.places.models import Place
from jieyou.mechanisms.mediation.models import Body, Mediator, Term

Pairs = list[tuple[str, str]]


def connect() -> None:
    """Called once, when all apps are loaded: the lists by the names that asks speak of."""
    options.provide("mediation.dispute")(lambda: terms("dispute"))
    options.provide("mediation.file")(lambda: terms("file"))
    options.provide("mediation.people")(lambda: _pairs(people()))
    options.provide("mediation.engaged")(lambda: _pairs(people().filter(engaged=True)))


def seed(sender: AppConfig, **_: Any) -> None:
    """Receiver of ``post_migrate``."""
    plant(Term, Path(sender.path) / "data/terms.csv", _term)


def _term(row: dict[str, str]) -> Term:
    return Term(
        kind=row["kind"], code=row["code"], title=row["title"], position=int(row["position"]), required=row["required"] == "1",
        barred=row["barred"] == "1", basis=row["basis"],
    )  # fmt: skip


def rows(kind: str) -> QuerySet[Term]:
    """The lines of one list that are in force today."""
    return Term.objects.filter(Q(until=None) | Q(until__gt=clock.today()), kind=kind)


def terms(kind: str) -> Pairs:
    return list(rows(kind).values_list("code", "title"))


def people() -> QuerySet[Mediator]:
    """The menu: everybody who is published and in office, by name and by nothing else."""
    here = Mediator.objects.filter(Q(until=None) | Q(until__gt=clock.today()), published=True)
    return here.select_related("committee__place", "alliance")


def _pairs(found: QuerySet[Mediator]) -> Pairs:
    return [(one.pk.hex, f"{one.name}（{one.committee.name}）") for one in found]


def mediator(key: str) -> Mediator | None:
    """The person of a stored key."""
    return (
        Mediator.objects.select_related("committee", "alliance").filter(pk=UUID(key)).first() if key else None
    )


def committees() -> QuerySet[Body]:
    """Committees that take cases: those that have a desk."""
    there = Body.objects.filter(
        Q(until=None) | Q(until__gt=clock.today()), kind="committee", unit__isnull=False
    )
    return there.select_related("unit__place", "place").order_by("place__code", "name")


def committee_for(place: Place) -> Body | None:
    """The nearest committee of a place: its own, else that of the township, the county, the city."""
    found = [body for body in committees() if place.code.startswith(body.place.code)]
    return max(found, key=lambda body: len(body.place.code), default=None)


def choice_words(choice: str) -> str:
    """A proposal in words: a person of the menu, or ``out:`` and a name."""
    if choice.startswith("out:"):
        return f"{choice[4:]}（菜单外）"
    found = mediator(choice)
    return f"{found.name}（{'人民调解员' if found.engaged else '说事人'}）" if found else ""
