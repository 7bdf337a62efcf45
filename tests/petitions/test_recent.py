"""The demo's recent weeks walk the real doors; residents and clerks read what they should on the pages."""

from __future__ import annotations

from random import Random

from django.test import Client

from jieyou.interfaces.demo.petitionrecent import SPREAD, Recent
from jieyou.interfaces.demo.petitionyear import Year
from jieyou.kernel.loop.models import Case
from petitions.letters import Letters, staff


def test_the_recent_weeks_and_their_pages(letters: Letters) -> None:
    made = Recent(Year(letters.town.city, letters.bureaus, Random(3))).load()
    assert made == len(SPREAD) + 1
    clerk = staff(letters, "petition")
    listed = clerk.get("/desk/cases/?loop=petition&tab=all").content.decode()
    stood = {case.stage: case for case in Case.objects.filter(loop="petition", sealed=False)}
    assert all(case.number in listed for case in stood.values())
    for stage in ("working", "review"):
        assert (
            "《信访工作条例》第三十四条" in clerk.get(f"/desk/cases/{stood[stage].number}/").content.decode()
        )
    rota = Case.objects.get(loop="petition_rota")
    assert "接访安排" in staff(letters, "petition-city").get(f"/desk/cases/{rota.number}/").content.decode()


def test_a_clerk_writes_down_a_letter_with_the_day_it_came(letters: Letters) -> None:
    clerk, place = staff(letters, "petition"), letters.town.item().place
    assert clerk.get("/desk/petitions/new/").status_code == 200
    assert staff(letters, "county").get("/desk/petitions/new/").status_code == 404
    said = {"place-township": place.code[:9], "place-village": place.code, "words": "请求兑付拖欠的工资。", "channel": "letter",
            "received_on": "2024-05-20", "external_no": "XF1", "client_key": "k" * 24}  # fmt: skip
    assert "查询编号" in clerk.post("/desk/petitions/new/", said).content.decode()
    again = clerk.post("/desk/petitions/new/", said | {"client_key": "j" * 24})
    assert again.status_code == 422 and "已经登记过" in again.content.decode()
    case = Case.objects.get(loop="petition")
    assert str(letters.due(case, "petition.dispatch")) == "2024-06-04"


def test_a_resident_asks_for_it_to_be_a_petition_and_tracks_it(letters: Letters) -> None:
    place, phone = letters.town.item().place, Client()
    said = {"category": "heating", "words": "征地补偿款还差一半，请书面答复。", "county": "610602", "township": place.code[:9],
            "village": place.code, "petition": "1", "client_key": "x" * 24}  # fmt: skip
    assert "由信访部门办理" in phone.post("/report/check/", said).content.decode()
    page = phone.post("/report/sent/", said).content.decode()
    assert "宝塔区信访局" in page and "复查" in page
    assert Case.objects.get(loop="petition").home.name == "宝塔区信访局"
    letters_case = letters.answered()
    report = letters_case.reports.get()
    secret = page.split('data-secret="')[1].split('"')[0]
    assert "信访部门正在登记" in phone.post("/track/", {"secret": secret}, follow=True).content.decode()
    assert "复查" in report.reply
