"""人民调解: 申请 → 受理（各方同意）→ 选人 → 调解 → 签署生效 → 履行 → 回访 → 归档 (人民调解法; domain report §3.3).

A party acts by his own query number (guest); the committee's 调解员 can enter the same on paper or by word of mouth. Two
signatures and a seal make the agreement: it takes effect with the last of them, whichever that is.
"""

from jieyou.kernel.loop.declare import Loop, Stage, Transition, guest, home, system, within
from jieyou.kernel.loop.guards import done, same_person
from jieyou.kernel.people.roles import MEDIATOR, UNIT_HEAD
from jieyou.mechanisms.mediation import asks, does, rules
from jieyou.mechanisms.mediation.asks import EVIDENCE, WORDS

DESK = home(MEDIATOR)


class PeoplesMediation(
    Loop, code="mediation", title="人民调解", facts="mediation.Mediation", noun="调解案件", opens="登记申请", letters="-RT",
    opened_by=DESK, asks=(asks.SOURCE, asks.CATEGORY, asks.SUMMARY, asks.PEOPLE),
    basis="《中华人民共和国人民调解法》",
):  # fmt: skip
    """One dispute, until the agreement is performed and the file is closed."""

    applied = Stage("登记申请", 1, clock="mediation.accept", waits=DESK)
    choosing = Stage("选调解员", 2, clock="mediation.choose", waits=DESK)
    talks = Stage("调解", 3, clock="mediation.period", waits=DESK)
    signing = Stage("签署协议", 4, clock="mediation.sign", waits=DESK)
    performing = Stage("履行监督", 5, waits=DESK)
    visiting = Stage("回访", 6, clock="mediation.visit", waits=DESK)
    filing = Stage("归档", 7, clock="mediation.filing", waits=DESK)
    closed = Stage("已归档", ended=True)
    failed = Stage("调解不成", ended=True)
    stopped = Stage("已终止", ended=True)
    declined = Stage("不予受理", ended=True)

    # 1 both must want it
    consent = Transition(
        within(applied), "同意调解", by=guest(), asks=(asks.TOLD,), needs=(rules.known_side, rules.told), does=does.consent, tells=("home",),
    )  # fmt: skip
    consent_told = Transition(
        within(applied), "代录同意", by=DESK, asks=(asks.SIDE, asks.TOLD_ORALLY, WORDS), needs=(rules.known_side, rules.told),
        does=does.consent, help="当事人不用手机的：当面或电话告知权利义务，写清怎样同意的",
    )  # fmt: skip
    refuse = Transition(
        within(applied, choosing, talks, signing), "不同意调解", by=guest(), asks=(WORDS.optional(),), needs=(rules.known_side,),
        does=does.refuse, tells=("home",),
    )  # fmt: skip
    refuse_told = Transition(
        within(applied, choosing, talks, signing), "代录拒绝", by=DESK, asks=(asks.SIDE, WORDS), needs=(rules.known_side,), does=does.refuse,
    )  # fmt: skip
    accept = Transition(
        applied >> choosing, "受理", by=DESK, needs=(rules.nobody_refuses, rules.consented), does=does.accept, main=True,
        help="各方都同意才能受理；一方明确拒绝的不得调解（人民调解法第十七条）",
    )  # fmt: skip
    decline = Transition(
        applied >> declined, "不予受理", by=DESK, asks=(WORDS, asks.WAYS), outcome="declined", help="不属于人民调解范围的，说明理由和其他途径",
    )  # fmt: skip

    # 2 the menu
    propose = Transition(
        within(choosing), "选说事人", by=guest(), asks=(asks.PICK, asks.OUTSIDE), needs=(rules.known_side, rules.one_person), does=does.propose,
        tells=("home",),
    )  # fmt: skip
    propose_told = Transition(
        within(choosing), "代录选人", by=DESK, asks=(asks.SIDE, asks.PICK, asks.OUTSIDE), needs=(rules.known_side, rules.one_person),
        does=does.propose,
    )  # fmt: skip
    agree = Transition(
        within(choosing), "同意对方提的人", by=guest(), asks=(asks.WITH,), needs=(rules.known_side, rules.other_side), does=does.agree,
        tells=("home",),
    )  # fmt: skip
    agree_told = Transition(
        within(choosing), "代录同意人选", by=DESK, asks=(asks.SIDE, asks.WITH), needs=(rules.known_side, rules.other_side), does=does.agree,
    )  # fmt: skip
    designate = Transition(
        within(choosing), "委员会指定", by=DESK, asks=(asks.MEDIATOR, WORDS), does=does.designate,
        help="双方商量不成的，由委员会指定（人民调解法第十九条）",
    )  # fmt: skip
    begin = Transition(
        choosing >> talks, "开始调解", by=DESK, asks=(asks.MEDIATOR,), needs=(rules.nobody_refuses, rules.chosen), does=does.begin, main=True,
        help="双方选定的是人民调解员的由他主持；是说事人、菜单外的人的，受邀参加，另定一名人民调解员主持",
    )  # fmt: skip
    recuse = Transition(
        (choosing | talks) >> choosing, "调解员回避", by=DESK | guest(), asks=(WORDS,), does=does.recuse, tells=("home",),
        help="与纠纷或当事人有利害、亲属关系的应当披露并回避；重新选人",
    )  # fmt: skip

    # 3 talks
    check = Transition(
        within(applied, choosing, talks, signing), "核对身份", by=DESK, asks=(asks.CHECKED, EVIDENCE), needs=(rules.checked,), does=does.check,
        at_most=3, help="看身份证件原件或电子证照；复印件、照片入卷",
    )  # fmt: skip
    session = Transition(
        within(talks), "记录调解", by=DESK, asks=(asks.DAY, asks.WHERE, asks.RECORD, EVIDENCE), needs=(rules.nobody_refuses,), does=does.session,
        main=True,
    )  # fmt: skip
    alarm = Transition(
        within(applied, choosing, talks, signing, performing, visiting), "报告激化风险", by=DESK, asks=(asks.RISK, asks.RISK_TO),
        tells=("home",), help="可能激化的立即报告公安机关或者有关部门（人民调解法第二十五条）",
    )  # fmt: skip
    prolong = Transition(
        within(talks), "约定延长", by=DESK, asks=(asks.DAYS, WORDS), extends=("mediation.period",), at_most=2, help="各方当事人同意，写明怎样约定的",
    )  # fmt: skip
    draft = Transition(
        talks >> signing, "形成协议", by=DESK, main=True, does=does.draft, needs=(rules.nobody_refuses, done("session", "还没有调解记录")),
        asks=(asks.FACTS, asks.LIABILITY, asks.TERMS, asks.HOW, asks.PERFORM_BY, asks.AMOUNT), drafts=("mediation_agreement",),
    )  # fmt: skip
    by_word = Transition(
        talks >> performing, "口头协议", by=DESK, needs=(rules.nobody_refuses, done("session", "还没有调解记录")), does=does.by_word,
        asks=(asks.FACTS, asks.TERMS, asks.HOW, asks.PERFORM_BY), help="当事人认为不用书面的，登记协议内容；自达成之日起生效",
    )  # fmt: skip
    fail = Transition(
        (talks | signing) >> failed, "调解不成", by=DESK, asks=(WORDS, asks.WAYS), does=does.fail, outcome="failed",
        help="告知当事人可以依法通过仲裁、行政、司法等途径维护权利（第二十六条）",
    )  # fmt: skip
    stop = Transition(
        (applied | choosing | talks | signing) >> stopped, "终止调解", by=DESK, asks=(WORDS, asks.WAYS), does=does.stop, outcome="stopped",
    )  # fmt: skip

    # 4 signatures and seal, in any order
    sign = Transition(
        within(signing), "当事人签名", by=guest(), asks=(asks.SIGN_YES,), tells=("home",), does=does.sign,
        needs=(rules.known_side, rules.nobody_refuses, rules.sign_yes, rules.not_signed, rules.identity),
    )  # fmt: skip
    sign_paper = Transition(
        within(signing), "补录纸质签名", by=DESK, asks=(asks.SIDE, asks.SIGNED_ON, EVIDENCE), does=does.sign_on_paper,
        needs=(rules.known_side, rules.nobody_refuses, rules.not_signed, rules.identity),
        help="在纸上签名、盖章或按指印的，录入日期，扫描件入卷",
    )  # fmt: skip
    sign_mediator = Transition(
        within(signing), "调解员签名", by=DESK, needs=(rules.identity, rules.not_yet_mine, does.own_hand), does=does.sign_as_mediator, main=True,
    )  # fmt: skip
    seal = Transition(
        within(signing), "加盖委员会印章", by=home(MEDIATOR, UNIT_HEAD), needs=(rules.identity, rules.not_yet_sealed), does=does.seal,
    )  # fmt: skip
    renegotiate = Transition(
        signing >> talks, "重新协商", by=DESK, asks=(WORDS,), does=does.again, help="有一方不签的，回到调解；已签的作废",
    )  # fmt: skip
    take_effect = Transition(
        signing >> performing, "协议生效", by=system(), needs=(rules.complete,), does=does.take_effect, starts=("mediation.confirm",),
        tells=("home",),
    )  # fmt: skip

    # 5 performance, and the court within thirty days
    urge = Transition(within(performing), "督促履行", by=DESK, asks=(WORDS,))
    apply_court = Transition(
        within(performing, visiting, filing), "申请司法确认", by=DESK, asks=(asks.JOINT, asks.APPLIED_ON, asks.COURT, EVIDENCE), does=does.applied,
        needs=(rules.written, rules.not_applied, does.confirmable, rules.joint, does.in_window), stops=("mediation.confirm",),
        help="自协议生效之日起三十日内由双方共同申请；涉及婚姻、亲子、收养等身份关系，物权、知识产权确权，适用其他特别程序的，法院不予受理"
        "（《民诉法解释》第三百五十五条）",
    )  # fmt: skip
    no_court = Transition(
        within(performing, visiting, filing), "双方不申请司法确认", by=DESK, asks=(WORDS.optional(),), needs=(rules.written, rules.not_applied),
        stops=("mediation.confirm",), at_most=1,
    )  # fmt: skip
    window_over = Transition(
        within(performing, visiting, filing), "司法确认期限已过", by=system(), after="mediation.confirm", stops=("mediation.confirm",),
        tells=("home",),
    )  # fmt: skip
    ruling = Transition(
        within(performing, visiting, filing), "登记法院裁定", by=DESK, asks=(asks.CONFIRMED, EVIDENCE),
        needs=(done("apply_court", "还没有申请司法确认"),),
    )  # fmt: skip
    perform = Transition(
        performing >> visiting, "登记履行情况", by=DESK, asks=(asks.PERFORMED, WORDS.optional(), EVIDENCE), does=does.perform, main=True,
        stops=("mediation.perform",), help="没有履行的，督促后仍不履行的如实登记；当事人可以就协议向法院起诉",
    )  # fmt: skip

    # 6, 7
    visit = Transition(
        visiting >> filing, "登记回访", by=DESK, asks=(asks.SATISFIED, asks.HIDDEN_RISK), needs=(rules.performed,),
        unless=(same_person("session", "sign_mediator", words="主持调解的人不能自己回访"),), does=does.visited, main=True,
        drafts=("mediation_visit",),
    )  # fmt: skip
    file = Transition(
        within(applied, choosing, talks, signing, performing, visiting, filing), "登记卷宗材料", by=DESK,
        asks=(asks.PIECE, asks.PIECE_STATE, EVIDENCE), does=does.file,
    )  # fmt: skip
    archive = Transition(
        filing >> closed, "归档", by=DESK, needs=(does.pieces,), does=does.conclude, main=True, help="必备材料齐全才能归档",
    )  # fmt: skip
