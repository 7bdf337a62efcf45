"""Judgements of a mediation: functions of a situation. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from jieyou.kernel.loop.declare import Guard, Situation

SIDE_NAMES = dict(
    zip("abcdef", ("当事人甲", "当事人乙", "当事人丙", "当事人丁", "当事人戊", "当事人己"), strict=True)
)
NO_SIDE = "请先登记双方当事人"


def side_of(s: Situation) -> str:
    """Which side acts: the party behind the query number, or the one that a clerk chose; ``""`` for none."""
    for letter, side in s.facts.sides.items():
        if s.person == f"guest:{side.get('party', '')}":
            return letter
    return str(s.data.get("side") or "")


def waiting(sides: dict[str, Any], what: str) -> list[str]:
    """The sides that have not done a thing yet."""
    return [SIDE_NAMES[letter] for letter in sorted(sides) if not sides[letter].get(what)]


def _all(what: str, sentence: str) -> Any:
    def judge(s: Situation) -> str | None:
        if len(s.facts.sides) < 2:
            return NO_SIDE
        late = waiting(s.facts.sides, what)
        return f"{'、'.join(late)}{sentence}" if late else None

    return judge


def _nobody_refuses(s: Situation) -> str | None:
    said = [SIDE_NAMES[x] for x, side in sorted(s.facts.sides.items()) if side.get("refused")]
    return f"{'、'.join(said)}已明确拒绝调解，不得再调解，请按“终止调解”办理" if said else None


def _known_side(s: Situation) -> str | None:
    letter = side_of(s)
    if not letter:
        return None if not s.person.startswith("guest:") else "请用自己的查询编号办理"
    return None if letter in s.facts.sides else f"没有登记{SIDE_NAMES[letter]}"


def _one_person(s: Situation) -> str | None:
    given = [bool(s.data.get("pick")), bool(s.data.get("outside"))] if "pick" in s.data else [True]
    return None if sum(given) == 1 else "请选菜单里的一个人，或者写菜单外的一个人，只能一个"


def _other_side(s: Situation) -> str | None:
    wanted, own = s.data.get("with_side"), side_of(s)
    if not wanted:
        return None
    if wanted == own:
        return "请选对方提的人；自己提的不用再同意"
    named = s.facts.sides.get(wanted, {}).get("choice")
    return None if named else f"{SIDE_NAMES[str(wanted)]}还没有提人"


def _chosen(s: Situation) -> str | None:
    return None if s.facts.choice else "双方还没有共同选定人；商量不成的，由委员会指定"


def _yes(name: str, sentence: str) -> Any:
    def judge(s: Situation) -> str | None:
        return sentence if s.data.get(name) is False else None

    return judge


def _not_signed(s: Situation) -> str | None:
    letter = side_of(s)
    return "这一方已经签过名" if s.facts.sides.get(letter, {}).get("signed") else None


def _complete(s: Situation) -> str | None:
    late = waiting(s.facts.sides, "signed")
    if late:
        return f"还差{'、'.join(late)}签名"
    if not s.facts.mediator_signed:
        return "还差调解员签名"
    return None if s.facts.sealed_on else "还差调解委员会盖章"


def _identity(s: Situation) -> str | None:
    return None if s.facts.identity else "请先核对当事人身份"


def _once(fact: str, sentence: str) -> Any:
    def judge(s: Situation) -> str | None:
        return sentence if getattr(s.facts, fact) else None

    return judge


def _written(s: Situation) -> str | None:
    return None if s.facts.form == "written" else "口头协议不申请司法确认；需要的，先补签书面协议"


def _not_applied(s: Situation) -> str | None:
    return "已经申请过司法确认" if s.facts.applied_on else None


def window(effective: date, applied: date, last: date) -> str | None:
    """Thirty days from the day on which the agreement takes effect; ``last``: that day as the calendar has it."""
    if applied < effective:
        return f"协议 {effective:%Y-%m-%d} 才生效，申请日期不能早于这一天"
    return f"共同申请司法确认的期限到 {last:%Y-%m-%d}，已经超过" if applied > last else None


def _visited(s: Situation) -> str | None:
    return None if s.facts.performed else "请先登记履行情况"


known_side = Guard("known_side", _known_side, "是已登记的当事人")
consented = Guard("consented", _all("consent", "还没有同意调解"), "各方都同意调解，并已告知权利义务")
nobody_refuses = Guard("nobody_refuses", _nobody_refuses, "没有当事人拒绝")
one_person = Guard("one_person", _one_person, "菜单内或菜单外选一个人")
other_side = Guard("other_side", _other_side, "同意的是对方提的人")
chosen = Guard("chosen", _chosen, "已选定调解的人")
told = Guard("told", _yes("told", "请先阅读权利义务告知书并勾选同意"), "已告知权利义务")
checked = Guard("checked", _yes("checked", "请核对身份后勾选"), "身份已核对")
sign_yes = Guard("sign_yes", _yes("sign_yes", "请看完协议全文并勾选自愿签署"), "本人自愿签署")
joint = Guard("joint", _yes("joint", "司法确认须由双方共同申请"), "双方共同申请")
not_signed = Guard("not_signed", _not_signed, "这一方还没有签")
complete = Guard("complete", _complete, "各方签名、调解员签名、委员会盖章齐全")
identity = Guard("identity", _identity, "当事人身份已核对")
not_yet_mine = Guard("not_yet_mine", _once("mediator_signed", "调解员已经签过名"), "调解员还没有签")
not_yet_sealed = Guard("not_yet_sealed", _once("sealed_on", "已经盖章"), "还没有盖章")
written = Guard("written", _written, "是书面协议")
not_applied = Guard("not_applied", _not_applied, "还没有申请")
performed = Guard("performed", _visited, "已登记履行情况")
