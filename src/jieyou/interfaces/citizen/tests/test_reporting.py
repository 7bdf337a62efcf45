"""A resident reports without an account."""

from __future__ import annotations

import re
from types import SimpleNamespace

from django.test import Client

from jieyou.commons.reports.models import Report
from jieyou.interfaces.citizen import photos
from jieyou.interfaces.citizen.tests.conftest import WORDS, Resident, photo
from jieyou.kernel.evidence import store
from jieyou.kernel.privacy.sealing import open_field


def test_reports_without_an_account_and_gets_a_number(city: SimpleNamespace, resident: Resident) -> None:
    secret = resident.report(where="佳苑小区 3 号楼")
    report = Report.objects.get()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", secret)
    assert (report.words, report.where, report.case.home.name) == (WORDS, "佳苑小区 3 号楼", city.office.name)
    assert report.case.stage == "clue" and report.source == "phone_page"


def test_the_first_thing_on_the_first_page_is_help_in_an_emergency(
    city: SimpleNamespace, client: Client
) -> None:
    page = client.get("/").content.decode()
    assert page.index("tel:110") < page.index("我要反映")
    assert all(f"tel:{number}" in page for number in (110, 119, 120, 122, 12345))


def test_the_number_is_nowhere_in_the_database(city: SimpleNamespace, resident: Resident) -> None:
    secret = resident.report()
    report = Report.objects.get()
    assert secret not in str(vars(report)) and secret.replace("-", "") not in str(vars(report))


def test_sent_twice_comes_in_once_and_shows_the_same_number(
    city: SimpleNamespace, resident: Resident
) -> None:
    form = resident.form()
    first, second = (resident.secret(resident.client.post("/report/sent/", form)) for _ in range(2))
    assert first == second and Report.objects.count() == 1


def test_going_back_and_writing_something_else_is_another_report(
    city: SimpleNamespace, resident: Resident
) -> None:
    form = resident.form()
    first = resident.secret(resident.client.post("/report/sent/", form))
    second = resident.secret(resident.client.post("/report/sent/", form | {"words": "路灯也坏了三盏。"}))
    assert first != second and Report.objects.count() == 2


def test_nothing_is_sent_before_the_last_press(city: SimpleNamespace, resident: Resident) -> None:
    page = resident.text(resident.client.post("/report/check/", resident.form(phone="13812345678")))
    assert "核对一下，还没有提交" in page and "13812345678" in page and "宝塔区 枣园镇 枣园村" in page
    assert not Report.objects.exists()


def test_wrong_answers_come_back_with_a_sentence_each_and_nothing_lost(
    city: SimpleNamespace, resident: Resident
) -> None:
    form = resident.form(
        words="冷", phone="12", category="", name="王女士", county="", township="", village=""
    )
    page = resident.text(resident.client.post("/report/check/", form))
    for field, sentence in (
        ("category", "请选一下是哪方面的事"),
        ("words", "至少 5 个字"),
        ("county", "哪个县区"),
        ("phone", "电话号码好像不对"),
    ):
        assert re.search(rf'<a href="#{field}">[^<]*{sentence}', page), field
        assert f'id="{field}"' in page
    assert "<title>错误：" in page and "王女士" in page and 'value="12"' in page


def test_without_script_the_lists_of_places_come_one_after_the_other(
    city: SimpleNamespace, resident: Resident
) -> None:
    form = resident.form(to="place", township="", village="")
    page = resident.text(resident.client.post("/report/", form))
    assert "枣园镇" in page and "砖窑湾镇" not in page and WORDS in page
    found = resident.text(resident.client.post("/report/", form | {"to": "find", "seek": "杨桥"}))
    assert "安塞区 砖窑湾镇 杨桥畔村" in found
    chosen = resident.text(resident.client.post("/report/check/", form | {"found": "610603100200"}))
    assert "安塞区 砖窑湾镇 杨桥畔村" in chosen


def test_a_township_of_another_county_is_forgotten(city: SimpleNamespace, resident: Resident) -> None:
    form = resident.form(county="610603")
    page = resident.text(resident.client.post("/report/check/", form))
    assert "安塞区" in page and "枣园" not in page


def test_telephone_numbers_in_the_words_are_covered(city: SimpleNamespace, resident: Resident) -> None:
    resident.report(words="物业 13812346021 没人接电话。", phone="139 1234 5678", name="王女士")
    report = Report.objects.get()
    assert "138****6021" in report.words and "13812346021" not in str(vars(report))
    assert (open_field(report, "phone"), str(report.name)) == ("139 1234 5678", "已封存")


