"""Which step comes next, and who is waited for (现在等谁). Read off the declaration."""

from __future__ import annotations

from dataclasses import dataclass, field

from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.loop import permit
from jieyou.kernel.loop.declare import Loop, Transition, Who
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.permit import Door
from jieyou.kernel.loop.situation import Now, known, read_all
from jieyou.kernel.people import posts
from jieyou.kernel.people.posts import SYSTEM

#: Stages in which several posts may make the step and it is one's turn: his on whose desk the case lies.
IN_TURN = {("approval", "waiting"): "签批"}
#: How many open tasks are asked whom they wait for.
TASKS = 5


@dataclass(frozen=True)
class Waiting:
    """The step that the case waits for, the people who could make it, or what is still missing."""

    step: str = ""
    people: list[str] = field(default_factory=list)
    missing: str = ""

    @property
    def words(self) -> str:
        """One line: who, for what."""
        if self.people:
            return f"{'；'.join(self.people)}（{self.step}）"
        return self.missing


def waiting(case: Case) -> Waiting:
    """Whom the case waits for now; empty when it has ended."""
    if not case.open:
        return Waiting()
    if (step := IN_TURN.get((case.loop, case.stage))) and case.desk is not None:
        return Waiting(step, [_on_desk(case)])
    made = made_here(case)
    steps = [t for t in ahead(case.declared, case.stage, made) if not _guests(t)]
    reasons: list[str] = []
    for t in steps:
        now = Now(case, SYSTEM, permit.hoped(t))
        if t.only and t.only.judge(now):
            continue
        reason = permit.missing(now, t)
        if reason is None and (people := permit.who_could(case, t)):
            return Waiting(t.title, people)
        reasons += [reason] if reason else []
    return _for_children(case) or _asked(case) or Waiting(missing=reasons[0] if reasons else "")


def _asked(case: Case) -> Waiting | None:
    """Somebody else was asked first (退办、延期): the case lies on another desk than its stage's own."""
    here = case.at_stage.waits
    if case.desk is None or (isinstance(here, Who) and case.desk_role == here.roles[0]):
        return None
    return Waiting("答复", [_on_desk(case)])


def _on_desk(case: Case) -> str:
    """Whoever holds the post on whose desk the case lies, as “单位 岗位 姓名”."""
    assert case.desk is not None
    names = "、".join(a.name for a in posts.holders([case.desk.pk], case.desk_role, watch.today()))
    return f"{case.desk.name} {case.desk_role} {names or '（空缺）'}"


def _guests(t: Transition) -> bool:
    return all(who.kind in ("guest", "system") for who in t.who)


def _for_children(case: Case) -> Waiting | None:
    """An open task of another unit is what the case waits for."""
    found = [waiting(child) for child in _tasks(case)]
    people = [person for one in found for person in one.people]
    return Waiting(found[0].step, list(dict.fromkeys(people))) if people else None


def _tasks(case: Case) -> list[Case]:
    """The open tasks that are due first, with their own records: three queries however many there are."""
    below = known(case).children
    if below is None:
        below = list(Case.objects.filter(parent=case).select_related("home", "holder", "place", "desk"))
    tasks = sorted(
        (c for c in below if c.open), key=lambda c: (c.due is None, c.due or c.opened_at, c.pk.int)
    )[:TASKS]
    read_all(tasks)
    return tasks


def made_here(case: Case) -> set[str]:
    """Steps made since the case came into its present stage."""
    events = known(case).events
    if events is None:
        events = list(Event.objects.filter(case=case).order_by("seq"))
    came = max((n for n, e in enumerate(events) if e.target == case.stage != e.source), default=0)
    return {event.transition for event in events[came:]}


def ahead(loop: type[Loop], stage: str, made: set[str]) -> list[Transition]:
    """Steps that lead on from a stage, the likeliest first.

    The declared main steps (those that stay in the stage only once), then those that go forward along the ribbon; in its
    last stage every step that leaves it.
    """
    here = loop.stages.get(stage)
    if here is None or here.ended:
        return []
    leaving = [t for t in loop.leaving(stage) if not t.aside]
    mains = [t for t in leaving if t.main and (t.target is not None or t.name not in made)]
    last = here.number == max((s.number for s in loop.ribbon() if not s.ended), default=0)
    onward = [t for t in leaving if t.target is not None and (last or t.target.number > here.number)]
    return list(dict.fromkeys([*mains, *onward]))


def primary(case: Case, doors: list[Door]) -> Door | None:
    """The one button that stands out: the first open door that leads on."""
    open_doors = {door.transition.name: door for door in doors if door.reason is None}
    for t in ahead(case.declared, case.stage, made_here(case)):
        if t.name in open_doors:
            return open_doors[t.name]
    return None
