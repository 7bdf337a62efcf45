"""Every clock of the regulation against days reckoned by hand, from the calendar on the wall.

2024: 劳动节 1–5 May, 端午 8–10 June, 中秋 15–17 September (14 worked), 国庆 1–7 October (29 September, 12 October worked).
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jieyou.kernel import shortly
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import ClockRule
from jieyou.kernel.loop.ticking import tick
from petitions.letters import FIRST, OPINION, TELL, Letters


def day(text: str) -> date:
    return date.fromisoformat(f"2024-{text}")


#: (starts on, last day) · the start day is not counted; a last day on a rest day moves to the next working day.
FIFTEEN = (
    ("05-20", "06-04"),  # a Monday → Tuesday
    ("05-24", "06-11"),  # → 8 June, 端午 until the 10th → Tuesday the 11th
    ("09-16", "10-08"),  # on a holiday → 1 October, 国庆 until the 7th
    ("09-14", "09-29"),  # a worked Saturday → a worked Sunday: stays
    ("05-17", "06-03"),  # → Saturday 1 June → Monday
)
FIVE_WORKING = (
    ("05-20", "05-27"),  # Tue Wed Thu Fri Mon
    ("06-05", "06-13"),  # Thu Fri | 端午 | Tue Wed Thu
    ("09-27", "10-10"),  # worked Sunday 29, Mon 30 | 国庆 | Tue 8, Wed 9, Thu 10
)
SIXTY = (
    ("05-20", "07-19"),  # a Friday
    ("05-22", "07-22"),  # → Sunday 21 July → Monday
    ("08-02", "10-08"),  # → 1 October → after 国庆
)
THIRTY = (
    ("05-20", "06-19"),
    ("05-16", "06-17"),  # → Saturday 15 June → Monday
    ("09-05", "10-08"),  # → Saturday 5 October, 国庆 → Tuesday 8
)


@pytest.mark.parametrize(("start", "last"), FIFTEEN)
def test_fifteen_days_to_register_and_send(letters: Letters, start: str, last: str) -> None:
    case = letters.come(day(start)).case
    assert letters.due(case, "petition.dispatch") == day(last)
    assert clock.local(letters.town.fresh(case).due) == day(last)


@pytest.mark.parametrize(("start", "last"), FIFTEEN[:2])
def test_fifteen_days_for_the_written_notice(letters: Letters, start: str, last: str) -> None:
    assert letters.due(letters.sent(day(start)), "petition.notice") == day(last)


@pytest.mark.parametrize(("start", "last"), FIVE_WORKING)
def test_five_working_days_to_object(letters: Letters, start: str, last: str) -> None:
    assert letters.due(letters.sent(day(start)), "petition.objection") == day(last)


@pytest.mark.parametrize(("start", "last"), SIXTY)
def test_sixty_days_from_acceptance(letters: Letters, start: str, last: str) -> None:
    assert letters.due(letters.accepted(day(start)), "petition.close") == day(last)


@pytest.mark.parametrize(("start", "last"), THIRTY)
def test_thirty_days_to_ask_for_review(letters: Letters, start: str, last: str) -> None:
    assert letters.due(letters.answered(day(start)), "petition.appeal") == day(last)


def test_a_letter_typed_in_late_has_run_since_it_came(letters: Letters) -> None:
    case = letters.come(day("05-28"), received_at=clock.at(day("05-20"))).case
    assert letters.due(case, "petition.dispatch") == day("06-04")


def test_several_clocks_run_at_once_and_the_strictest_is_the_cases(letters: Letters) -> None:
    case = letters.registered()
    case = letters.do(
        case, "assign", handler=letters.town.unit(), feedback_due="2024-07-01", words="请办理", tell=TELL
    )
    assert letters.running(case) == {"petition.notice", "petition.objection", "petition.feedback"}
    assert clock.local(case.due) == day("05-27")


def test_one_extension_with_a_reason_from_the_end_of_the_sixty_days(letters: Letters) -> None:
    case = letters.accepted()
    reason = {"days": 30, "days_reason": "需要委托第三方重新测绘面积"}
    letters.do(case, "extend", "bureau", day("07-10"), **reason)
    assert letters.due(case, "petition.close") == day("08-19")  # 19 July + 30 = Sunday 18 August → Monday
    again = letters.refusal(case, "extend", "bureau", day("07-12"), **reason)
    assert again == "延长办理期限最多 1 次，已经用完"


def test_no_extension_of_31_days_nor_after_the_end(letters: Letters) -> None:
    case = letters.accepted()
    late = letters.refusal(
        case, "extend", "bureau", day("07-20"), days=10, days_reason="测绘还没有完成，等待报告"
    )
    assert late == "办结时限到 2024-07-19 已满，不能再延期"
    assert "30" in letters.refusal(
        case, "extend", "bureau", day("07-10"), days=31, days_reason="测绘还没有完成，等待报告"
    )


def test_the_petitioner_reads_the_reason_of_the_extension(letters: Letters) -> None:
    case = letters.accepted()
    letters.do(case, "extend", "bureau", day("07-10"), days=20, days_reason="需要委托第三方重新测绘面积")
    assert "需要委托第三方重新测绘面积" in case.reports.get().reply


def test_an_objection_stops_nothing_and_a_second_unit_has_its_own_fifteen_days(letters: Letters) -> None:
    case = letters.sent()
    letters.do(
        case, "object_", "bureau", day("05-24"), objection_ground="征地补偿由自然资源部门负责，不属于本单位"
    )
    letters.do(case, "agree_back", on=day("05-28"), words="同意退回")
    assert letters.due(case, "petition.dispatch") == day("06-04"), "ours does not begin again"
    letters.do(case, "forward", on=day("05-29"), handler=letters.town.unit("街道"), words="请办理", tell=TELL)
    assert letters.due(case, "petition.notice") == day("06-13")
    assert letters.due(case, "petition.objection") == day("06-05")
    assert letters.running(case) == {"petition.notice@2", "petition.objection@2"}


def test_after_five_working_days_nobody_objects(letters: Letters) -> None:
    said = letters.refusal(
        letters.sent(), "object_", "bureau", day("05-28"), objection_ground="不属于本单位职权范围，请另行转送"
    )
    assert said == "五个工作日的异议期限到 2024-05-27 已满，请按程序受理"


def test_what_an_office_handles_itself_runs_from_receipt(letters: Letters) -> None:
    case = letters.registered()
    case = letters.do(case, "take", on=day("05-30"), words="属于本机关职权", tell=TELL)
    assert letters.due(case, "petition.notice") == day("06-04")


def _reviewed(letters: Letters) -> tuple:
    case = letters.answered()
    city = letters.bureaus.by_code["6106"].unit
    case = letters.do(case, "ask_review", on=day("06-10"), review_unit=city, review_asked_on="2024-06-10")
    assert letters.due(case, "petition.review") == day("07-10")
    said = {
        "review_result": "upheld",
        "review_findings": "事实清楚，程序合法，依据正确",
        "review_opinion": "维持原处理意见，请镇政府按期付清",
    }
    case = letters.do(
        case, "review_done", "petition-city", day("07-01"), review_delivered_on="2024-07-01", **said
    )
    return case, {"recheck_name": "陕西省住房和城乡建设厅", "recheck_asked_on": "2024-07-15"}


def test_review_and_recheck_thirty_days_each_and_the_hearing_does_not_count(letters: Letters) -> None:
    case, asked = _reviewed(letters)
    assert letters.due(case, "petition.appeal_again") == day("07-31")
    case = letters.do(case, "ask_recheck", on=day("07-15"), **asked)
    assert letters.due(case, "petition.recheck") == day("08-14")
    letters.do(case, "hear_again", on=day("07-20"), words="争议较大，举行听证")
    assert letters.running(case) == {"petition.hearing"}
    letters.do(
        case, "heard_again", on=day("07-30"), hearing_record="双方到场，争议点是面积，结论另行书面告知"
    )
    assert letters.due(case, "petition.recheck") == day("08-26")  # 14 August + 10 = Saturday 24 → Monday


def test_the_recheck_is_the_end(letters: Letters) -> None:
    case, asked = _reviewed(letters)
    case = letters.do(case, "ask_recheck", on=day("07-15"), **asked)
    said = {
        "recheck_result": "upheld",
        "recheck_findings": "原意见事实清楚，依据正确",
        "recheck_opinion": "维持复查意见，本意见为终结意见",
    }
    case = letters.do(
        case, "recheck_done", "petition", day("08-01"), recheck_delivered_on="2024-08-01", **said
    )
    assert (case.stage, case.open, case.outcome) == ("final", False, "final")
    assert letters.do(case, "care", on=day("08-20"), care="help", words="申请临时救助").stage == "final"


def test_nobody_asks_for_review_after_thirty_days_and_the_case_ends_by_itself(letters: Letters) -> None:
    case = letters.answered()
    late = letters.refusal(
        case, "ask_review", on=day("06-20"), review_name="延安市住建局", review_asked_on="2024-06-20"
    )
    assert late == "申请复查的三十日到 2024-06-19 已满"
    with clock.moved(clock.at(day("06-20"), 1)):
        tick()
    assert letters.town.fresh(case).stage == "concluded"


def test_a_revoked_opinion_is_written_anew_and_its_thirty_days_run_anew(letters: Letters) -> None:
    case = letters.answered()
    city = letters.bureaus.by_code["6106"].unit
    letters.do(case, "ask_review", on=day("06-10"), review_unit=city, review_asked_on="2024-06-10")
    said = {"review_findings": "遗漏了二〇二一年的协议", "review_opinion": "撤销原处理意见，责令重新办理"}
    case = letters.do(case, "revoke", "petition-city", day("06-20"), **said)
    assert case.holder == letters.town.unit() and letters.running(case) == {"petition.redo"}
    letters.do(case, "opine", "bureau", day("07-10"), **OPINION)
    letters.do(case, "deliver", "bureau", day("07-11"), deliver_how="mail", delivered_on="2024-07-10")
    assert letters.due(case, "petition.appeal") == day("08-09")
    with clock.moved(clock.at(day("08-10"), 1)):
        tick()
    assert letters.town.fresh(case).stage == "concluded", "a clock begun anew ticks like the first"


def test_a_city_may_switch_rolling_over_off(letters: Letters) -> None:
    ClockRule.objects.filter(code="petition.dispatch").update(roll=False)

    shortly.forget()
    assert letters.due(letters.come(day("05-24")).case, "petition.dispatch") == day("06-08")


def test_each_rule_names_its_article_or_says_that_it_is_ours(letters: Letters) -> None:
    found = ClockRule.objects.filter(code__startswith="petition")
    assert found.count() >= 17
    assert not [r.code for r in found if "信访工作条例" not in r.basis and "方案默认值" not in r.basis]
    assert FIRST + timedelta(days=15) == day("06-04")
