"""Faults of a declaration, found before anybody meets them: dead ends, stages nobody reaches, clocks and loops unknown."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from jieyou.kernel.loop import answers, drafts, gates, registry
from jieyou.kernel.loop.declare import Loop, Transition
from jieyou.kernel.loop.models import ClockRule
from jieyou.kernel.people.models import Post


def faults_of(loop: type[Loop]) -> list[str]:
    """Faults that the class body alone shows."""
    return [*_dead_ends(loop), *_unreached(loop), *_shapes(loop), *_columns(loop)]


def faults() -> list[str]:
    """All faults of all installed loops, with the rows of this database (clock rules, posts)."""
    found: list[str] = []
    for loop in registry.loops().values():
        found += [f"{loop.title}：{fault}" for fault in (*faults_of(loop), *_rows(loop))]
    return found


def _dead_ends(loop: type[Loop]) -> Iterator[str]:
    """A stage from which no way leads to an ended one: no exit at all, or only round in a circle."""
    out, grew = {s.name for s in loop.stages.values() if s.ended}, True
    while grew:
        more = {s.name for t in loop.transitions.values() if out & _targets(t) for s in t.sources}
        grew = not more <= out
        out |= more
    for stage in loop.stages.values():
        if stage.name not in out and not stage.retired:
            leaves = any(_targets(t) - {stage.name} for t in loop.leaving(stage.name))
            yield f"环节“{stage.title}”{'走不到办结' if leaves else '没有出口'}"


def _unreached(loop: type[Loop]) -> Iterator[str]:
    reached, grew = {loop.first().name, getattr(loop, "filled_at", "")}, True
    while grew:
        more = {name for s in reached for t in loop.leaving(s) for name in _targets(t)}
        grew = not more <= reached
        reached |= more
    for stage in loop.stages.values():
        if stage.name not in reached and not stage.retired:
            yield f"环节“{stage.title}”到不了"


def _targets(t: Transition) -> set[str]:
    """Names of the stages that a step may lead to."""
    chosen = {name for ask in t.asks if ask.becomes == "stage" for name, _ in ask.choices}
    return chosen | ({t.target.name} if t.target else set())


def _shapes(loop: type[Loop]) -> Iterator[str]:
    for t in loop.transitions.values():
        if t.begets and t.begets not in registry.loops():
            yield f"动作“{t.title}”要生成的流程 {t.begets} 没有安装"
        if t.begets and t.does is None and not any(a.kind == "rows" for a in t.asks):
            yield f"动作“{t.title}”生成任务，但没有问任务表"
        if t.extends and not any(a.name == "days" for a in t.asks):
            yield f"动作“{t.title}”延长时限，但没有问天数（days）"
        if t.returns and not any(t.returns in other.transitions for other in registry.loops().values()):
            yield f"动作“{t.title}”要退回的动作 {t.returns} 哪个流程都没有"
        for back in _handed_back(t.begets) - set(loop.transitions):
            yield f"动作“{t.title}”生成的任务会退回动作 {back}，这里没有"
        if t.gate and not gates.known(t.gate):
            yield f"动作“{t.title}”的关口 {t.gate} 没有安装"
        for kind in t.drafts:
            if not drafts.known(kind):
                yield f"动作“{t.title}”要起草的公文 {kind} 没有声明"


def _handed_back(code: str) -> set[str]:
    """Steps that children of this loop make in their parent."""
    child = registry.loops().get(code)
    return {t.returns for t in child.transitions.values() if t.returns} if child else set()


def _columns(loop: type[Loop]) -> Iterator[str]:
    """An answer that may be longer than its column: PostgreSQL would refuse it, SQLite would not."""
    fields = {f.name: f for f in apps.get_model(loop.facts)._meta.concrete_fields} if loop.facts else {}
    for t in loop.transitions.values():
        for ask in t.asks:
            room = getattr(fields.get(ask.name), "max_length", None)
            most = min(answers.LINE if ask.kind == "line" else answers.WORDS, ask.at_most)
            if room and ask.keep and ask.kind in ("line", "words") and most > room:
                yield f"动作“{t.title}”的“{ask.label}”可写 {most} 字，栏里只放得下 {room} 字"


def _rows(loop: type[Loop]) -> Iterator[str]:
    known = set(ClockRule.objects.values_list("code", flat=True))
    given = {a.clock for t in loop.transitions.values() for a in t.asks} | {getattr(loop, "due_clock", "")}
    for code in sorted(loop.clocks() - known - given):
        yield f"时限 {code} 没有规则"
    held = set(Post.objects.filter(until=None).values_list("role", flat=True))
    roles = {role for t in loop.transitions.values() for who in t.who for role in who.roles}
    for role in sorted(roles - held):
        yield f"岗位“{role}”现在没有人"
