"""Steps that a case skipped because it was put where it stands (补录, 核定环节). Pure."""

from __future__ import annotations

from jieyou.kernel.loop.declare import Loop, Transition

BACKFILL = "backfill"


def skipped(loop: type[Loop], made: str, target: str) -> frozenset[str]:
    """The steps for which whoever made ``made`` stands as well: those of the stages before ``target``, all of them where
    that has ended. Empty for an ordinary step."""
    stage = loop.stages.get(target)
    if stage is None or not (made == BACKFILL or places(loop.transitions.get(made))):
        return frozenset()
    return frozenset(
        t.name
        for t in loop.transitions.values()
        if stage.ended or any(0 < source.number < stage.number for source in t.sources)
    )


def places(t: Transition | None) -> bool:
    """Does the step put the case at a stage of the actor's choice?"""
    return t is not None and any(ask.becomes == "stage" for ask in t.asks)
