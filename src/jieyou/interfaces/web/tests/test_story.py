"""One concern from the first words to the archive, through the pages alone, without a script."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from support.city import Town

from jieyou.commons.reports import afterwards
from jieyou.commons.reports.models import Report
from jieyou.interfaces.web.tests.conftest import AtDesk, Reported
from jieyou.kernel.calendar import clock
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.loop.models import Case

LEAD, HELP = "宝塔区住房和城乡建设局", "宝塔区公安局"


def photo(name: str = "完工.jpg") -> SimpleUploadedFile:
    """A picture as a phone takes it."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "grey").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def rows(*tasks: tuple[str, str, str, str]) -> dict[str, str]:
    """The table of tasks as a browser sends it: task, kind, unit, working days."""
    columns = ("task", "kind", "unit", "due-days")
    return {
        f"assignments-{n}-{c}": v for n, row in enumerate(tasks) for c, v in zip(columns, row, strict=True)
    }


@pytest.fixture
def tabled(at_desk: AtDesk, reported: Reported, town: Town) -> Case:
    """A concern that came by phone page and is on the agenda of today's meeting."""
    county, case = at_desk("county"), reported().case
    county.step(case, "register", title="南门坡小区3号楼暖气不热", category="heating")
    county.step(
        case,
        "judge",
        reach="26",
        urgency="pressing",
        level="county",
        recommend="meeting",
        reason="管道老化，须会议定",
    )
    at_desk("leader").step(case, "to_consult", lead=LEAD, co_units=[town.unit("公安").pk.hex])
    at_desk("bureau").step(case, "opine", agrees="yes", opinion="同意牵头，先修后算")
    county.step(case, "draft", plan="更换管段四十米，费用从应急经费列支")
    county.step(case, "table", meeting=call_meeting(at_desk).number, leading="副区长王建国")
    return case


def call_meeting(at_desk: AtDesk) -> Case:
    answer = at_desk("county").post(
        "/desk/meetings/new/", held_on=clock.today().isoformat(), room="三号会议室"
    )
    return Case.objects.get(number=answer.url.split("/")[-2])


@pytest.fixture
def decided(at_desk: AtDesk, tabled: Case) -> Case:
    """The meeting was held, the item decided, the minutes signed and issued."""
    county, leader = at_desk("county"), at_desk("leader")
    meeting = Case.objects.get(loop="meeting")
    leader.step(meeting, "fix")
    county.step(meeting, "hold", chair="区委常委、社会工作部部长")
    county.step(
        tabled,
        "decide",
        outcome="resolved",
        **rows(("更换管段", "lead", LEAD, "7"), ("疏导交通", "co", HELP, "5")),
    )
    county.step(meeting, "draft")
    leader.step(Case.objects.get(parent=meeting, loop="approval"), "sign")
    county.step(meeting, "issue", minutes_no="第1期")
    return tabled


def finish(at_desk: AtDesk, case: Case, town: Town) -> None:
    """Each unit signs for its task and finishes it; the office accepts."""
    officers = {town.unit().pk: "bureau", town.unit("公安").pk: town.city.bureaus["610602", "公安"].username}
    for task in Case.objects.filter(parent=case, loop="assignment", open=True):
        unit = at_desk(officers[task.holder_id])
        unit.step(task, "sign_for", officer="小李")
        unit.step(task, "finish", report="已全部办完，群众在场看过，效果很好", evidence=photo())
        at_desk("county").step(task, "accept")
    case.refresh_from_db()


def close(at_desk: AtDesk, case: Case) -> None:
    reply = "管段已经全部更换，试压合格，十一月二十日起恢复正常供暖。"
    at_desk("bureau").step(case, "apply", result="solved", reply=reply)
    at_desk("county").step(case, "verify", verified="site", words="到现场看过，已经供上暖")
    at_desk("leader").step(case, "agree_strike")


def test_minutes_and_tasks_are_drafted_from_the_decision(at_desk: AtDesk, decided: Case) -> None:
    meeting = Case.objects.get(loop="meeting")
    assert f"由{LEAD}牵头，7个工作日内完成" in at_desk("county").see(f"/desk/cases/{meeting.number}/")
    at_desk("county").step(decided, "resolve")  # nothing is typed again: the tasks are what the minutes say
    tasks = Case.objects.filter(parent=decided, loop="assignment").order_by("number")
    assert [task.holder.name for task in tasks if task.holder] == [LEAD, HELP]


def test_five_people_carry_a_concern_through_eight_stages_and_it_comes_back_once(
    at_desk: AtDesk, decided: Case, town: Town
) -> None:
    case, caller = decided, at_desk("caller")
    at_desk("county").step(case, "resolve")
    finish(at_desk, case, town)
    close(at_desk, case)
    afterwards.rate(Report.objects.select_related("case").get(case=case), "bad", "二单元还是不热")
    assert "群众不满意：请退回再办" in caller.see(f"/desk/cases/{case.number}/")
    case.refresh_from_db()
    caller.step(case, "reopen", words="二单元还是不热", **rows(("再查二单元", "lead", LEAD, "3")))
    finish(at_desk, case, town)
    close(at_desk, case)
    caller.step(case, "call", method="phone", visited="reached", satisfied="good", solved="on")
    assert "已归档" in caller.step(case, "archive").content.decode()
    assert not case.open
    record = at_desk("county").see(f"/desk/cases/{case.number}/")
    for username in ("county", "leader", "bureau", "caller"):
        assert town.account(username).name in record


def test_the_unit_that_did_the_work_does_not_read_the_residents_rating(at_desk: AtDesk, town: Town) -> None:
    case = town.concern("visit").case
    assert case is not None
    afterwards.rate(Report.objects.select_related("case").get(case=case), "bad", "二单元还是不热")
    assert "不满意：二单元还是不热" in at_desk("caller").see(f"/desk/cases/{case.number}/")
    page = at_desk("bureau").see(f"/desk/cases/{case.number}/")
    assert "群众评价" in page  # that there was one stands in the record
    assert "不满意" not in page
    assert "二单元还是不热" not in page


def test_evidence_of_a_task_is_seen_on_the_case_and_by_no_neighbour(at_desk: AtDesk, town: Town) -> None:
    case = town.concern("strike").case
    file = Attachment.objects.filter(subject__in=Case.objects.filter(parent=case).values("pk")).first()
    assert case is not None and file is not None
    assert file.name in at_desk("leader").see(f"/desk/cases/{case.number}/")
    assert at_desk("leader").status(f"/desk/files/{file.pk}/") == 200
    assert at_desk("county-610603").status(f"/desk/files/{file.pk}/") == 404


def test_after_a_step_the_page_says_who_is_waited_for(
    at_desk: AtDesk, reported: Reported, town: Town
) -> None:
    said = (
        at_desk("county")
        .step(reported().case, "register", title="暖气不热", category="heating")
        .content.decode()
    )
    clerk = town.account("county").name
    assert f"“登记”已办好，现在是“综合研判”。现在等：中共宝塔区委社会工作部 经办人 {clerk}" in said
