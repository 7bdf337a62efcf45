"""People out of a workbook: one row a post. What cannot be taken in goes back marked; nothing is made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from jieyou.commons.backfill import dates
from jieyou.commons.changes import making, staffing
from jieyou.commons.reports import columns, returned
from jieyou.commons.reports.columns import Header
from jieyou.commons.reports.returned import Mark
from jieyou.commons.reports.workbook import NotAWorkbook, Row, Table, Workbook
from jieyou.kernel.calendar import clock
from jieyou.kernel.people import accounts, posts, units
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Account, Post, Unit
from jieyou.kernel.people.roles import of_kind
from jieyou.kernel.people.terms import in_force
from jieyou.kernel.people.units import current
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place

NAMES: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "人员", "名字"),
    "username": ("用户名", "账号", "登录名", "帐号"),
    "unit": ("单位", "工作单位", "所在单位", "部门", "单位全称"),
    "role": ("岗位", "系统岗位", "角色"),
    "since": ("任职日期", "任职时间", "起始日期"),
}
NEEDED = frozenset({"name", "username", "unit", "role"})
LOOKED_AT = 20
#: Rows at a time: making a password safe takes a moment each.
MOST = 200
NO_HEADER = "没有找到表头：要有“姓名、用户名、单位、岗位”四列，“任职日期”可以没有（没有就从今天起）"


@dataclass(frozen=True)
class Line:
    """One row that can come in. ``known``: the account is there already and only gets the post."""

    sheet: str
    row: int
    name: str
    username: str
    unit: Unit
    role: str
    since: date
    known: Account | None


@dataclass
class Plan:
    """What a workbook would bring; ``there``: rows whose person holds that very post already."""

    path: Path
    lines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    there: int = 0

    @property
    def people(self) -> int:
        """New accounts."""
        return len({line.username for line in self.lines if line.known is None})


def opened(path: Path) -> Workbook:
    """The workbook with the headers of a list of people. Raises ``NotAWorkbook``."""
    return Workbook(path, _header, NO_HEADER)


def _header(table: Table) -> Header | None:
    for number, cells in islice(table.rows(), LOOKED_AT):
        titles = tuple(columns.plain(cell) if isinstance(cell, str) else "" for cell in cells)
        at = {
            key: titles.index(name)
            for key, names in NAMES.items()
            for name in reversed(names)
            if name in titles
        }
        if at.keys() >= NEEDED:
            return Header(table.name, number, at, titles)
    return None


def plan(path: Path, place: Place, roles: Collection[str]) -> Plan:
    """Read and judge every row; nothing is written. ``roles``: those that whoever imports may give."""
    found = Plan(path)
    low, high = tree.within(place.code)
    rows = current().filter(place__code__gte=low, place__code__lt=high).select_related("place")
    named = _by_name(list(rows))
    with opened(path) as book:
        told = [(book.headers[row.sheet], row) for row in islice(book.rows(), MOST + 1)]
    if len(told) > MOST:
        raise NotAWorkbook(f"一次最多 {MOST} 行，请分成几份导入")
    known = {
        one.username: one for one in Account.objects.filter(username__in=[_login(row) for _, row in told])
    }
    held = set(
        Post.objects.filter(in_force(clock.today()), account__in=known.values()).values_list(
            "account", "unit", "role"
        )
    )
    seen: Counter[tuple[str, Any, str]] = Counter()
    names: dict[str, str] = {}
    for header, row in told:
        line, wrong = _judge(row, named, known, roles, names)
        key = (line.username, line.unit.pk, line.role) if line else ("", "", "")
        seen[key] += 1
        if line and (seen[key] > 1 or (line.known and (line.known.pk, line.unit.pk, line.role) in held)):
            found.there += 1
        elif line:
            found.lines.append(line)
        else:
            found.marks.append(Mark(row.sheet, row.number, {header.at[k]: said for k, said in wrong.items()}))
    return found


def _by_name(rows: list[Unit]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    also = units.aliases()
    for unit in rows:
        for name in {unit.name, unit.short, *also.get(unit.pk, ())}:
            found.setdefault(name, []).append(unit)
    return found


def _text(row: Row, key: str) -> str:
    value = row.cells.get(key)
    return "" if value is None else "".join(str(value).split())


def _login(row: Row) -> str:
    return _text(row, "username").lower()


def _judge(
    row: Row, named: dict[str, list[Unit]], known: dict[str, Account], roles: Collection[str], names: dict[str, str]
) -> tuple[Line | None, dict[str, str]]:  # fmt: skip
    """The line, or what is wrong with it by column."""
    wrong: dict[str, str] = {}
    name, login, role = _text(row, "name"), _login(row), _text(row, "role")
    unit, wrong["unit"] = _unit(_text(row, "unit"), named)
    wrong["name"] = "" if 0 < len(name) <= 40 else "请填写姓名（不超过40字）"
    wrong["username"] = _wrong_login(login, name, known.get(login), names)
    wrong["role"] = _wrong_role(role, unit, roles)
    since, wrong["since"] = _since(row)
    wrong = {key: said for key, said in wrong.items() if said}
    if wrong or unit is None:
        return None, wrong
    return Line(row.sheet, row.number, name, login, unit, role, since, known.get(login)), {}


def _unit(told: str, named: dict[str, list[Unit]]) -> tuple[Unit | None, str]:
    found = named.get(told, [])
    if len(found) == 1:
        return found[0], ""
    return (
        None,
        "有几个单位叫这个名字，请写全称"
        if found
        else f"没有单位“{told}”，请写系统里的全称"
        if told
        else "请填写单位",
    )


def _wrong_login(login: str, name: str, there: Account | None, names: dict[str, str]) -> str:
    if not accounts.USERNAME.fullmatch(login):
        return "用户名用 2 到 40 个小写字母、数字"
    if there is not None and there.name != name:
        return "这个用户名已经是别人的，请换一个"
    if there is not None and not there.is_active:
        return "这个账号已经停用，请先启用"
    return "" if names.setdefault(login, name) == name else "表里这个用户名前面写的是另一个人"


def _wrong_role(role: str, unit: Unit | None, roles: Collection[str]) -> str:
    offered = [one for one in of_kind(unit.kind) if one in roles] if unit else list(roles)
    return "" if role in offered else f"岗位可以写：{'、'.join(offered)}"


def _since(row: Row) -> tuple[date, str]:
    cell = row.cells.get("since")
    if cell is None:
        return clock.today(), ""
    day = dates.read(cell)
    return (
        (day.day, "") if day.day else (clock.today(), day.wrong or "看不懂这个日期，请写成 2026-11-23 这样")
    )


def run(found: Plan, place: Place, actor: Actor, why: str) -> list[tuple[Account, str]]:
    """Take in the rows that can come in, as one change; the new accounts with their one-time passwords."""
    passwords: list[tuple[Account, str]] = []
    title = f"导入人员：{found.people} 个新账号，{len(found.lines)} 个岗位"
    with making.change(staffing.WHAT, title, actor, why, place) as made:
        opened_now: dict[str, Account] = {}
        for line in found.lines:
            account = line.known or opened_now.get(line.username)
            if account is None:
                account, text = accounts.open_with_once(line.username, line.name, actor.person, made.why)
                passwords.append((account, text))
            opened_now[line.username] = account
            staffing.check(account, line.unit, line.role, actor)
            posts.appoint(account, line.unit, line.role, line.since, actor.person, why=made.why)
    return passwords


def write_returned(found: Plan, target: Path) -> int:
    """The rows to mend in the same workbook, marked; how many there are."""
    return returned.write(found.path, found.marks, target, opened)
