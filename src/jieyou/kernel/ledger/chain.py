"""Making links: `build` (unsaved, for one and for bulk), `append`, `read`, `erase`."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from json import loads
from secrets import token_hex
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from jieyou.kernel import statements
from jieyou.kernel.born import born
from jieyou.kernel.calendar import clock
from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger.canon import canonical, clean, digest, link, plain
from jieyou.kernel.ledger.models import Chained, Payload, Record
from jieyou.kernel.ledger.source import ERASURES, ROWS

Link = TypeVar("Link", bound=Chained)

ERASED_AT_ONCE = 500
"""Links named by one record of erasures."""
TRIES = 50
"""How often `append` yields to another writer of the same chain before it gives up."""


class Unerasable(ValueError):
    """Why a payload may not be erased, as a sentence."""


def tail(model: type[Chained], chain: str) -> tuple[int, str]:
    """(seq, hash) of the last link of `chain`, (0, "") when there is none: the next is seq + 1 after hash."""
    found = _tails(model)(clean(chain))
    return found[0] if found else (0, "")


@cache
def _tails(model: type[Chained]) -> Callable[[str], list[tuple[int, str]]]:
    """The query for the last link of a chain of this table."""

    @statements.kept
    def last(chain: str) -> QuerySet[Any]:
        return model._default_manager.filter(chain=chain).order_by("-seq").values_list("seq", "hash")[:1]

    return last


def build(
    model: type[Link],
    chain: str,
    seq: int,
    prev: str,
    at: datetime,
    body: Mapping[str, object],
    payload: Mapping[str, object] | None = None,
    **columns: Any,
) -> tuple[Link, Payload | None]:
    """The next link and its payload, both unsaved; save them in one transaction (`bulk_create` is fine).

    `columns` are the model's own. Those named in its `in_body` go into the body by themselves, like chain,
    seq, at and payload (the salted digest, or null): ValueError when `body` says them too. Names and words
    belong in `payload`.
    """
    columns.setdefault("id", uuid7())
    row = born(model, chain=clean(chain), seq=seq, prev=prev, at=at, **columns)
    content = _payload(row.id, payload)
    whole: dict[str, object] = {
        "chain": row.chain,
        "seq": seq,
        "at": at,
        "payload": content and digest(content.salt, content.text),
        **_own_columns(row),
    }
    if said_twice := whole.keys() & body.keys():
        raise ValueError(f"the body already says {', '.join(sorted(said_twice))} from the columns")
    row.body = canonical({**body, **whole})
    row.hash = link(prev, row.body)
    return row, content


def append(
    kind: str,
    chain: str,
    body: Mapping[str, object],
    payload: Mapping[str, object] | None = None,
    at: datetime | None = None,
) -> Record:
    """A Record saved at the end of `chain` (up to 100 characters), in the caller's transaction if any."""
    return append_to(Record, chain, body, payload, at, kind=kind)


def append_to(
    model: type[Link],
    chain: str,
    body: Mapping[str, object],
    payload: Mapping[str, object] | None = None,
    at: datetime | None = None,
    **columns: Any,
) -> Link:
    """Like `append`, for any chained table.

    Of two writers one gets the place, the other tries the next: its clash is rolled back to a savepoint. A
    clash that is not about the place (another constraint of `model`) is raised as IntegrityError.
    """
    for attempt in range(TRIES):
        last = 0
        try:
            with transaction.atomic():
                last, prev = tail(model, chain)
                moment = at or clock.now()
                row, content = build(model, chain, last + 1, prev, moment, body, payload, **columns)
                save(row, content)
                return row
        except IntegrityError:
            if attempt == TRIES - 1 or tail(model, chain)[0] <= last:
                raise
    raise AssertionError("unreachable")


def save(row: Chained, content: Payload | None) -> None:
    """Insert one built link with its payload."""
    statements.insert(row)
    if content is not None:
        statements.insert(content)


def read(row: Chained) -> dict[str, Any] | None:
    """The payload of one link; None when it has none or when it was erased by law."""
    return read_many([row]).get(row.id)


def read_many(rows: Iterable[Chained]) -> dict[UUID, dict[str, Any]]:
    """Payloads by the id of their link, in one query; without the links that have none or an erased one."""
    found = Payload.objects.filter(record__in=[row.id for row in rows], erased_at=None)
    return {record: loads(text) for record, text in found.values_list("record", "text")}


def erase(record_id: UUID, why: str, legal_basis: str, actor_name: str) -> Record:
    """Blank the payload of one link (its id) because the law says so; returns the record of the erasure."""
    return erase_all([record_id], why, legal_basis, actor_name)[0]


@transaction.atomic
def erase_all(record_ids: Iterable[UUID], why: str, legal_basis: str, actor_name: str) -> list[Record]:
    """Blank many payloads: all or, when one of them may not be erased (Unerasable), none.

    Each record of erasures (one for up to `ERASED_AT_ONCE`) says openly which and on what legal basis; why
    and who are its own payload. The chain still proves: only the digest of the words was ever in it, and
    without the salt nobody can guess them from it.
    """
    ids = sorted(set(record_ids))
    if not ids:
        raise Unerasable("没有要删除的内容。")
    if not legal_basis.strip():
        raise Unerasable("请填写删除的法律依据。")
    parts = (ids[start : start + ERASED_AT_ONCE] for start in range(0, len(ids), ERASED_AT_ONCE))
    return [_erase(part, why, legal_basis, actor_name) for part in parts]


def _erase(ids: list[UUID], why: str, legal_basis: str, actor_name: str) -> Record:
    _refuse_current_rows(ids)
    at = clock.now()
    blanked = Payload.objects.filter(record__in=ids, erased_at=None).update(text="", salt="", erased_at=at)
    if blanked != len(ids):
        raise Unerasable(f"{len(ids) - blanked} 条记录没有内容，或者内容早已删除。")
    body = {"records": ids, "basis": legal_basis}
    return append(ERASURES, ERASURES, body, {"why": why, "by": actor_name}, at)


def _payload(record: UUID, payload: Mapping[str, object] | None) -> Payload | None:
    if payload is None:
        return None
    return born(Payload, record=record, salt=token_hex(16), text=canonical(payload))


def _own_columns(row: Chained) -> dict[str, object]:
    """What the body repeats of the subclass's own columns, by body key; text columns are cleaned in place."""
    out: dict[str, object] = {}
    for column, key in row.in_body.items():
        out[key] = value = plain(getattr(row, column))
        if isinstance(value, str) and isinstance(getattr(row, column), str):
            setattr(row, column, value)
    return out


def _refuse_current_rows(ids: list[UUID]) -> None:
    """The last record of a register row proves the row: correct the row first, then the old words may go."""
    for chain, seq in Record.objects.filter(id__in=ids, chain__startswith=ROWS).values_list("chain", "seq"):
        if tail(Record, chain)[0] == seq:
            raise Unerasable("这是台账行的最新登记，请先更正或删除该行，再删除旧内容。")
