"""A loop is one class; the class body is the regulation. Pure: imports no Django.

Words (BPM and GB/T 33358 usage): a *Loop* has *Stages*; a *Transition* moves a case from stage to stage; an *Ask* is one
thing that the actor must fill in; a *Guard* is a condition that answers with a sentence when it is not met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal, TypeAlias

from jieyou.kernel.loop.moment import Situation

AskKind: TypeAlias = Literal[
    "line", "words", "choice", "yes", "day", "due", "number", "unit", "units", "case", "evidence", "rows"
]
WhoKind: TypeAlias = Literal["home", "holder", "co", "guest", "system"]


@dataclass(frozen=True)
class Guard:
    """``judge(situation)`` answers ``None`` (met) or the sentence that says what is missing."""

    name: str
    judge: Callable[[Situation], str | None]
    title: str = ""


@dataclass(frozen=True)
class Ask:
    """One answer that a transition asks for.

    ``keep``: the answer is written to the facts row's field of the same name, where there is one.
    ``becomes``: the unit chosen is its ``holder``, the choice its ``stage``. ``grants``: the chosen units may read the case from now on.
    ``clock``: an answer of kind ``due`` sets this clock (a fixed date, or a number of working days), one of kind ``day``
    begins it on that day (受理之日、收到答复之日).
    ``rows``: the columns of a small table (kind ``rows``). ``choices``: (stored value, words) pairs;
    ``choices_from``: a list kept as rows (:func:`.options.provide`). ``at_least``, ``at_most``: characters, or the number itself.
    """

    name: str
    label: str
    kind: AskKind = "line"
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    choices_from: str = ""
    help: str = ""
    keep: bool = True
    becomes: Literal["", "holder", "stage"] = ""
    grants: str = ""
    clock: str = ""
    rows: tuple[Ask, ...] = ()
    at_least: int = 0
    at_most: int = 10_000_000
    unit_kinds: tuple[str, ...] = ()

    def optional(self) -> Ask:
        """The same ask, left blank if one likes."""
        return replace(self, required=False)


@dataclass(frozen=True)
class Who:
    """Who may: holders of ``roles`` in the case's home, its holder or its co-units; the reporter; the software itself."""

    kind: WhoKind
    roles: tuple[str, ...] = ()

    def __or__(self, other: Who) -> Anyone:
        return Anyone((self, other))

    @property
    def title(self) -> str:
        where = {"home": "主办", "holder": "承办单位", "co": "配合单位", "guest": "反映人", "system": "系统"}[
            self.kind
        ]
        return f"{where}{'、'.join(self.roles)}"


@dataclass(frozen=True)
class Anyone:
    """Any one of several ``Who``."""

    who: tuple[Who, ...]

    def __or__(self, other: Who) -> Anyone:
        return Anyone((*self.who, other))

    @property
    def title(self) -> str:
        return " 或 ".join(w.title for w in self.who)


def home(*roles: str) -> Who:
    """Holders of one of the roles in the unit that runs the loop."""
    return Who("home", roles)


def holder(*roles: str) -> Who:
    """Holders of one of the roles in the unit that has the case in hand."""
    return Who("holder", roles)


def co(*roles: str) -> Who:
    """Holders of one of the roles in a co-unit."""
    return Who("co", roles)


def guest() -> Who:
    """The resident whose report the case is, by the query secret."""
    return Who("guest")


def system() -> Who:
    """The software: timed transitions and consequences of children."""
    return Who("system")


@dataclass(eq=False)
class Stage:
    """One stage (环节). ``clock`` starts on entering and stops on leaving; ``ended`` stages close the case.

    ``waits``: on whose desk the case lies while it is here (现在等谁); of several the first whose unit there is.
    """

    title: str
    number: int = 0
    clock: str = ""
    waits: Who | Anyone | None = None
    ended: bool = False
    retired: bool = False
    name: str = ""

    def __rshift__(self, target: Stage) -> Move:
        return Move((self,), target)

    def __or__(self, other: Stage) -> Stages:
        return Stages((self, other))


@dataclass(frozen=True)
class Stages:
    """Several stages from which one transition leaves."""

    stages: tuple[Stage, ...]

    def __or__(self, other: Stage) -> Stages:
        return Stages((*self.stages, other))

    def __rshift__(self, target: Stage) -> Move:
        return Move(self.stages, target)


@dataclass(frozen=True)
class Move:
    """From which stages to which; ``target=None`` stays where it is."""

    sources: tuple[Stage, ...]
    target: Stage | None


def within(*stages: Stage) -> Move:
    """A transition that leaves the stage as it is (a note, an urging, an opinion)."""
    return Move(stages, None)


