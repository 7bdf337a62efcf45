"""The mapping of a workbook: proposed from what the office decided before and from what its words look like; kept by headings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jieyou.commons.backfill import fields, headings
from jieyou.commons.backfill.choosing import BY_DECISION, Choosing
from jieyou.commons.backfill.mapping import BY_END, WANTED, WORDS, Mapping, SheetMap
from jieyou.commons.backfill.models import Headings
from jieyou.commons.backfill.reading import told
from jieyou.commons.backfill.sheets import Ledger
from jieyou.commons.backfill.unitnames import Known, Units
from jieyou.commons.reports.workbook import Table
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people import units
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.units import current
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place


def propose(path: Path, office: Unit, place: Place, name: str = "") -> Mapping:
    """The likeliest mapping of a workbook. ``name``: of a remembered one that must be used for sheets with its headings.

    Raises :class:`NotAWorkbook` or :class:`Refused`.
    """
    before = _before(office)
    if name and name not in {one.name for one in before}:
        raise Refused(f"没有记住过名为“{name}”的对应关系")
    with Ledger(path) as book:
        tables = [book.tables[key] for key in book.headers]
        mapping = Mapping([_sheet(book, table, before, name) for table in tables])
    if not any(one.take for one in mapping.sheets):
        raise Refused("没有一张工作表看得出表头：要有“事项名称”“反映内容”或“会议次数”这样的列")
    return complete(mapping, path, office, place)


def complete(mapping: Mapping, path: Path, office: Unit, place: Place) -> Mapping:
    """Every way of writing of the sheets that are taken gets a meaning: as decided before, else a guess. What was decided stays."""
    before, choosing = _before(office), Choosing()
    with Ledger(path, mapping) as book:
        values, names = told(mapping, book.lines())
    for key, counts in values.items():
        known = _known_values(before, key)
        decided = mapping.values.setdefault(key, {})
        allowed = {code for code, _ in (*choosing.of(key), *choosing.blank(key))}
        for said in counts:
            if decided.get(said) is None:
                old = known.get(said)
                guess = _blank(key, mapping) if not said else choosing.guess(key, said)
                decided[said] = old if old is not None and (old in allowed or not old) else guess
    known_units = {told_: key for one in reversed(before) for told_, key in one.units.items()}
    finder = units_near(place)
    alive = {unit.key for unit in finder.known} | {WORDS, WANTED}
    for said in names:
        if mapping.units.get(said) not in alive:
            old = known_units.get(said, "")
            mapping.units[said] = old if old in alive else finder.guess(said).key or WORDS
    return mapping


def reheaded(sheet: SheetMap, path: Path, top: int, deep: int) -> SheetMap | None:
    """The same sheet with its heading elsewhere; ``None`` where there are no such rows."""
    with Ledger(path) as book:
        table = book.tables.get(sheet.name)
        found = book.heading(table, top, deep) if table else None
    return _mapped(sheet.name, found, None) if found else None


def keep(mapping: Mapping, office: Unit, filename: str, actor: Actor) -> None:
    """Remember what was confirmed, sheet by sheet, for the next ledger with the same headings."""
    for sheet in mapping.sheets:
        if sheet.take:
            row = Headings.objects.filter(office=office, fingerprint=sheet.fingerprint).first()
            row = row or Headings(
                office=office, fingerprint=sheet.fingerprint, name=_free(office, filename, sheet)
            )
            row.titles, row.columns, row.used_at = sheet.titles, sheet.columns, watch.now()
            row.values = _merged(row.values, {k: v for k, v in mapping.values.items() if _says(sheet, k)})
            row.units = {**row.units, **mapping.units} if _names_units(sheet) else row.units
            tracked.save(row, actor.person, "记住台账的对应关系")


def _says(sheet: SheetMap, key: str) -> bool:
    """Does the sheet have to do with these values? A stage and an outcome may be told by a blank."""
    blank = {"stage": sheet.has("title") or sheet.has("words"), "outcome": sheet.has("seq_no")}
    return sheet.has(key) or blank.get(key, False)


def _names_units(sheet: SheetMap) -> bool:
    return any(sheet.has(one.key) for one in fields.FIELDS if one.kind == "units")


def units_near(place: Place) -> Units:
    """All units of the city that the place lies in, found by what people write; the place's own go first."""
    codes = tree.levels_of(place)
    low, high = tree.within(codes["l2"])
    rows = current().filter(place__code__gte=low, place__code__lt=high).select_related("place")
    city = tree.under(tree.by_code(codes["l2"]))
    names = {p.code: p.name for p in city.exclude(level__in=["village", "grid"])}
    own = names.get(codes["l3"] or codes["l2"], place.name)
    also = units.aliases()
    known = [
        Known(u.pk.hex, u.name, u.short, _above(u.place, names), tuple(also.get(u.pk, ()))) for u in rows
    ]
    return Units(known, own)


def _above(place: Place, names: dict[str, str]) -> tuple[str, ...]:
    codes = [place.code, *(place.code[:n] for n in (9, 6, 4) if len(place.code) > n)]
    return tuple(
        name for code in codes if (name := names.get(code) or (place.name if code == place.code else ""))
    )


def _before(office: Unit) -> list[Headings]:
    """What the office has decided, the newest first."""
    return list(Headings.objects.filter(office=office).order_by("-used_at", "-pk"))


def _known_values(before: list[Headings], key: str) -> dict[str, str]:
    return {
        told_: value for one in reversed(before) for told_, value in one.values.get(key, {}).items() if told_
    }


def _sheet(book: Ledger, table: Table, before: list[Headings], name: str) -> SheetMap:
    found = book.heading(table)
    assert found is not None
    old = next(
        (one for one in before if one.fingerprint == found.fingerprint and name in ("", one.name)), None
    )
    return _mapped(table.name, found, old)


def _mapped(name: str, found: headings.Heading, old: Headings | None) -> SheetMap:
    titles = list(found.titles)
    columns = found.fields()
    if old is not None:
        meant = dict(zip(old.titles, old.columns, strict=False))
        columns = [meant.get(title, key) if title else "" for title, key in zip(titles, columns, strict=True)]
    take = any(key in columns for key in fields.NEEDED)
    return SheetMap(name, take, found.top, found.bottom, titles, columns, found.fingerprint, found.above,
                    old.name if old else "")  # fmt: skip


def _blank(key: str, mapping: Mapping) -> str:
    """What a blank cell most likely means."""
    if key == "stage" and mapping.has("ended_on"):
        return BY_END
    return BY_DECISION if key == "outcome" and mapping.has("decision") else ""


def _merged(old: dict[str, Any], new: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {key: {**old.get(key, {}), **new.get(key, {})} for key in {*old, *new}}


def _free(office: Unit, filename: str, sheet: SheetMap) -> str:
    """A name that the office has not used yet."""
    stem = Path(filename).stem[:60] or "台账"
    used = set(Headings.objects.filter(office=office).values_list("name", flat=True))
    tries = [stem, f"{stem} {sheet.name}"[:78], *(f"{stem} {n}" for n in range(2, 1000))]
    return next(one for one in tries if one not in used)
