"""提级: 提请 → 部领导批准 → 接办 → 交还. 督办文书: 拟稿送签 → 签发 → 送达 → 回复."""

from jieyou.commons.supervision import escalating, letters
from jieyou.commons.supervision.models import TO
from jieyou.kernel.loop.declare import Ask, Loop, Stage, Transition, holder, home, system, within
from jieyou.kernel.loop.guards import signed

WORDS = Ask("words", "意见", "words", keep=False)


class EscalationLoop(Loop, code="escalation", title="提级", facts="supervision.Escalation", noun="提级件", opens="提请提级",
                     letters="-TJ"):  # fmt: skip
    """Software and clerks only propose; the 部领导 decides."""

    proposed = Stage("待批准", 1, clock="escalation.approve", waits=home("部领导"))
    up = Stage("已提级", 2)
    over = Stage("已交还", 3, ended=True)
    declined = Stage("未批准", ended=True)
    lapsed = Stage("不再需要", ended=True)

    approve = Transition(
        proposed >> up, "批准提级", by=home("部领导"), asks=(Ask("to", "由谁接办", "choice", choices=tuple(TO)), WORDS.optional()),
        does=escalating.hand_up, tells=("home",), main=True,
        help="待办和查看权交给接办的人；密封件和已登记回避的不交。时限不变",
    )  # fmt: skip
    decline = Transition(
        proposed >> declined, "不批准", by=home("部领导"), asks=(WORDS,), outcome="declined", tells=("home",)
    )
    withdraw = Transition(
        proposed >> lapsed, "撤回提请", by=home("经办人"), asks=(WORDS,), outcome="withdrawn", tells=("home",)
    )
    hand_back = Transition(
        up >> over, "交还", by=home("部领导", "经办人"), asks=(WORDS,), does=escalating.hand_back, outcome="handed_back",
        tells=("home",), main=True, help="原来的岗位有人了，或者不需要提级了：待办回到原处，接办单位不再看得到",
    )  # fmt: skip
    lapse = Transition(
        (proposed | up) >> lapsed, "不再需要", by=system(), does=escalating.lapse, outcome="lapsed"
    )


class LetterLoop(Loop, code="supervision", title="督办文书", facts="supervision.Letter", noun="督办文书", opens="拟稿送签",
                 letters="-DB"):  # fmt: skip
    """Nothing goes out unsigned; 约谈 and 通报 go through the 督查室."""

    drafted = Stage("待签发", 1, waits=home("经办人"))
    sent = Stage("已送达", 2, clock="supervision.answer", waits=holder("承办人"))
    passed = Stage("已转督查室", waits=home("经办人"))
    answered = Stage("已回复", 3, ended=True)
    dropped = Stage("不发出", ended=True)
    lapsed = Stage("事项已办结", ended=True)

    redraft = Transition(
        within(drafted), "重新送签", by=home("经办人"), asks=(letters.GROUND, letters.DEMAND), needs=(letters.not_signing,),
        does=letters.redraft,
    )  # fmt: skip
    send = Transition(
        drafted >> sent, "送达", by=home("经办人"), only=letters.is_letter, needs=(signed("supervision_letter", "督办函"),),
        asks=(letters.NUMBER, letters.SENT_ON), does=letters.deliver, tells=("holder",), main=True,
    )  # fmt: skip
    pass_on = Transition(
        drafted >> passed, "转督查室", by=home("经办人"), only=letters.is_interview, needs=(letters.signed_interview,),
        asks=(letters.VIA, letters.NUMBER, letters.SENT_ON), main=True, help="约谈、通报由市委或市政府督查室组织，本单位只提请",
    )  # fmt: skip
    answer = Transition(
        sent >> answered, "回复", by=holder("承办人", "单位负责人"), asks=(letters.ANSWER, letters.EVIDENCE), outcome="answered",
        tells=("home",), main=True,
    )  # fmt: skip
    record = Transition(
        (sent | passed) >> answered, "登记结果", by=home("经办人"), asks=(letters.ANSWER, letters.EVIDENCE), outcome="answered",
    )  # fmt: skip
    drop = Transition(drafted >> dropped, "不再发出", by=home("经办人", "部领导"), asks=(WORDS,), needs=(letters.not_signing,),
                      outcome="dropped")  # fmt: skip
    lapse = Transition((drafted | sent | passed) >> lapsed, "不再需要", by=system(), outcome="lapsed")
