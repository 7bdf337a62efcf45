"""What the desk assistant asks of a step. Pure."""

from __future__ import annotations

from jieyou.commons.triage.replies import judge
from jieyou.kernel.loop.declare import Guard, Situation


def _says_something(s: Situation) -> str | None:
    reply = s.data.get("reply") or getattr(s.facts, "reply", "")
    if not reply or reply == "…":
        return (
            None  # the ask itself says what is missing; “…” stands for an answer still to come (permit.hoped)
        )
    verdict = judge(reply)
    return None if verdict.accept else verdict.why


reply_says_something = Guard("reply_says_something", _says_something, "答复有实际内容")
