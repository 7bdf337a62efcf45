"""A look is an unmasking, not a page view: it is on the record before the text is given.

The record stands in the chain ``look:<row>`` (who, what, when in the open; title and reason in the erasable
payload). Call `reveal` outside of a transaction: one that is rolled back would take the record with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from json import loads
from uuid import UUID

from django.db import models

from jieyou.kernel.ledger import chain
from jieyou.kernel.ledger.models import Record
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.privacy.sealing import open_field, sealed_fields

LOOK = "look"
EXPORT = "export"
SEARCH = "search"


class NotShown(Exception):
    """Why the text is not given; ``sentence`` is for the person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody read a sealed value, called ``what``. Once erased: its code, and neither ``by`` nor ``why``."""

    at: datetime
    person: str
    what: str
    by: str
    why: str


def reveal(actor: Actor, row: models.Model, field: str, why: str) -> str:
    """The plain text of one sealed field; NotShown for guests and without a reason.

    Whether the actor may see the row at all is settled before (`seen_by`); this is the second door.
    """
    column = next((one for one in sealed_fields(type(row)) if one.name == field), None)
    if column is None:
        raise LookupError(f"{row._meta.label}.{field} is not sealed")
    _admit(actor, why, "请写明查看原因")
    text = open_field(row, field)
    body = {"what": f"{row._meta.label_lower}.{field}", "row": row.pk, "person": actor.person}
    payload = {"by": actor.title, "why": why.strip(), "title": str(column.verbose_name)}
    chain.append(LOOK, _chain(row.pk), body, payload)
    return text


def looks_at(*subjects: UUID) -> list[Look]:
    """Every look at these rows (a case's reports, say), oldest first. Two queries."""
    records = list(Record.objects.filter(chain__in=[_chain(one) for one in subjects]).order_by("at", "seq"))
    payloads = chain.read_many(records)
    return [_look(record, payloads.get(record.id, {})) for record in records]


def export(actor: Actor, what: str, count: int) -> None:
    """Somebody takes a list with him: put it on the record before the file is made."""
    _admit(actor, what, "请写明导出内容")
    body = {"count": count, "person": actor.person}
    chain.append(EXPORT, f"export:{actor.person}", body, {"by": actor.title, "what": what})


def searched(actor: Actor, what: str, count: int, blind: str) -> None:
    """Somebody looks for whoever has this telephone or name: on the record before the answer is shown. ``blind``: its blind
    index; ``count``: how many cases he is shown."""
    _admit(actor, what, "请写明查找内容")
    body = {"count": count, "person": actor.person, "blind": blind}
    chain.append(SEARCH, f"search:{actor.person}", body, {"by": actor.title, "what": what})


def _admit(actor: Actor, reason: str, ask: str) -> None:
    if actor.kind == "guest":
        raise NotShown("只有工作人员可以查看封存内容")
    if not reason.strip():
        raise NotShown(ask)


def _chain(row: UUID) -> str:
    return f"look:{row.hex}"


def _look(record: Record, words: dict[str, str]) -> Look:
    body = loads(record.body)
    what: str = words.get("title") or body["what"]
    return Look(record.at, body["person"], what, words.get("by", ""), words.get("why", ""))
