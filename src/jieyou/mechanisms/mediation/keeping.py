"""Keeping the menu: one person of it, new or changed, on the record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from jieyou.kernel.calendar import clock
from jieyou.kernel.evidence import store
from jieyou.kernel.evidence.unwelcome import Unwelcome
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.canon import clean
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.mechanisms.mediation import lists
from jieyou.mechanisms.mediation.models import Body, Mediator

WORDS = {"name": 40, "specialities": 120, "languages": 60, "words": 200}


@transaction.atomic
def keep(
    body: Body, found: Mediator | None, said: Any, actor: Actor, photo: File[Any] | None = None
) -> Mediator:
    """Keep a person as told. `Refused` with a sentence per wrong field."""
    row, told = found or Mediator(committee=body, since=clock.today()), _told(said)
    for name, value in told.items():
        setattr(row, name, value)
    row.engaged, row.published = said.get("engaged") == "on", said.get("published") == "on"
    row.alliance = (
        Body.objects.filter(kind="alliance", pk=UUID(said["alliance"])).first()
        if said.get("alliance")
        else None
    )
    if said.get("off") == "on":
        row.until = clock.today()
    if photo is not None:
        row.photo = _photo(row, photo, actor)
    tracked.save(row, actor.person, "调整菜单")
    return row


def _told(said: Any) -> dict[str, str]:
    told = {name: clean(said.get(name, "")).strip() for name in WORDS}
    told |= {name: said.get(name, "") for name in ("role", "pool")}
    wrongs = {name: f"最多 {most} 个字" for name, most in WORDS.items() if len(told[name]) > most}
    if len(told["name"]) < 2:
        wrongs["name"] = "请写姓名"
    known = {code for kind in ("role", "force", "pool") for code, _ in lists.terms(kind)} | {""}
    wrongs |= {name: "请从列表里选" for name in ("role", "pool") if told[name] not in known}
    if wrongs:
        raise Refused("；".join(wrongs.values()), errors=wrongs)
    return told


def _photo(row: Mediator, photo: File[Any], actor: Actor) -> UUID:
    """The picture, checked by its content and drawn anew like every photo that comes in."""
    try:
        return store.keep(row.pk, photo, actor, frozenset({"image"}), public=True).pk
    except Unwelcome as no:
        raise Refused(no.sentence, errors={"photo": no.sentence}) from None
