"""The language of report templates: Django's own, with figures as filters and tables as tags.

``{{ "jieyou.received"|figure }}`` prints a number · ``|before`` the one of the period before · ``|change`` 增加12.3% ·
``|unit`` · ``|title`` · ``{% figures "key" "key" %}`` a table of numbers · ``{% places "key" "key" %}`` one row a place ·
``{% article %}`` the article's figures · ``{% overdue 10 %}`` what is longest overdue · ``{% parts "key" "dial" %}`` one row for
each value that the records of a number are told apart by, from as many records on as the dial says.

A number is printed between marks that carry its key, so that the page can link it; Word and PDF drop them. A template can
neither load, include nor read anything else.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Protocol

from django.template import Engine, Library

from jieyou.kernel.indicator.declare import Computed, Indicator
from jieyou.kernel.indicator.declared import indicator

#: Before a number (its key follows), between key and number, after it; a line that stands for a table.
OPEN, MIDDLE, CLOSE, TABLE = "\ue000", "\ue001", "\ue002", "\ue003"
MARKED = re.compile(f"{OPEN}([^{MIDDLE}]*){MIDDLE}([^{CLOSE}]*){CLOSE}")


class UnknownFigure(ValueError):
    """A template names a figure that there is not; ``sentence`` says so."""

    def __init__(self, key: str) -> None:
        self.sentence = f"没有名为“{key}”的指标，可用的见 jieyou indicators"
        super().__init__(self.sentence)


class Speaks(Protocol):
    """What a report answers to its template."""

    def number(self, key: str) -> Computed: ...
    def number_before(self, key: str) -> Computed: ...
    def said(self, number: Computed) -> str: ...
    def figures_table(self, *keys: str) -> str: ...
    def places_table(self, *keys: str) -> str: ...
    def article_table(self) -> str: ...
    def overdue_table(self, most: int = 10) -> str: ...
    def parts_table(self, key: str, least: str = "") -> str: ...


def engine(report: Speaks) -> Engine:
    """The language, spoken for one report."""
    words = Library()
    words.filter("figure", lambda key: marked(key, report.said(report.number(key))))
    words.filter("before", lambda key: report.said(report.number_before(key)))
    words.filter("change", lambda key: change(report.number(key), report.number_before(key)))
    words.filter("unit", lambda key: named(key).unit)
    words.filter("title", lambda key: named(key).title)
    words.simple_tag(
        lambda *keys: report.figures_table(*keys), name="figures"
    )  # a bound method loses its self there
    words.simple_tag(lambda *keys: report.places_table(*keys), name="places")
    words.simple_tag(lambda: report.article_table(), name="article")
    words.simple_tag(lambda most=10: report.overdue_table(most), name="overdue")
    words.simple_tag(lambda key, least="": report.parts_table(key, least), name="parts")
    made = Engine(autoescape=False)
    made.template_builtins.append(words)
    return made


def named(key: str) -> Indicator:
    """The indicator that a template means. Raises :class:`UnknownFigure`."""
    found = indicator(key)
    if found is None:
        raise UnknownFigure(key)
    return found


def marked(key: str, printed: str) -> str:
    """A number with the marks that make it a link on the page; ``key@code``: at another place, ``key#part``: a part of it."""
    return f"{OPEN}{key}{MIDDLE}{printed}{CLOSE}"


def plain(text: str) -> str:
    """The text without marks."""
    return MARKED.sub(r"\2", text)


def change(now: Computed, before: Computed) -> str:
    """增加12.3% · 减少8.0% · 持平; of percentages in points; of nothing before in units."""
    if not now.value or not before.value:
        return "上期没有可比的数"
    a, b = Decimal(now.value), Decimal(before.value)
    if a == b:
        return "与上期持平"
    if now.over is not None:
        return f"比上期{'提高' if a > b else '下降'}{abs(a - b).normalize():f}个百分点"
    word = "增加" if a > b else "减少"
    if not b:
        return f"比上期{word}{abs(a - b).normalize():f}"
    return f"比上期{word}{(abs(a - b) * 100 / b).quantize(Decimal('0.1'))}%"
