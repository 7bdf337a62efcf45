"""A dispute between neighbours, from the application to the closed file, and every way out of it."""

from __future__ import annotations

from datetime import date, timedelta

from support.city import Town

from jieyou.commons.handovers import sending
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger.verify import verify_database
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.opening import begin
from jieyou.mechanisms.mediation import applying
from jieyou.mechanisms.mediation.models import Mediation, Party, Term
from mediation.conftest import ANNA, BEN, DAY, Room

WAYS = "可以申请仲裁、请行政机关处理，或者向人民法院起诉。"


def test_two_neighbours_agree_and_the_file_is_closed(room: Room) -> None:
    case = room.to_performing()
    facts = room.facts(case)
    assert (case.stage, facts.result, facts.agreement_no) == (
        "performing",
        "success",
        "（2024）宝人调字第1号",
    )
    assert facts.effective_at == clock.at(DAY + timedelta(days=4), 12), "the last signature was 当事人乙's"
    at = clock.at(date(2024, 7, 1), 9)
    case = room.does(case, "no_court", at)
    case = room.does(case, "perform", at, performed="whole")
    assert "主持调解的人" in room.town.refusal(case, "visit", "mediator", at, hidden="没有隐患。")
    case = room.does(case, "visit", at, "mediator2", satisfied="good", hidden="没有激化隐患。")
    assert "封底" in room.town.refusal(case, "archive", "mediator", at)
    case = room.does(case, "file", at, piece="cover", piece_state="have")
    case = room.does(case, "archive", at)
    assert (case.open, case.outcome) == (False, "success")
    assert verify_database().ok


def test_a_file_has_thirteen_pieces_and_six_of_them_must_be_there(town: Town) -> None:
    rows = Term.objects.filter(kind="file")
    assert (rows.count(), rows.filter(required=True).count()) == (13, 6)


def test_nobody_is_mediated_against_his_will(room: Room) -> None:
    case = room.apply()
    room.says("a", "consent", told=True)
    assert "当事人乙还没有同意" in room.town.refusal(case, "accept", "mediator", clock.at(DAY, 11))
    room.says("b", "refuse", words="我要去法院。")
    assert "明确拒绝" in room.town.refusal(case, "accept", "mediator", clock.at(DAY, 11))
    case = room.does(case, "stop", words="乙方拒绝。", ways=WAYS)
    assert (case.stage, room.facts(case).result) == ("stopped", "stopped")


def test_consent_needs_the_notice_of_rights(room: Room) -> None:
    room.apply()
    assert "权利义务告知书" in room.refused(lambda: room.says("a", "consent", told=False))


def test_somebody_outside_the_menu_is_invited_and_a_peoples_mediator_still_leads(room: Room) -> None:
    case = room.to_choosing()
    room.says("a", "propose", outside="老支书韩长贵")
    room.says("b", "propose", pick=room.talker.pk.hex)
    assert "还没有共同选定" in room.town.refusal(
        case, "begin", "mediator", clock.at(DAY, 11), mediator=room.lead.pk.hex
    )
    room.says("b", "agree", with_side="a")
    case = room.does(case, "begin", mediator=room.lead.pk.hex)
    facts = room.facts(case)
    assert (facts.invited, facts.mediator) == ("老支书韩长贵（菜单外）", room.lead.pk.hex)
    assert facts.alliance == room.lead.alliance


def test_a_talker_of_the_menu_cannot_lead(room: Room) -> None:
    case = room.to_choosing()
    room.says("a", "propose", pick=room.talker.pk.hex)
    room.says("b", "agree", with_side="a")
    sentence = room.town.refusal(case, "begin", "mediator", clock.at(DAY, 11), mediator=room.talker.pk.hex)
    assert "没有" in sentence, "only people's mediators are offered"


def test_one_proposes_one_person_and_agrees_with_the_other_only(room: Room) -> None:
    room.to_choosing()
    both = {"pick": room.lead.pk.hex, "outside": "韩长贵"}
    assert "只能一个" in room.refused(lambda: room.says("a", "propose", **both))
    assert "还没有提人" in room.refused(lambda: room.says("b", "agree", with_side="a"))
    room.says("a", "propose", pick=room.lead.pk.hex)
    assert "选对方" in room.refused(lambda: room.says("a", "agree", with_side="a"))


def test_a_new_proposal_asks_the_other_side_anew(room: Room) -> None:
    case = room.to_choosing()
    room.says("a", "propose", pick=room.lead.pk.hex)
    room.says("b", "agree", with_side="a")
    room.says("a", "propose", pick=room.talker.pk.hex)
    assert room.facts(case).choice == ""


def test_recusal_begins_the_choice_anew(room: Room) -> None:
    case = room.to_choosing()
    room.says("a", "propose", pick=room.lead.pk.hex)
    room.says("b", "agree", with_side="a")
    case = room.does(case, "begin", mediator=room.lead.pk.hex)
    case = room.does(case, "recuse", words="调解员是甲方的表兄。")
    facts = room.facts(case)
    assert (case.stage, facts.choice, facts.mediator) == ("choosing", "", "")


