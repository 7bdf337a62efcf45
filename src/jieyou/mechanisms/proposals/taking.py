"""The one door by which a resident's proposal comes in: the reports' own (masking, sealing, query number, once only)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jieyou.commons.reports import intake
from jieyou.commons.reports.intake import Receipt, Told
from jieyou.commons.reports.words import first_words
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.mechanisms.proposals import topics
from jieyou.mechanisms.proposals.offices import office_for

LONGEST = 1500
OVER = "这个议题已经截止，请选“日常建议”或别的议题"
_PARTS = (("problem", "问题", 5), ("suggestion", "建议", 10), ("benefit", "预期效益", 0))


@dataclass(frozen=True)
class Said:
    """What a resident proposes. ``topic``: the number of an open topic; blank is an everyday proposal. ``original``: 原创声明;
    ``named``: his name may be made public if it is rewarded."""

    problem: str
    suggestion: str
    benefit: str = ""
    topic: str = ""
    original: bool = False
    named: bool = False

    def wrongs(self) -> dict[str, str]:
        """A sentence per part that is not right."""
        found: dict[str, str] = {}
        for name, title, least in _PARTS:
            length = len(getattr(self, name).strip())
            if length < least:
                found[name] = f"请写{title}，至少 {least} 个字"
            elif length > LONGEST:
                found[name] = f"{title}最多写 {LONGEST} 个字，现在 {length} 个字"
        return found

    def words(self) -> str:
        """As one text, for the report."""
        parts = [(title, getattr(self, name).strip()) for name, title, _ in _PARTS]
        return "\n".join(f"{title}：{text}" for title, text in parts if text)


def take(told: Told, said: Said, actor: Actor) -> Receipt:
    """One proposal; ``told.words`` is made here. Raises :class:`Refused` with a sentence per field."""
    wrongs = said.wrongs() | intake.problems("足够长的字", told.phone)
    topic = _topic(said.topic)
    if wrongs:
        raise Refused("；".join(wrongs.values()), errors=wrongs)
    home = topic.home if topic and not told.accused else office_for(told.place, told.accused)
    facts = {"topic": topic, "original": said.original, "named": said.named}
    here = replace(told, words=said.words(), title=first_words(said.suggestion), loop="proposal", home=home, facts=facts,
                   source="suggestion", must_answer=False)  # fmt: skip
    return intake.submit(here, actor)


def _topic(number: str) -> Case | None:
    """The open topic; the city's topic keeps what comes in from its counties."""
    if not number:
        return None
    found = topics.soliciting().filter(case__number=number).first()
    if found is None:
        raise Refused(OVER, errors={"topic": OVER})
    return found.case
