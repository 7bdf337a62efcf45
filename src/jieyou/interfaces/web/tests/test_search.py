"""The box on every page, as it is sent."""

from __future__ import annotations

from support.city import Town

from jieyou.interfaces.web.tests.conftest import AtDesk, Reported

PHONE = "13812346021"


def test_a_telephone_never_stands_in_an_address(town: Town, at_desk: AtDesk, reported: Reported) -> None:
    case = reported(phone=PHONE).case
    answer = at_desk("county").client.post("/desk/search/", {"q": PHONE})
    page = answer.content.decode()
    assert answer.status_code == 200 and case.number in page
    assert PHONE not in page and "no-store" in answer.headers["Cache-Control"]
    assert (
        "您能看的事项里，没有留这个电话的"
        in at_desk("county-610603").client.post("/desk/search/", {"q": PHONE}).content.decode()
    )


def test_everything_else_is_sent_on_to_an_address_that_can_be_kept(
    town: Town, at_desk: AtDesk, reported: Reported
) -> None:
    case, desk = reported().case, at_desk("county")
    sent = desk.client.post("/desk/search/", {"q": "暖气"})
    assert (sent.status_code, sent.headers["Location"]) == (302, "/desk/search/?q=%E6%9A%96%E6%B0%94")
    assert case.number in desk.see(sent.headers["Location"])
    straight = desk.client.get("/desk/search/", {"q": case.number.lower()})
    assert straight.headers["Location"] == f"/desk/cases/{case.number}/"


def test_a_list_is_narrowed_by_words_and_by_a_place(town: Town, at_desk: AtDesk, reported: Reported) -> None:
    case, desk = reported().case, at_desk("county")
    assert case.number in desk.see("/desk/cases/", tab="all", q="老人孩子")
    assert case.number in desk.see("/desk/cases/", tab="clue", place=case.l4)
    assert case.number not in desk.see("/desk/cases/", tab="all", place="610602999")
