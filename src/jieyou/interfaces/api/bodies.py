"""The body of a transition's route as a pydantic model, made once from its asks.

The model knows shapes and sizes, so that machines can read the schema; what an answer means is judged by
:func:`jieyou.kernel.loop.answers.clean` alone, as for forms, imports and tests.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, TypeAlias

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    create_model,
)
from pydantic_core import PydanticCustomError

from jieyou.kernel.loop import registry
from jieyou.kernel.loop.answers import LINE, WORDS
from jieyou.kernel.loop.declare import Ask, Loop, Transition

Columns: TypeAlias = dict[str, models.Field[Any, Any]]

#: The caller's own words of what he looked at; no ask may be called so.
TURN = "turn"
MOST_ROWS, MOST_UNITS, MOST_FILES, MOST_DAYS = 60, 200, 50, 250
_DAY = re.compile(r"(19|20)\d\d-\d\d-\d\d", re.ASCII)
_KEY = r"^[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$"
_HIGHEST = {"PositiveSmallIntegerField": 32_767, "PositiveIntegerField": 2_147_483_647}


class Body(BaseModel):
    """What every body has in common: an item that nobody asked for is a mistake of the caller."""

    model_config = ConfigDict(extra="forbid")


def wrong(words: str) -> PydanticCustomError:
    """An error whose words are the end of a sentence that begins with the label."""
    return PydanticCustomError("sentence", words)  # type: ignore[arg-type]


def plain_text(value: str) -> str:
    """Text that both databases can keep: no NUL, no half characters."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise wrong("里有无法识别的字符") from None
    return value.replace("\x00", "")


def day_of(value: Any) -> date:
    """``2026-11-23`` as a day of this century or the last."""
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        raise wrong(f"“{value}”不是日历上的日子") from None
    raise wrong("请写成 2026-11-23 这样的日期")


def due_of(value: Any) -> date | int:
    """A day, or a number of working days."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise wrong("请写日期（如 2026-11-23）或工作日数（如 7）")
    return day_of(value)


Text: TypeAlias = Annotated[str, AfterValidator(plain_text)]
_DATE = {"type": "string", "format": "date"}
Day: TypeAlias = Annotated[date, BeforeValidator(day_of), WithJsonSchema(_DATE)]
_DUE = {"anyOf": [_DATE, {"type": "integer", "minimum": 1, "maximum": MOST_DAYS}]}
Due: TypeAlias = Annotated[Any, BeforeValidator(due_of), WithJsonSchema(_DUE)]
FileKey: TypeAlias = Annotated[str, Field(pattern=_KEY)]


def body_of(loop: type[Loop], t: Transition) -> type[Body]:
    """The model of one transition: its asks, and ``turn``."""
    if any(ask.name == TURN for ask in t.asks):
        raise ImproperlyConfigured(f"{loop.code}.{t.name}: an ask may not be called “{TURN}”")
    said = "您看到的 turn；这之后别人办过就答 409。不写就不核对"
    seen = Field(None, ge=0, title="看到的步数", description=said)
    fields = fields_of(loop, t) | {TURN: (int | None, seen)}
    return model(f"{loop.code}_{t.name}", Body, fields)


def model(name: str, base: type[BaseModel], fields: dict[str, Any], words: str | None = None) -> Any:
    """A pydantic model from (type, default) pairs."""
    make: Any = create_model
    return make(name, __base__=base, __doc__=words, **fields)


def fields_of(loop: type[Loop], t: Transition) -> dict[str, Any]:
    """Pydantic fields by name; sizes from the columns that keep the answers."""
    columns = columns_of(loop)
    return {ask.name: _field(ask, columns if ask.keep else {}, loop, t) for ask in t.asks}


def columns_of(loop: type[Loop] | None) -> Columns:
    """The columns of a loop's own facts."""
    if loop is None or not loop.facts:
        return {}
    return {f.name: f for f in apps.get_model(loop.facts)._meta.concrete_fields}


def _field(ask: Ask, columns: Columns, loop: type[Loop], t: Transition) -> tuple[Any, Any]:
    kind = _rows(ask, loop, t) if ask.kind == "rows" else kind_of(ask, columns.get(ask.name), t)
    required = ask.required and ask.kind != "yes"
    said = Field(... if required else None, title=ask.label, description=words_of(ask))
    return (kind if required else kind | None, said)


def words_of(ask: Ask) -> str:
    """What the schema says of an ask: label, help, and what the choices mean."""
    parts = [ask.label, ask.help, "；".join(f"{value}＝{words}" for value, words in ask.choices)]
    if ask.kind == "choice" and ask.choices_from:
        parts.append(f"取值见 GET /api/v1/choices/{ask.choices_from}")
    parts.append(_HOW.get(ask.kind, ""))
    return "。".join(part.rstrip("。") for part in parts if part)


_HOW = {
    "unit": "写单位的 id 或全称",
    "units": "每一项写单位的 id 或全称",
    "case": "写事项编号或 id",
    "evidence": "先用 evidence 接口上传，这里写它答复的 id",
    "due": "工作日数从 1 到 250",
}


def kind_of(ask: Ask, column: models.Field[Any, Any] | None, t: Transition | None = None) -> Any:
    """The type of one answer."""
    if ask.kind in ("line", "words"):
        longest = min(LINE if ask.kind == "line" else WORDS, getattr(column, "max_length", None) or WORDS)
        return Annotated[Text, Field(max_length=longest)]
    if ask.kind == "choice":
        values = [value for value, _ in ask.choices]
        schema = {"type": "string", **({"enum": values} if values and not ask.choices_from else {})}
        return Annotated[Text, WithJsonSchema(schema)]
    if ask.kind == "number":
        return Annotated[int, Field(ge=ask.at_least, le=min(ask.at_most, _highest(ask, column, t)))]
    return _PLAIN[ask.kind]


_PLAIN: dict[str, Any] = {
    "yes": bool,
    "day": Day,
    "due": Due,
    "unit": Annotated[Text, Field(max_length=80)],
    "units": Annotated[list[Annotated[Text, Field(max_length=80)]], Field(max_length=MOST_UNITS)],
    "case": Annotated[Text, Field(max_length=60)],
    "evidence": Annotated[list[FileKey], Field(max_length=MOST_FILES)],
}


def _highest(ask: Ask, column: models.Field[Any, Any] | None, t: Transition | None) -> int:
    """The largest number the column takes; days that are added to a clock are few."""
    if t is not None and t.extends and ask.name == "days":
        return MOST_DAYS
    return _HIGHEST.get(column.get_internal_type() if column else "", 32_767)


def _rows(ask: Ask, loop: type[Loop], t: Transition) -> Any:
    """A list of small objects; rows that become children have the sizes of the child's columns."""
    columns = columns_of(registry.loops().get(t.begets))
    fields = {one.name: _field(one, columns, loop, t) for one in ask.rows}
    row = model(f"{loop.code}_{t.name}_{ask.name}", Body, fields, ask.label)
    return Annotated[list[row], Field(max_length=MOST_ROWS)]
