"""待签批 → 已签发; or on paper: 补录 by one person, confirmed by another."""

from jieyou.commons.approvals import signing
from jieyou.kernel.loop.declare import Ask, Guard, Loop, Situation, Stage, Transition, home, system, within
from jieyou.kernel.loop.guards import evidence, same_person

OPINION = Ask("opinion", "签批意见", "words", required=False)


def _last_step(s: Situation) -> str | None:
    return None if s.facts.step + 1 >= len(s.facts.roles) else "还有下一位领导要签"


def _more_steps(s: Situation) -> str | None:
    return None if s.facts.step + 1 < len(s.facts.roles) else "这是最后一位签批人，请用“签发”"


def _my_turn(s: Situation) -> str | None:
    role = s.facts.roles[s.facts.step] if s.facts.step < len(s.facts.roles) else ""
    return None if not role or s.holds(role) else f"现在等{role}签批"


def _a_paper(s: Situation) -> str | None:
    return "这是线下签批的动作，核对有误的请作废后重新补录" if s.facts.transition else None


def _a_step(s: Situation) -> str | None:
    return None if s.facts.transition else "不是线下签批的动作"


MY_TURN = Guard("my_turn", _my_turn, "轮到本岗位签批")
SIGNERS = home("经办人", "会务人员", "部领导", "领导")


class ApprovalLoop(
    Loop,
    code="approval",
    title="签批",
    facts="approvals.Approval",
    noun="签批件",
    opens="送签",
    letters="-QP",
):
    """One paper on its way through the signatures."""

    waiting = Stage("待签批", 1, waits=home("部领导"))
    entered = Stage("待核对", 2, waits=home("经办人"))
    signed_ = Stage("已签发", 3, ended=True)
    refused = Stage("未同意", ended=True)
    lapsed = Stage("不再需要", ended=True)

    agree = Transition(
        within(waiting), "同意并转下一位", by=SIGNERS, asks=(OPINION,),
        needs=(Guard("more_steps", _more_steps, "还有下一位签批人"),), only=MY_TURN, does=signing.sign,
    )  # fmt: skip
    sign = Transition(
        waiting >> signed_, "签发", by=SIGNERS, asks=(OPINION,), outcome="signed", tells=("home",), main=True,
        needs=(Guard("last_step", _last_step, "前面各位都已签批"),), only=MY_TURN, does=signing.sign,
    )  # fmt: skip
    enter = Transition(
        waiting >> entered, "线下签批补录", by=home("经办人", "会务人员"), needs=(evidence,), does=signing.enter,
        asks=(
            Ask("signed_by", "签批领导", "line", at_most=60), Ask("signed_on", "签批日期", "day"),
            Ask("evidence", "签批件扫描", "evidence", required=False, keep=False), OPINION,
        ),
        help="领导在纸上签的，把谁签的、哪天签的和扫描件补录进来，再由另一人核对",
    )  # fmt: skip
    confirm = Transition(
        entered >> signed_, "核对无误", by=home("经办人", "会务人员", "部领导"), outcome="signed", tells=("home",), main=True,
        unless=(same_person("enter", words="补录的人不能自己核对"),), does=signing.confirm,
    )  # fmt: skip
    wrong = Transition(
        entered >> waiting,
        "核对有误",
        by=home("经办人", "会务人员", "部领导"),
        asks=(Ask("words", "哪里不对", "words"),), only=Guard("a_paper", _a_paper, "是签批的公文"), does=signing.wrong,
    )  # fmt: skip
    void = Transition(
        entered >> refused, "作废", by=home("经办人", "会务人员", "部领导"), asks=(Ask("words", "原因", "words"),), outcome="void",
        only=Guard("a_step", _a_step, "是线下签批的动作"), tells=("home",), help="补录有误的作废，再重新补录；事项本身不变",
    )  # fmt: skip
    refuse = Transition(
        waiting >> refused, "不同意", by=SIGNERS, asks=(Ask("words", "意见", "words"),), outcome="refused",
        tells=("home",), only=MY_TURN,
    )  # fmt: skip
    lapse = Transition((waiting | entered) >> lapsed, "不再需要", by=system(), outcome="lapsed")
