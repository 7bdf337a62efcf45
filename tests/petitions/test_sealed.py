"""检举控告: sealed from the first moment or as soon as somebody sees what it is; then nowhere but with the city's keeper."""

from __future__ import annotations

import pytest

from jieyou.commons.reports.models import Report
from jieyou.interfaces.cli.figures import figure
from jieyou.interfaces.demo.petitionyear import YEAR
from jieyou.kernel.indicator import declared
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.ledger.models import Payload
from jieyou.kernel.loop import permit
from jieyou.kernel.loop.models import Case, Event
from jieyou.kernel.loop.seen import may_see
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.people import recusal
from jieyou.kernel.places import tree
from jieyou.kernel.privacy import looks
from petitions.letters import Letters, staff

WORDS = "桥沟街道办事处的霍某某在惠农补贴里优亲厚友。"
BLIND = (
    "petition", "petition-head-610602", "petition-city", "county", "bureau", "township", "city", "city-sealed", "admin",
)  # fmt: skip


@pytest.fixture
def sealed(letters: Letters) -> Case:
    return letters.come(accused=True, accused_words="霍某某", name="王五", where="桥沟街道办").case


@pytest.mark.parametrize("who", BLIND)
def test_nobody_else_sees_a_trace(letters: Letters, sealed: Case, who: str) -> None:
    actor, client = letters.town.actor(who), staff(letters, who)
    assert not may_see(actor, sealed)
    assert permit.open_to(sealed, actor) == []
    assert letters.refusal(sealed, "register", who) == "没有这个动作，或者这件事不归您看"
    for path in ("/desk/", "/desk/cases/?loop=petition&tab=all", "/api/v1/petition"):
        assert sealed.number not in client.get(path).content.decode(), path
    paths = [
        f"/desk/cases/{sealed.number}/",
        f"/desk/cases/{sealed.number}/register/",
        f"/api/v1/petition/{sealed.number}",
    ]
    assert {client.get(path).status_code for path in paths} == {404}
    assert not Delivery.objects.filter(case_id=sealed.pk, account=letters.town.account(who)).exists()


def test_the_keeper_of_the_citys_petition_office_has_it_and_passes_it_on(
    letters: Letters, sealed: Case
) -> None:
    assert sealed.home.name == "延安市信访局"
    keeper = staff(letters, "petition-sealed")
    assert sealed.number in keeper.get("/desk/").content.decode()
    done = letters.do(
        sealed,
        "pass_discipline",
        "petition-sealed",
        paper_no="信密移〔2024〕1号",
        passed_on="2024-05-20",
        words="按规定移送",
    )
    assert (done.stage, done.outcome) == ("disciplined", "passed_on")
    record = Event.objects.get(case=sealed, transition="pass_discipline")
    assert "信密移〔2024〕1号" in Payload.objects.get(record=record.pk).text, "the transfer is on the record"
    assert Report.objects.get(case=sealed).reply.startswith("您反映的情况已按规定移送")


def test_an_accusation_hidden_in_a_letter_is_sealed_by_the_clerk_who_then_loses_it(letters: Letters) -> None:
    case = letters.registered(purpose="accusation", told_facts=WORDS)
    shut = letters.refusal(
        case,
        "forward",
        handler=letters.town.unit("街道"),
        words="请办理",
        tell="已转有权处理的机关，请等待告知。",
    )
    assert shut == "检举控告不能转给被反映的单位，请先“密封”"
    case = letters.do(case, "seal", words="反映街道干部")
    assert case.sealed and case.title == "密封件" and case.home.name == "延安市信访局"
    assert not may_see(letters.town.actor("petition"), case)
    report = Report.objects.get(case=case)
    assert "补偿款" not in report.words
    assert "补偿款" in looks.reveal(letters.town.actor("petition-sealed"), report, "told_words", "核对")
    again = letters.do(case, "unseal", "petition-sealed", words="核对后不涉及单位和干部")
    assert not again.sealed and again.home.name == "宝塔区信访局"


def test_not_a_word_stands_open_and_no_figure_knows_of_it(letters: Letters) -> None:
    scope = Scope(tree.by_code("6106"), *YEAR)
    before = (
        [figure(key, scope) for key in declared.figure_ids()],
        {k: i.read(scope) for k, i in declared.indicators().items()},
    )
    case = letters.come(accused=True, accused_words="霍某某", where="桥沟街道办").case
    assert before == (
        [figure(key, scope) for key in declared.figure_ids()],
        {k: i.read(scope) for k, i in declared.indicators().items()},
    )
    told = Payload.objects.filter(record__in=Event.objects.filter(case=case).values("pk")).values_list(
        "text", flat=True
    )
    said = " ".join(
        [
            case.title,
            *told,
            *Delivery.objects.values_list("words", flat=True),
            *Report.objects.values_list("words", flat=True),
        ]
    )
    assert not [word for word in ("霍某某", "桥沟", "补偿款") if word in said]


def test_a_number_of_a_sealed_petition_is_no_answer_to_who_types_it_again(letters: Letters) -> None:
    letters.come(accused=True, external_no="XF-7")
    assert letters.come(external_no="XF-7").case.sealed is False
    with pytest.raises(Exception, match="已经登记过"):
        letters.come(external_no="XF-7", hour=10)


def test_whoever_has_an_interest_is_recused(letters: Letters) -> None:
    case = letters.accepted()
    officer = letters.town.account("bureau")
    recusal.recuse(case.pk, "system", "与信访人有直接利害关系（第二十八条）", account=officer)
    assert not may_see(letters.town.actor("bureau"), case)