def test_photos_travel_with_the_report_and_lose_their_data(city: SimpleNamespace, resident: Resident) -> None:
    form = resident.form()
    page = resident.text(
        resident.client.post("/report/check/", form | {"photos": [photo("IMG_1.jpg"), photo()]})
    )
    assert "2 张" in page and page.count("data:image/jpeg") == 2
    resident.client.post("/report/", form | {"drop": ["1"]})
    resident.client.post("/report/sent/", form)
    kept = list(store.of(Report.objects.get().pk))
    assert [each.name for each in kept] == ["照片1.jpg"]
    assert not photos.kept(form["client_key"])


def test_what_is_no_photo_is_refused_and_nothing_else_is_lost(
    city: SimpleNamespace, resident: Resident
) -> None:
    bad = photo("a.jpg")
    bad.file.seek(0)
    bad.file.write(b"<svg>not a photo")
    bad.file.seek(0)
    page = resident.text(resident.client.post("/report/check/", resident.form(photos=[bad])))
    assert "没有收下" in page and WORDS in page


def test_a_sealed_report_goes_to_the_city_and_shows_nothing(
    city: SimpleNamespace, resident: Resident
) -> None:
    secret = resident.report(words="村支书张三挪用危房款。", accused="1", accused_words="张三")
    report = Report.objects.get()
    assert (
        report.case.sealed
        and report.case.home == city.city
        and "张三" not in str(vars(report)) + str(report.case)
    )
    page = resident.track(secret)
    assert "已收到" in page and "密封" in page
    assert "张三" not in page and "枣园" not in page and report.case.number not in page


def test_words_of_harm_call_a_person_and_show_the_numbers(city: SimpleNamespace, resident: Resident) -> None:
    form = resident.form(words="老公又打我和孩子，我不想活了。")
    check = resident.text(resident.client.post("/report/check/", form))
    receipt = resident.text(resident.client.post("/report/sent/", form))
    report = Report.objects.get()
    assert report.harm and report.case.due is not None
    for page in (check, receipt):
        assert page.index("tel:110") < page.index("<dl" if page is check else 'id="secret"')
    assert "会马上看" in receipt


def test_too_many_reports_from_one_network_name_another_way(
    city: SimpleNamespace, resident: Resident, monkeypatch
) -> None:
    monkeypatch.setenv("JIEYOU_REPORTS_PER_HOUR", "2")
    for n in range(2):
        resident.report(words=f"{WORDS}{n}")
    again = resident.client.post("/report/sent/", resident.form(words=f"{WORDS}又冷了"))
    assert again.status_code == 429 and "12345" in resident.text(again) and "又冷了" in resident.text(again)
    assert Report.objects.count() == 2


def test_an_old_page_loses_no_words(city: SimpleNamespace, resident: Resident) -> None:
    form = resident.form()
    old = Client(enforce_csrf_checks=True).post("/report/check/", form)
    assert old.status_code == 403 and WORDS in resident.text(old) and "放得太久" in resident.text(old)


def test_large_type_is_a_button_on_every_form_and_loses_nothing(
    city: SimpleNamespace, resident: Resident
) -> None:
    large = resident.text(resident.client.post("/report/", resident.form(to="elder")))
    assert 'class="elder fs20"' in large and WORDS in large and "tel:12345" in large
    assert 'class="elder fs20"' in resident.text(resident.client.get("/"))
    larger = resident.text(resident.client.post("/report/check/", resident.form(to="larger")))
    assert 'class="elder fs24"' in larger and WORDS in larger
    resident.client.get("/elder/?to=larger&next=/")
    home = resident.text(resident.client.get("/"))
    assert 'class="elder fs30"' in home and "字小一点" in home and "字大一点" not in home
    resident.client.get("/elder/?on=0&next=/track/")
    assert 'class="elder' not in resident.text(resident.client.get("/"))


def test_the_switch_leads_to_no_other_site(client: Client, city: SimpleNamespace) -> None:
    assert client.get("/elder/?on=1&next=https://example.org/")["Location"] == "/"


def test_pages_with_personal_words_are_never_kept_by_the_browser(
    city: SimpleNamespace, resident: Resident
) -> None:
    assert resident.client.post("/report/check/", resident.form())["Cache-Control"] == "no-store"
    assert resident.client.get("/track/")["Cache-Control"] == "no-store"