def test_the_committee_designates_where_they_cannot_agree(room: Room) -> None:
    case = room.does(room.to_choosing(), "designate", mediator=room.lead.pk.hex, words="双方各提各的。")
    assert room.does(case, "begin", mediator=room.lead.pk.hex).stage == "talks"


def test_a_signature_is_the_partys_own_name_and_number(room: Room) -> None:
    case = room.to_signing()
    assert "不一样" in room.refused(lambda: room.signs("a", BEN.name))
    at = clock.at(DAY + timedelta(days=4), 9)
    with clock.moved(at):
        assert "查询编号不对" in room.refused(
            lambda: applying.sign(room.party("a"), ANNA.name, room.secrets["b"], True)
        )
        assert "自愿签署" in room.refused(
            lambda: applying.sign(room.party("a"), ANNA.name, room.secrets["a"], False)
        )
    room.signs("a", ANNA.name)
    assert "已经签过名" in room.refused(lambda: room.signs("a", ANNA.name))
    assert room.town.fresh(case).stage == "signing"


def test_talks_that_begin_anew_void_what_was_signed(room: Room) -> None:
    case = room.to_signing()
    room.signs("a", ANNA.name)
    case = room.does(case, "renegotiate", clock.at(DAY + timedelta(days=5)), words="乙方要改赔偿数。")
    assert not room.facts(case).sides["a"]["signed"]


def test_a_failed_mediation_tells_the_legal_ways(room: Room) -> None:
    case = room.to_signing()
    at = clock.at(DAY + timedelta(days=6))
    assert "法律途径" in room.town.refusal(case, "fail", "mediator", at, words="谈不拢。")
    case = room.does(case, "fail", at, words="谈不拢。", ways=WAYS)
    assert (case.stage, room.facts(case).result) == ("failed", "failed")


def test_an_oral_agreement_takes_effect_when_reached_and_goes_to_no_court(room: Room) -> None:
    case = room.to_signing()
    case = room.does(case, "renegotiate", clock.at(DAY + timedelta(days=4)), words="不用写了。")
    said = {
        "facts": "漏水一事属实。",
        "terms": "楼上修好水管。",
        "how": "当面验收。",
        "perform_by": "2024-06-20",
    }
    case = room.does(case, "by_word", clock.at(DAY + timedelta(days=4), 15), **said)
    at = clock.at(DAY + timedelta(days=5))
    assert room.facts(case).effective_at == clock.at(DAY + timedelta(days=4), 15)
    sentence = room.town.refusal(
        case, "apply_court", "mediator", at, joint=True, applied_on="2024-06-08", court="宝塔区人民法院"
    )
    assert "口头协议" in sentence


def test_danger_is_reported_at_once_at_any_stage(room: Room) -> None:
    case = room.does(room.apply(), "alarm", risk="乙方扬言砸门。", risk_to="宝塔山派出所")
    assert room.facts(case).risk == "乙方扬言砸门。"


def test_names_and_telephones_stand_in_no_record(room: Room) -> None:
    case = room.to_performing()
    rows = list(Event.objects.filter(case=case).values_list("actor", flat=True))
    kept = [
        str(vars(room.facts(case))),
        str(rows),
        case.title,
        *Party.objects.values_list("shown", flat=True),
    ]
    assert not any(mark in text for mark in (ANNA.name, BEN.name, ANNA.phone, BEN.phone) for text in kept)
    assert str(room.party("a").name) == "已封存"


def test_the_other_side_gets_a_number_of_its_own_once(room: Room) -> None:
    case = room.apply()
    assert "已经领过" in room.refused(lambda: applying.join(case.number, BEN.phone))
    assert "没有对上" in room.refused(lambda: applying.join(case.number, "13899999999"))
    assert room.secrets["a"] != room.secrets["b"]


def test_a_concern_that_was_handed_over_gets_its_result_back(room: Room) -> None:
    town = room.town
    concern = town.concern("assess").case
    assert concern is not None and room.body.unit is not None
    sent = sending.send(
        concern,
        "mediation",
        room.body.unit,
        "楼上楼下漏水，双方愿意调解。",
        town.actor("county"),
        clock.at(DAY),
    )
    town.act(sent, "receive", "mediator", clock.at(DAY, 10))
    case = Case.objects.get(loop="mediation")
    assert Mediation.objects.get(pk=case.pk).origin_id == sent.pk
    for person in (ANNA, BEN):
        applying.add_party(case, person, town.actor("mediator"))
    for side in "ab":
        case = room.does(case, "consent_told", side=side, told=True, words="当面同意。")
    case = room.does(case, "accept")
    room.does(case, "stop", words="甲方撤回。", ways=WAYS)
    assert town.fresh(sent).stage == "answered"


def test_who_opens_a_case_by_hand_is_the_committee(room: Room) -> None:
    said = {"title": "采光纠纷", "source": "active", "category": "neighbour", "summary": "加盖二层挡了采光。"}
    assert "不由您的岗位" in room.refused(lambda: begin("mediation", room.town.actor("county"), said))
    case = begin("mediation", room.town.actor("mediator"), said)
    for person in (ANNA, BEN):
        applying.add_party(case, person, room.town.actor("mediator"))
    assert sorted(room.facts(case).sides) == ["a", "b"]
