"""The event of a step: a link in the case's chain, with a digest of the state after it."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from jieyou.kernel.ledger import chain
from jieyou.kernel.ledger.canon import canonical
from jieyou.kernel.ledger.models import Payload
from jieyou.kernel.loop.answers import plain
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.people.actor import Actor, Holding
from jieyou.kernel.statements import kept

_CASE_STATE = ("loop", "kind", "number", "title", "stage", "turn", "open", "sealed", "outcome")
_CASE_LINKS = ("home_id", "holder_id", "place_id", "parent_id")


#: How a payload's ``state`` was reckoned; payloads without a scheme are of :func:`whole_state`.
SPARSE = 2


def state_digest(case: Case, facts: Model | None) -> str:
    """SHA-256 over everything that only the engine may change: whoever edits a row past it is found by ``audit verify``.

    Facts at their default are left out, so that a column that a later edition adds changes no digest of before.
    """
    return _digest(case, {} if facts is None else _said(facts), facts is not None)


def whole_state(case: Case, facts: Model | None, columns: frozenset[str]) -> str:
    """The digest as the first edition made it: over the columns that there were, all others still at their default."""
    if facts is None:
        return _digest(case, {}, False)
    if not _said(facts).keys() <= columns:
        return ""
    return _digest(case, {name: _value(facts, name) for name in columns}, True)


def _said(facts: Model) -> dict[str, Any]:
    fields = facts._meta.concrete_fields
    return {
        f.attname: _value(facts, f.attname) for f in fields if getattr(facts, f.attname) != f.get_default()
    }


def _digest(case: Case, facts: dict[str, Any], has_facts: bool) -> str:
    state: dict[str, Any] = {name: getattr(case, name) for name in _CASE_STATE}
    state |= {name: _hex(getattr(case, name)) for name in _CASE_LINKS}
    if has_facts:
        state["facts"] = facts
    return sha256(canonical(state).encode()).hexdigest()


def event_for(
    case: Case, facts: Model | None, transition: str, title: str, source: str, actor: Actor,
    data: dict[str, Any], at: datetime, prev: str,
) -> tuple[Event, Payload | None]:  # fmt: skip
    """The unsaved event (and its payload) of a step that has just changed ``case`` to its present turn."""
    code = case.l5 or case.l4 or case.l3 or case.l2
    payload = {"title": title, "data": plain(data), "state": state_digest(case, facts), "scheme": SPARSE}
    return chain.build(
        Event, case.pk.hex, case.turn, prev, at, {}, payload,
        case=case, transition=transition, title=title, source=source, target=case.stage, person=actor.person,
        actor=acting_as(actor, case, transition), place_code=code,
    )  # fmt: skip


def acting_as(actor: Actor, case: Case, transition: str = "") -> str:
    """“单位 岗位” of the post in which the step is made; never the name (the account has it, the record is for ever)."""
    held = _post(actor, case, transition)
    if held is None:
        return {"guest": "群众", "system": "系统"}.get(actor.kind, "")
    through = f"（{actor.through}）" if actor.through else ""
    return f"{held.unit_name} {held.role}{'（代）' if held.deputy_for else ''}{through}"


def _post(actor: Actor, case: Case, transition: str) -> Holding | None:
    """The post that the declaration asks for, else one that has to do with the case, else the first; own ones first."""
    t, held = (
        case.declared.transitions.get(transition),
        sorted(actor.holdings, key=lambda h: h.deputy_for != ""),
    )
    units = {"home": case.home_id, "holder": case.holder_id}
    asked = [
        h
        for who in (t.who if t else ())
        for h in held
        if h.role in who.roles and units.get(who.kind, h.unit) == h.unit
    ]
    near = [h for unit in (case.desk_id, case.home_id, case.holder_id) for h in held if h.unit == unit]
    return next(iter([*asked, *near, *held]), None)


def write(case: Case, facts: Model | None, transition: str, title: str, source: str, actor: Actor,
          data: dict[str, Any], at: datetime) -> Event:  # fmt: skip
    """Save the event of a step at the end of the case's chain."""
    event, payload = event_for(case, facts, transition, title, source, actor, data, at, _last_hash(case))
    chain.save(event, payload)
    case.tail = (event.seq, event.hash)
    return event


def _last_hash(case: Case) -> str:
    """Of the event before this one: known if this very object made it (the swap on ``turn`` says nobody came between)."""
    seq, known = getattr(case, "tail", (0, ""))
    if seq == case.turn - 1:
        return known
    found = _hash_at(case.pk, case.turn - 1)
    return found[0] if found else ""


@kept
def _hash_at(case: UUID, seq: int) -> QuerySet[Any]:
    return Event.objects.filter(case_id=case, seq=seq).values_list("hash", flat=True)


def _value(facts: Model, name: str) -> Any:
    value = getattr(facts, name)
    if value is None or type(value) in (str, bool, int):
        return value
    return _hex(value) if hasattr(value, "hex") and not isinstance(value, (int, float)) else plain(value)


def _hex(value: Any) -> str | None:
    return value.hex if value is not None else None
