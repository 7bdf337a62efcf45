"""发文字号: gapless per unit, prefix and year; taken inside the step that issues, so that a failed one gives it back."""

from __future__ import annotations

from datetime import date

from jieyou.commons.papers import rules
from jieyou.commons.papers.models import Paper
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop import series
from jieyou.kernel.people.models import Unit


def take(paper: Paper) -> None:
    """Give the paper its number: the one that its case carries, else the next of the series, else none."""
    carried = paper.declared.carried
    if carried is not None and carried(paper.case):
        paper.number = carried(paper.case)
        return
    rule = rules.rule_for(paper.kind, paper.unit)
    if not rule.form:
        return
    year, prefix = watch.local(paper.issued_at or watch.now()).year, prefix_of(rule.prefix, paper.unit)
    paper.series = f"paper:{paper.unit_id.hex[-12:]}:{year}:{prefix or paper.kind}"[:60]
    paper.seq = series.take(paper.series)
    paper.number = (
        f"{prefix}〔{year}〕{paper.seq}号" if rule.form == "no" else f"{prefix}〔{year}〕第{paper.seq}期"
    )


def prefix_of(words: str, unit: Unit) -> str:
    """``{简称}交`` → ``宝塔区社工交``."""
    short = unit.short.replace("委社会工作部", "社工").replace("社会工作部", "社工")
    return words.replace("{简称}", short)


def day_words(day: date) -> str:
    """成文日期: ``2025年11月21日``."""
    return f"{day.year}年{day.month}月{day.day}日"