@dataclass(eq=False)
class Transition:
    """One thing somebody may do (动作).

    ``needs`` guards · ``only``: not even shown where it is not met · ``unless`` separations
    · ``at_most`` per case (a number, or a Dial's code) · ``tells`` who gets a
    Delivery (``holder``, ``home``, ``co``, ``children``, ``reporter``) · ``starts/stops/pauses/resumes/extends`` clock codes
    · ``anew`` clock codes whose time begins again because it is another office's own by law (a matter sent to a second unit)
    · ``after`` a clock code: made by ``tick`` when that clock has run out · ``when`` a guard: made by the software as soon
    as a child's step makes it true · ``begets`` loop code of the children that the ``rows`` answer makes · ``returns`` name
    of the transition that the child's end makes in the parent · ``gate`` a judgement asked before (by name) · ``does`` the
    mechanism's own effect, inside the transaction · ``main`` the one primary step of its stage
    · ``then`` on whose desk the case lies afterwards, where that is not the stage's own ``waits``
    · ``aside`` never the step that a page puts first (急办 is there, and is not what one usually does)
    · ``drafts`` kinds of papers that the step drafts (commons/papers makes them when it hears of the step).
    """

    move: Move
    title: str
    by: Who | Anyone = field(default_factory=system)
    then: Who | None = None
    asks: tuple[Ask, ...] = ()
    needs: tuple[Guard, ...] = ()
    unless: tuple[Guard, ...] = ()
    only: Guard | None = None
    at_most: int | str | None = None
    tells: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    anew: tuple[str, ...] = ()
    after: str = ""
    when: Guard | None = None
    begets: str = ""
    returns: str = ""
    gate: str = ""
    outcome: str = ""
    drafts: tuple[str, ...] = ()
    aside: bool = False
    does: Callable[..., None] | None = None
    main: bool = False
    help: str = ""
    name: str = ""

    @property
    def sources(self) -> tuple[Stage, ...]:
        return self.move.sources

    @property
    def target(self) -> Stage | None:
        return self.move.target

    @property
    def who(self) -> tuple[Who, ...]:
        return self.by.who if isinstance(self.by, Anyone) else (self.by,)


class Loop:
    """Base of all loops. A subclass's body names its stages and transitions; nothing is ever instantiated.

    ``code`` identifies the loop in the database; ``facts`` names the model of its own facts row (``app.Model``) or is empty.
    ``opened_by``: who may open a case by hand (then pages and API offer it), ``asks``: what is asked beside title and place.
    ``own_number``: a case that hangs on another still gets a number of its own office's series, not the other's with a suffix.
    """

    code: ClassVar[str] = ""
    title: ClassVar[str] = ""
    edition: ClassVar[int] = 1
    facts: ClassVar[str] = ""
    noun: ClassVar[str] = "事项"
    opens: ClassVar[str] = "登记"
    basis: ClassVar[str] = ""
    opened_by: ClassVar[Who | None] = None
    own_number: ClassVar[bool] = False
    asks: ClassVar[tuple[Ask, ...]] = ()
    stages: ClassVar[dict[str, Stage]] = {}
    transitions: ClassVar[dict[str, Transition]] = {}

    def __init_subclass__(cls, *, code: str, title: str, **words: Any) -> None:
        super().__init_subclass__()
        cls.code, cls.title = code, title
        for key, value in words.items():
            setattr(cls, key, value)
        cls.stages = dict(_named(cls, Stage))
        cls.transitions = dict(_named(cls, Transition))

    @classmethod
    def first(cls) -> Stage:
        """The stage in which a case begins."""
        return next(iter(cls.stages.values()))

    @classmethod
    def leaving(cls, stage: str) -> list[Transition]:
        """All transitions that may start in a stage, in the order in which they are written."""
        return [t for t in cls.transitions.values() if any(s.name == stage for s in t.sources)]

    @classmethod
    def ribbon(cls) -> list[Stage]:
        """The numbered stages, in order: what the page shows as a ribbon."""
        return sorted((s for s in cls.stages.values() if s.number), key=lambda s: s.number)

    @classmethod
    def clocks(cls) -> set[str]:
        """Every clock code the declaration speaks of."""
        codes = {s.clock for s in cls.stages.values()}
        for t in cls.transitions.values():
            codes |= {t.after, *t.starts, *t.stops, *t.pauses, *t.resumes, *t.extends, *t.anew}
            codes |= {a.clock for a in t.asks}
        return codes - {""}


def _named(cls: type[Loop], kind: type[Any]) -> Iterable[tuple[str, Any]]:
    for name, value in vars(cls).items():
        if isinstance(value, kind):
            if hasattr(Loop, name):
                raise TypeError(
                    f"{cls.__name__}.{name}: the word means something in every loop, choose another"
                )
            value.name = name
            yield name, value
