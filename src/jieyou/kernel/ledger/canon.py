"""Canonical text: the one spelling of a value that is hashed, the same on every machine and both databases.

JSON, keys sorted by code point, no blanks, no ASCII escapes. What has more than one spelling is refused
(floats, naive times, sets) or given one: Decimal without exponent, UUID as 32 hex digits, times as UTC with
six digits of a second.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import cast
from uuid import UUID

_TYPES = "None, bool, int, str, Decimal, date, datetime, UUID, list, tuple, dict"
Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

DEEPEST = 50
"""Levels of nesting; more comes from an attack, not from a clerk, and would overflow the reader's stack."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: object) -> str:
    """The canonical JSON text of `value`.

    Raises TypeError for a float (anywhere inside) or another type without one spelling, ValueError for a
    naive time, a Decimal that is no number, two keys that become one, or nesting deeper than `DEEPEST`.
    """
    return _encode(plain(value))


def plain(value: object, depth: int = 0) -> Json:
    """`value` as JSON would hold it: what `json.loads(canonical(value))` gives back."""
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Mapping):
        return _plain_object(cast("Mapping[object, object]", value), _deeper(depth))
    if isinstance(value, list | tuple):
        inner = _deeper(depth)
        return [plain(item, inner) for item in cast("list[object]", value)]
    return _spelled(value)


def clean(text: str) -> str:
    """`text` without NUL (PostgreSQL refuses it, SQLite does not); half characters become U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "")
    if not text.isascii() and _SURROGATE.search(text):
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text if type(text) is str else str.__str__(text)


def moment(at: datetime) -> str:
    """UTC to the microsecond, e.g. ``2024-08-26T01:30:00.000000Z``. ValueError when `at` has no zone."""
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone has no place in a record: {at.isoformat()}")
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return utc.isoformat(timespec="microseconds")[:26] + "Z"


def digest(salt: str, text: str) -> str:
    """SHA-256 (hex) of a payload's text under its salt; without the salt the text cannot be guessed."""
    return sha256(f"{salt}\n{text}".encode()).hexdigest()


def link(prev: str, body: str) -> str:
    """SHA-256 (hex) that ties `body` to the record before it (`prev` is "" for the first)."""
    return sha256(f"{prev}\n{body}".encode()).hexdigest()


def _deeper(depth: int) -> int:
    if depth >= DEEPEST:
        raise ValueError(f"nested deeper than {DEEPEST} levels")
    return depth + 1


def _plain_object(value: Mapping[object, object], depth: int) -> dict[str, Json]:
    out: dict[str, Json] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError(f"a key must be str, not {type(key).__name__}: {key!r}")
        name = clean(key)
        if name in out:
            raise ValueError(f"two keys become one: {name!r}")
        kind = type(item)  # the commonest kinds first: this runs some sixty times for each step of a case
        if kind is str:
            out[name] = clean(cast("str", item))
        elif item is None or kind is bool or kind is int:
            out[name] = cast("int", item)
        else:
            out[name] = plain(item, depth)
    return out


def _spelled(value: object) -> str:
    """The one spelling of what JSON has no word for."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"not a number: {value}")
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no canonical form; use {_TYPES}")
