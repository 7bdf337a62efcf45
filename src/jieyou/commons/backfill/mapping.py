"""What the words of a ledger mean to us: sheets, columns, values, units. Plain data that goes to JSON and back. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

#: What a unit's name may be mapped to beside a unit's key.
WORDS, WANTED = "words", "wanted"
#: A value that nobody has decided.
UNKNOWN = ""
#: The stage of rows that tell none: ended where they tell the day of it, else nobody knows.
BY_END = "by_end"


@dataclass
class SheetMap:
    """One sheet: whether it is taken in, where its heading is, and the field of each column ("" is left out)."""

    name: str
    take: bool
    top: int
    bottom: int
    titles: list[str]
    columns: list[str]
    fingerprint: str
    above: str = ""
    remembered: str = ""

    def has(self, key: str) -> bool:
        return key in self.columns


@dataclass
class Mapping:
    """A whole workbook. ``values``: field → what is told → what it means; ``units``: name told → a unit's key (hex),
    ``words`` or ``wanted``. ``meeting_outcome`` is among the values (the told "" is a blank cell)."""

    sheets: list[SheetMap] = field(default_factory=list)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def sheet(self, name: str) -> SheetMap | None:
        """The sheet of this name."""
        return next((one for one in self.sheets if one.name == name), None)

    def has(self, key: str) -> bool:
        """Does any sheet that is taken have this field?"""
        return any(one.take and one.has(key) for one in self.sheets)

    @property
    def known(self) -> bool:
        """Are the headings of everything that is taken remembered?"""
        taken = [one for one in self.sheets if one.take]
        return bool(taken) and all(one.remembered for one in taken)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, data: dict[str, Any]) -> Mapping:
        return cls([SheetMap(**one) for one in data["sheets"]], data["values"], data["units"])
