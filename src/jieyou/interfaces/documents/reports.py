"""A report of a place and a period: the template speaks, figures are computed, the sheet is drawn as page, Word or PDF."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from django.db.models import Count
from django.template import Context

from jieyou.commons.papers import pdf, word
from jieyou.commons.papers.numbers import day_words
from jieyou.commons.papers.sheet import Cell, Form, Line, Para, Sheet, Title, Written, numbered, paragraphs
from jieyou.interfaces.documents import language
from jieyou.interfaces.documents.language import TABLE, marked, named, plain
from jieyou.kernel.calendar import clock, periods
from jieyou.kernel.indicator import rollup, targets
from jieyou.kernel.indicator.declare import Computed, Tally
from jieyou.kernel.indicator.declared import figure_ids, readings_of
from jieyou.kernel.indicator.scope import Scope
from jieyou.kernel.loop import rules, seen
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.places import codes

#: Kind → its title.
KINDS = {"weekly": "周报", "monthly": "月报", "annual": "年度报告", "petitions": "信访年报"}
#: Reports that are called otherwise than 某地社会工作 and their kind.
TITLES = {"petitions": "信访工作年度报告"}
TEMPLATES = Path(__file__).parent / "templates"
#: Type area in mm, and the size of words in a table.
WIDE, SMALL = 156.0, 10.5


@dataclass
class Report:
    """``public``: few records (1 to 4) are not told apart. ``actor``: whose eyes a list of matters is for."""

    kind: str
    scope: Scope
    before: Scope
    actor: Actor
    public: bool = False
    _now: dict[str, Computed] = field(default_factory=dict)
    _before: dict[str, Computed] = field(default_factory=dict)
    _tables: list[Form] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{self.scope.place.name}{TITLES.get(self.kind, f'社会工作{KINDS[self.kind]}')}"

    @property
    def days(self) -> str:
        return periods.span(self.scope.first, self.scope.last).title

    # what the template asks for

    def number(self, key: str) -> Computed:
        if key not in self._now:
            self._now[key] = rollup.number(named(key), self.scope)
        return self._now[key]

    def number_before(self, key: str) -> Computed:
        if key not in self._before:
            self._before[key] = rollup.number(named(key), self.before)
        return self._before[key]

    def said(self, number: Computed) -> str:
        return number.public if self.public else number.printed

    def figures_table(self, *keys: str) -> str:
        wanted = targets.in_force(keys, self.scope)
        rows = [self._figure_row(key, wanted) for key in keys]
        return self._table((66, 30, 30, 30), ("指标", "本期", "上期", "目标"), rows)

    def _figure_row(self, key: str, wanted: dict[str, Any]) -> tuple[str, ...]:
        i, now = named(key), self.number(key)
        said = f"{marked(key, self.said(now))}{i.unit}" if now.value else "—"
        return i.title, said, self.said(self.number_before(key)), str(wanted[key]) if key in wanted else ""

    def places_table(self, *keys: str) -> str:
        level = below(self.scope)
        if level is None:
            return ""
        found = rollup.table(keys, self.scope, level)
        places = rollup.places_of(self.scope.place, level)
        rows = [(p.name, *(marked(f"{key}@{p.code}", self.said(found[p.code][key])) for key in keys)) for p in places
                if any(found[p.code][key].records for key in keys)]  # fmt: skip
        wide = (WIDE - 40) / len(keys)
        heads = ("辖区", *(f"{named(key).title}（{named(key).unit}）" for key in keys))
        return self._table((40.0, *(wide for _ in keys)), heads, rows)

    def article_table(self) -> str:
        rows = [(f"{key}", i.title + (f"（{i.reading}）" if i.reading else ""), f"{marked(i.key, self.said(n))}{i.unit}", str(n.records))
                for key in figure_ids() for i in readings_of(key) for n in (self.number(i.key),)]  # fmt: skip
        return self._table((16, 84, 36, 20), ("序号", "数据", "数值", "记录"), rows)

    def overdue_table(self, most: int = 10) -> str:
        rows = Case.objects.filter(
            open=True,
            due__lt=clock.now(),
            sealed=False,
            loop__in=("jieyou", "assignment"),
            **self.scope.inside(),
        )
        found = seen.first(self.actor, rows, "due", most, 0, ("holder", "home"))
        if not found:
            return "现在没有超期的事项和任务。"
        lines = [
            (c.number, c.title, (c.holder or c.home).name, day_words(clock.local(c.due)))
            for c in found
            if c.due
        ]
        return self._table((34, 62, 34, 26), ("编号", "事项（任务）", "单位", "时限"), lines)

    def parts_table(self, key: str, least: str = "") -> str:
        """One row a value, in the order of the words (never by how many). ``least``: the dial of how many it takes."""
        i = named(key)
        assert isinstance(i, Tally) and i.words is not None
        floor = rules.dial(least, self.scope.place.code, self.scope.last, default=1) if least else 1
        found = Counter(dict(i.records(self.scope).order_by().values_list(i.cut).annotate(Count("pk"))))
        counts = {str(getattr(value, "hex", value)): n for value, n in found.items() if n >= floor}
        rows = [(title, f"{marked(f'{key}#{value}', self.said(i.computed(Decimal(counts[value]), counts[value])))}{i.unit}")
                for value, title in i.words().items() if value in counts]  # fmt: skip
        return self._table((116, 40), (i.title, "件数"), rows) or f"报告期内没有达到 {floor} 件的。"

    def _table(self, widths: tuple[float, ...], heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
        """Keep a table for the sheet; the text has a line that stands for it."""
        if not rows:
            return ""
        head = (9.0, tuple(Cell(text, label=True, size=SMALL) for text in heads))
        made = [(8.0, tuple(Cell(text, size=SMALL) for text in row)) for row in rows]
        self._tables.append(Form(widths, (head, *made)))
        return f"\n{TABLE}{len(self._tables) - 1}\n"

    # what becomes of it

    @cached_property
    def text(self) -> str:
        """The template's words, with marks. Raises :class:`.language.UnknownFigure`."""
        place = self.scope.place
        source = (TEMPLATES / f"{self.kind}.txt").read_text(encoding="utf-8")
        told = {
            "place": place.name,
            "level": codes.level_of(place.code),
            "days": self.days,
            "today": day_words(clock.today()),
        }
        return language.engine(self).from_string(source).render(Context(told))

    @cached_property
    def marked_sheet(self) -> Sheet:
        """The sheet with the marks of its numbers still in it, for the page."""
        page = Written().add(Title(self.title), Line(self.scope.place.name, self.days, "black"))
        for line in paragraphs(self.text):
            page.add(self._tables[int(line[1:])] if line.startswith(TABLE) else numbered(line))
        return page.sheet(self.title, draft=False)

    @property
    def sheet(self) -> Sheet:
        """The sheet as it is printed."""
        return replace(
            self.marked_sheet, blocks=tuple(_unmarked(block) for block in self.marked_sheet.blocks)
        )

    def docx(self) -> bytes:
        return word.draw(self.sheet)

    def pdf(self) -> bytes:
        """Raises ``NoFont``."""
        return pdf.draw(self.sheet)


def _unmarked(block: Any) -> Any:
    if isinstance(block, Para):
        return replace(block, text=plain(block.text), head=plain(block.head))
    if isinstance(block, Form):
        rows = tuple((h, tuple(replace(c, text=plain(c.text)) for c in cells)) for h, cells in block.rows)
        return replace(block, rows=rows)
    return block


def below(scope: Scope) -> codes.Level | None:
    """The level right below the place's."""
    at = codes.LEVELS.index(codes.level_of(scope.place.code))
    return codes.LEVELS[at + 1] if at + 1 < len(codes.LEVELS) else None


def before(scope: Scope) -> Scope:
    """As many days right before."""
    length = scope.last - scope.first
    first = scope.first - length - timedelta(days=1)
    return replace(scope, first=first, last=first + length)
