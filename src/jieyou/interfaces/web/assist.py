"""研判助手 beside a case: what is proposed and why, what a clerk's eye should find first. A person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jieyou.commons.reports.models import Category, Report
from jieyou.commons.triage import reading, routes, signs, similar
from jieyou.commons.triage.models import Suggestion
from jieyou.commons.triage.routing import Rule
from jieyou.commons.triage.similar import Similar
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor

#: Stages and steps where it is of use.
STAGES = frozenset({"clue", "assess"})
STEPS = frozenset({"register", "judge", "join", "direct", "urgent", "to_consult"})


@dataclass(frozen=True)
class Assist:
    """Everything proposed for one message. ``category``: a code ("" : 请人工判断); ``percent``: how sure, 0–100."""

    report: Report
    pieces: list[reading.Piece]
    signs: signs.Signs
    routed: routes.Routed
    category: str = ""
    title: str = ""
    percent: int = 0
    reasons: Sequence[str] = ()
    similar: Sequence[Similar] = ()

    @property
    def sure(self) -> bool:
        return bool(self.category)


def of_case(case: Case, reports: Sequence[Report], actor: Actor) -> Assist | None:
    """For the first report of an unsealed case that is being judged; ``None`` elsewhere."""
    if case.loop != "jieyou" or case.stage not in STAGES or case.sealed or not reports:
        return None
    found = of_report(reports[0], Suggestion.objects.filter(report=reports[0]).first())
    return replace(found, similar=similar.like(case, actor))


def of_report(report: Report, kept: Suggestion | None, rules: list[Rule] | None = None) -> Assist:
    """What is proposed for one report. A category that came with it stands where nothing was suggested."""
    heard = signs.signs(f"{report.title}\n{report.words}")
    lead = len(report.title) + 1
    inside = tuple((start - lead, end - lead) for start, end in heard.spans if start >= lead)
    code = (
        kept.category if kept and not kept.ask_person and not heard.harm else ""
    )  # harm is for a person at once
    routed = routed_by(report, code or report.category, rules)
    title = Category.objects.filter(code=code).values_list("title", flat=True).first() if code else ""
    return Assist(
        report, reading.pieces(report.words, inside), heard, routed, code, title or "",
        round(kept.confidence * 100) if kept else 0, kept.reasons if kept else (),
    )  # fmt: skip


def routed_by(report: Report, category: str, rules: list[Rule] | None = None) -> routes.Routed:
    """Whom a message goes to when it is filed under ``category``."""
    return routes.propose(f"{report.title}\n{report.words}", category, report.place, rules)
