"""Guards that any loop may use. Pure: each answers ``None`` or a sentence."""

from __future__ import annotations

from jieyou.kernel.loop.declare import Guard, Situation


def _children_ended(s: Situation) -> str | None:
    count = s.open_children()
    return f"还有 {count} 件下级任务没有办结" if count else None


def _evidence(s: Situation) -> str | None:
    return None if s.evidence() or s.data.get("evidence") else "请附上办理依据（照片或材料）"


children_ended = Guard("children_ended", _children_ended, "下级任务全部办结")
evidence = Guard("evidence", _evidence, "附有办理依据")


def signed(kind: str, title: str, of: str = "") -> Guard:
    """A paper of this kind has been signed: on this case, or on the case that the fact ``of`` points at."""

    def judge(s: Situation) -> str | None:
        return None if s.signed(kind, of) else f"{title}还没有签发"

    return Guard(f"signed:{kind}", judge, f"{title}已签发")


def same_person(*transitions: str, words: str = "") -> Guard:
    """Separation of duties: true (a sentence) when this person has already made one of these steps, here or in a child."""

    def judge(s: Situation) -> str | None:
        return (words or "经办的人不能自己审核") if s.person in s.did(*transitions) else None

    return Guard(f"same_person:{','.join(transitions)}", judge, words or "须由另一人办理")


def done(transition: str, sentence: str) -> Guard:
    """A step that must have been made before."""

    def judge(s: Situation) -> str | None:
        return None if s.times(transition) else sentence

    return Guard(f"done:{transition}", judge, sentence)


def fact(name: str, sentence: str) -> Guard:
    """A fact that must be there, already on record or among the answers."""

    def judge(s: Situation) -> str | None:
        return None if s.data.get(name) or getattr(s.facts, name, None) else sentence

    return Guard(f"fact:{name}", judge, sentence)


def no_child_in(loop: str, *stages: str, title: str = "", beside: tuple[str, ...] = ()) -> Guard:
    """There are children of this loop, and none of them waits in these stages. ``beside``: stages that do not count."""

    def judge(s: Situation) -> str | None:
        if s.children(loop) <= s.children_in(loop, *beside):
            return "还没有交办任务"
        count = s.children_in(loop, *stages)
        return f"还有 {count} 件没有{title}" if count else None

    return Guard(f"no_child_in:{loop}", judge, f"全部{title}")
