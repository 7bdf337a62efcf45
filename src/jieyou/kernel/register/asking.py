"""What a form asks of a row, read off its declaration, and how answers become values: the same for page, workbook and demo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db import models

from jieyou.kernel.loop import answers
from jieyou.kernel.loop.declare import Ask, AskKind
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.kernel.register.declare import Column, Part, Register

PLACE = Ask("place", "辖区")
PlaceOf = Callable[[Any], Place]


def asks(register: Register, held: Any = None) -> tuple[Ask, ...]:
    """All that is asked of a row but its place, in the order of the declaration. ``held``: the row as it stands: what is sealed
    in its parts is never shown again, so it may be left blank."""
    found: list[Ask] = []
    for one in register.columns:
        if isinstance(one, Part):
            kept = held is not None and getattr(held, f"{one.name}_id") is not None
            found += [_unchanged(ask) for ask in part_asks(one)] if kept else part_asks(one)
        else:
            found.append(ask(register, one))
    return tuple(found)


def _unchanged(ask: Ask) -> Ask:
    return replace(ask, required=False, help="不改就不填")


def ask(register: Register, column: Column) -> Ask:
    """The question that a column is."""
    field = register.field(column.name)
    choices = tuple((str(value), str(words)) for value, words in field.flatchoices)
    most = field.max_length or (2_000_000_000 if isinstance(field, models.IntegerField) else answers.WORDS)
    return Ask(
        column.name, register.label(column), _kind(field), not field.blank, choices, help=column.help, at_most=most
    )  # fmt: skip


def part_asks(part: Part) -> list[Ask]:
    """The questions of a part, under the part's own name."""
    return [
        Ask(part.ask_name(one), f"{part.label}{one.label}", one.kind, one.required, one.choices, help=one.help, at_most=one.at_most)
        for one in part.asks
    ]  # fmt: skip


def _kind(field: Any) -> AskKind:
    if field.flatchoices:
        return "choice"
    for model_field, kind in _KINDS:
        if isinstance(field, model_field):
            return kind
    return "line"


_KINDS: tuple[tuple[type[Any], AskKind], ...] = (
    (models.TextField, "words"), (models.DateField, "day"), (models.IntegerField, "number"), (models.BooleanField, "yes"),
)  # fmt: skip


def clean(
    register: Register, raw: dict[str, Any], place_of: PlaceOf | None = None, held: Any = None,
    standing: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """All values of a row by column, its place among them. :class:`Refused` with one sentence per wrong answer.

    ``standing``: values that stay as they are and are not judged again."""
    stands = standing or {}
    values, errors = dict(stands), {}
    for one in asks(register, held):
        if one.name in stands:
            continue
        try:
            values[one.name] = answers.clean_one(one, raw.get(one.name))
        except Refused as no:
            errors[one.name] = no.sentence
    for column in register.plain:
        if (
            column.check is not None
            and column.name not in stands
            and values.get(column.name) not in (None, "")
        ):
            try:
                values[column.name] = column.check(values[column.name])
            except Refused as no:
                errors[column.name] = no.sentence
    try:
        values["place"] = stands.get("place") or (place_of or by_code)(raw.get("place"))
    except Refused as no:
        errors["place"] = no.sentence
    if errors:
        raise Refused("；".join(errors.values()), errors=errors)
    return values


def by_code(said: Any) -> Place:
    """A place by its code, or the place itself."""
    if isinstance(said, Place):
        return said
    if not said:
        raise Refused("请选择辖区", "place")
    try:
        return tree.by_code(str(said))
    except tree.UnknownPlace as no:
        raise Refused(no.sentence, "place") from None
