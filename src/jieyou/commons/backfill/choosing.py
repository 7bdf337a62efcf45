"""What the values of a ledger can be mapped to: read off the loop's declaration, and the words by which they are guessed."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from django.apps import apps
from django.conf import settings

from jieyou.commons.backfill import guessing
from jieyou.commons.backfill.mapping import BY_END
from jieyou.commons.meetings.models import OUTCOMES
from jieyou.commons.reports.models import SOURCES
from jieyou.kernel.loop import options, registry
from jieyou.kernel.loop.declare import Ask, Loop, Stage

#: Outcome of a blank cell beside a decision that was told: what the decision's own words say, else 议定.
BY_DECISION = "by_decision"


class Choosing:
    """The choices of each value field for the loop in which residents' concerns run."""

    def __init__(self) -> None:
        self.loop: type[Loop] = registry.loop(settings.INTAKE_LOOP)

    def of(self, key: str) -> list[tuple[str, str]]:
        """``(value, words)`` pairs of a field."""
        if key == "stage":
            return [(s.name, s.title) for s in self.stages]
        if key == "source":
            return list(SOURCES)
        if key == "outcome":
            return list(OUTCOMES)
        ask = self._asks.get(key)
        return options.of(ask) if ask else []

    def blank(self, key: str) -> list[tuple[str, str]]:
        """What a blank cell may be taken for, beside the choices."""
        if key == "stage":
            return [(BY_END, "有办结时间的算已办结")]
        return [(BY_DECISION, "写了会议决定的算议定")] if key == "outcome" else []

    @cached_property
    def stages(self) -> list[Stage]:
        """Stages in which a told case may stand: not those that only the software or another case leads to."""
        return [
            s for s in self.loop.stages.values() if not s.retired and s.name != self.unknown and self._told(s)
        ]

    def _told(self, stage: Stage) -> bool:
        into = [t for t in self.loop.transitions.values() if t.target is stage]
        by_hand = [t for t in into if any(w.kind != "system" for w in t.who)]
        return bool(stage.number) or any(not any(a.kind == "case" for a in t.asks) for t in by_hand)

    @property
    def unknown(self) -> str:
        """The stage of a case whose own stage nobody knows."""
        return getattr(self.loop, "filled_at", "") or self.loop.first().name

    @property
    def finished(self) -> str:
        """Where a case ends that went the whole way: the first ended stage that follows the last numbered one."""
        last = self.loop.ribbon()[-1]
        ends = (t.target for t in self.loop.leaving(last.name) if t.target and t.target.ended)
        return next((s.name for s in ends), "")

    @cached_property
    def words(self) -> dict[str, list[tuple[str, guessing.re.Pattern[str]]]]:
        """The mechanism's own list of words, beside its other data."""
        app = apps.get_app_config(self.loop.facts.split(".")[0])
        path = Path(app.path) / "data/ledger_words.csv"
        return guessing.words_in(path) if path.exists() else {}

    @cached_property
    def _asks(self) -> dict[str, Ask]:
        return {ask.name: ask for t in self.loop.transitions.values() for ask in reversed(t.asks)}

    def guess(self, key: str, told: str) -> str:
        """The value that these words most likely mean, or ""."""
        return guessing.value(told, self.of(key), self.words.get(key, []))
