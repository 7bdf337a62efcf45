"""What can be done with a case now, by this actor, and why not."""

from __future__ import annotations

from dataclasses import dataclass

from jieyou.interfaces.web import waiting
from jieyou.kernel.loop import permit
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.permit import Door
from jieyou.kernel.people.actor import Actor


@dataclass(frozen=True)
class Doors:
    """The one next step, the other open ones, and the shut ones with their reasons."""

    main: Door | None
    others: list[Door]
    shut: list[Door]

    @property
    def none(self) -> bool:
        return not (self.main or self.others or self.shut)

    def without(self, name: str) -> Doors:
        """The same but for one step, whose form stands on the page itself."""
        main = None if self.main and self.main.transition.name == name else self.main
        return Doors(main, [d for d in self.others if d.transition.name != name], self.shut)


def doors(case: Case, actor: Actor) -> Doors:
    """All doors that this actor's posts have to do with."""
    found = permit.open_to(case, actor)
    main = waiting.primary(case, found)
    others = [d for d in found if d.reason is None and d is not main]
    return Doors(main, others, [d for d in found if d.reason is not None])
