"""The form of a step: what is wrong stands beside the field, nothing typed is lost, nobody's step is overwritten."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from support.city import Town

from jieyou.interfaces.web.tests.conftest import WORDS, AtDesk, Reported, fields_of, sentences
from jieyou.interfaces.web.tests.test_desk import HARM
from jieyou.interfaces.web.tests.test_story import LEAD, photo, rows
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.loop.models import Case

TYPED = "问题在楼前管沟，归住建局管，涉及二十六户"


def again(answer: Any) -> dict[str, str]:
    """What the form that came back still holds."""
    return fields_of(answer.content.decode().split('class="jy-page"', 1)[1])


def assess(at_desk: AtDesk, reported: Reported, words: str = WORDS) -> Case:
    case = reported(words).case
    at_desk("county").step(case, "register", title="暖气不热", category="heating")
    return case


def test_what_is_missing_is_said_on_top_and_beside_the_field_and_what_was_typed_stays(
    at_desk: AtDesk, reported: Reported
) -> None:
    case = assess(at_desk, reported)
    answer = at_desk("county").post(f"/desk/cases/{case.number}/judge/", reason=TYPED, reach="许多")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>错误：填写研判意见" in page
    assert '<a href="#f-reach">涉及人数（户数）“许多”不是整数</a>' in page
    assert 'id="f-reach-error"' in page and 'aria-describedby="f-reach-error"' in page
    assert "请补充：紧急程度" in sentences(answer)
    assert again(answer)["reason"] == TYPED


def test_whoever_was_overtaken_reads_who_was_quicker_and_keeps_his_words(
    at_desk: AtDesk, reported: Reported, town: Town
) -> None:
    case = assess(at_desk, reported, HARM)
    address = f"/desk/cases/{case.number}/judge/"
    looked = at_desk("county").form(address)
    at_desk("county").step(case, "attend_harm", words="已电话联系")
    answer = at_desk("county").client.post(address, looked | {"reason": TYPED, "urgency": "normal"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "这件事刚刚有人办过" in page and "已派人处置" in page and town.account("county").name in page
    assert again(answer)["reason"] == TYPED
    sent = at_desk("county").client.post(
        address, again(answer) | {"urgency": "normal", "level": "county", "recommend": "file"}
    )
    assert sent.status_code == 302


def test_whoever_comes_after_the_case_has_moved_on_can_still_copy_his_words(
    at_desk: AtDesk, reported: Reported
) -> None:
    case = reported().case
    looked = at_desk("county").form(f"/desk/cases/{case.number}/register/")
    at_desk("county").step(case, "register", title="暖气不热", category="heating")
    answer = at_desk("county").client.post(
        f"/desk/cases/{case.number}/register/", looked | {"title": "我写的题目"}
    )
    assert answer.status_code == 409
    assert again(answer)["title"] == "我写的题目"
    assert "您写的内容还在下面" in answer.content.decode()


def test_a_table_grows_by_a_row_without_a_script(at_desk: AtDesk, town: Town) -> None:
    case = town.concern("meeting").case
    assert case is not None
    address = f"/desk/cases/{case.number}/decide/"
    before = at_desk("county").form(address)
    shown = sum(key.endswith("-task") for key in before)
    answer = at_desk("county").client.post(
        address, before | {"more": "assignments"} | rows(("更换管段", "lead", LEAD, "7"))
    )
    after = again(answer)
    assert answer.status_code == 200
    assert sum(key.endswith("-task") for key in after) > shown
    assert after["assignments-0-task"] == "更换管段" and after["assignments-0-due-days"] == "7"


def test_a_wrong_cell_of_a_table_is_marked_itself(at_desk: AtDesk, town: Town) -> None:
    case = town.concern("meeting").case
    assert case is not None
    answer = at_desk("county").post(
        f"/desk/cases/{case.number}/decide/", outcome="resolved", decision="同意先修后算",
        **rows(("更换管段", "lead", "没有这个局", "7"), ("送取暖器", "co", LEAD, "")),
    )  # fmt: skip
    page = answer.content.decode()
    assert 'href="#f-assignments-0-unit"' in page and "没有找到单位“没有这个局”" in page
    assert 'href="#f-assignments-1-due"' in page


def test_a_day_and_a_number_of_days_together_are_refused(at_desk: AtDesk, town: Town) -> None:
    case = town.concern("meeting").case
    assert case is not None
    typed = rows(("更换管段", "lead", LEAD, "7")) | {"assignments-0-due-day": "2026-12-01"}
    answer = at_desk("county").post(
        f"/desk/cases/{case.number}/decide/", outcome="resolved", decision="同意", **typed
    )
    assert "日期和工作日数只填一样" in sentences(answer)


def test_a_step_that_is_refused_leaves_no_attachment_behind(at_desk: AtDesk, town: Town) -> None:
    case = town.concern("tracked").case
    task = Case.objects.get(parent=case, holder=town.unit())
    before = Attachment.objects.count()
    answer = at_desk("bureau").post(f"/desk/cases/{task.number}/finish/", report="太短", evidence=photo())
    assert answer.status_code == 422
    assert "刚才选的文件没有保存" in answer.content.decode()
    assert Attachment.objects.count() == before


def test_a_file_that_is_not_what_its_name_says_is_refused_with_a_sentence(
    at_desk: AtDesk, town: Town
) -> None:
    case = town.concern("tracked").case
    task = Case.objects.get(parent=case, holder=town.unit())
    bad = SimpleUploadedFile("照片.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg")
    answer = at_desk("bureau").post(
        f"/desk/cases/{task.number}/finish/", report="全部办完，群众看过，效果很好", evidence=bad
    )
    assert answer.status_code == 422
    assert 'href="#f-evidence"' in answer.content.decode()


def test_a_step_of_somebody_else_shows_why_it_is_shut(at_desk: AtDesk, reported: Reported) -> None:
    case = reported().case
    answer = at_desk("leader").client.get(f"/desk/cases/{case.number}/register/")
    assert answer.status_code == 403
    assert "登记由主办经办人办理" in answer.content.decode()


def test_a_shut_door_stands_on_the_page_with_its_reason(at_desk: AtDesk, reported: Reported) -> None:
    case = assess(at_desk, reported)
    page = at_desk("leader").see(f"/desk/cases/{case.number}/")
    assert 'aria-describedby="why-to_consult"' in page
    assert '<span class="why" id="why-to_consult">请先填写研判意见</span>' in page


def test_what_the_form_itself_can_meet_shuts_no_door(at_desk: AtDesk, town: Town) -> None:
    """“请附上办理依据” is asked for on the form: the button must lead there."""
    task = Case.objects.get(parent=town.concern("tracked").case, holder=town.unit())
    assert f'class="btn btn-primary" href="/desk/cases/{task.number}/finish/"' in at_desk("bureau").see(
        f"/desk/cases/{task.number}/"
    )


def test_working_days_are_shown_as_the_day_they_give(at_desk: AtDesk) -> None:
    words = at_desk("county").see("/desk/reckon/", name="due", **{"due-days": "5"})
    assert words.startswith("到") and "月" in words
    assert at_desk("county").see("/desk/reckon/", name="due", **{"due-days": "<b>"}) == ""


def test_after_a_step_one_comes_back_to_the_page_one_came_from_but_never_to_a_strange_site(
    at_desk: AtDesk, reported: Reported
) -> None:
    case = reported(HARM).case
    answer = at_desk("county").post(
        f"/desk/cases/{case.number}/attend_harm/", words="已联系", next="/desk/meetings/"
    )
    assert answer.url == "/desk/meetings/"
    answer = at_desk("county").post(
        f"/desk/cases/{case.number}/attend_harm/", words="已联系", next="https://example.com/"
    )
    assert answer.url == f"/desk/cases/{case.number}/"
