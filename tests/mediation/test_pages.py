"""The committee's own pages, and what a resident without a number, or with another's, gets."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from permissions.world import picture

from jieyou.interfaces.citizen.mediating import MINE
from jieyou.kernel.calendar import clock
from jieyou.kernel.privacy import looks
from jieyou.mechanisms.mediation.models import Mediator, Party, Visit
from mediation.conftest import ANNA, BEN, Room


def desk(room: Room, username: str) -> Client:
    client = Client()
    client.force_login(room.town.account(username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def phone(room: Room, side: str) -> Client:
    client = Client()
    assert client.post("/mediation/mine/", {"secret": room.secrets[side]}).status_code == 302
    assert MINE in client.cookies
    return client


def test_the_committee_keeps_its_menu_with_a_checked_photo(room: Room) -> None:
    staff = desk(room, "mediator")
    assert "白玉成" in staff.get("/desk/mediation/people/").content.decode()
    said = {"name": "冯桂兰", "engaged": "on", "published": "on", "pool": "law", "photo": picture("冯.jpg")}
    assert staff.post("/desk/mediation/people/new/", said).status_code == 302
    one = Mediator.objects.get(name="冯桂兰")
    assert Client().get(f"/mediation/photo/{one.pk}/").status_code == 200
    bad = SimpleUploadedFile("冯.jpg", b"MZ not a picture")
    assert staff.post(f"/desk/mediation/people/{one.pk}/", {**said, "photo": bad}).status_code == 422
    assert staff.post(f"/desk/mediation/people/{one.pk}/", {"name": "冯桂兰", "off": "on"}).status_code == 302
    assert "冯桂兰" not in Client().get("/mediation/").content.decode()


def test_the_committee_prints_names_in_full_and_it_is_on_the_record(room: Room) -> None:
    case = room.to_performing()
    staff = desk(room, "mediator")
    page = staff.get(f"/desk/cases/{case.number}/").content.decode()
    assert "郝某某" in page and ANNA.name not in page
    for ending in ("pdf", "docx"):
        assert staff.post(f"/desk/mediation/{case.number}/agreement.{ending}").status_code == 200
    seen = looks.looks_at(*Party.objects.values_list("pk", flat=True))
    assert any("打印人民调解协议书" in look.why for look in seen)
    assert desk(room, "county").post(f"/desk/mediation/{case.number}/agreement.pdf").status_code == 404


def test_a_number_given_anew_replaces_the_old_one(room: Room) -> None:
    case = room.apply()
    page = desk(room, "mediator").post(f"/desk/mediation/{case.number}/secret/b/").content.decode()
    fresh = page.split('id="secret"><b>')[1][:14]
    assert Client().post("/mediation/mine/", {"secret": room.secrets["b"]}).status_code == 200
    assert Client().post("/mediation/mine/", {"secret": fresh}).status_code == 302


def test_a_party_added_at_the_desk_needs_a_name(room: Room) -> None:
    case, staff = room.apply(), desk(room, "mediator")
    staff.post(f"/desk/mediation/{case.number}/party/", {"name": "", "phone": "1"})
    assert sorted(room.facts(case).sides) == ["a", "b"]
    staff.post(f"/desk/mediation/{case.number}/party/", {"name": "冯桂兰", "phone": "13800000003"})
    assert sorted(room.facts(case).sides) == ["a", "b", "c"]


@pytest.mark.parametrize("path", ["/mediation/apply/", "/mediation/join/", "/mediation/mine/"])
def test_an_empty_form_comes_back_with_its_errors(town: object, path: str) -> None:
    assert "wrong-title" in Client().post(path, {}).content.decode()


def test_each_party_does_his_own_part_only_and_sees_no_name_of_the_other(room: Room) -> None:
    case = room.to_choosing()
    a, b = phone(room, "a"), phone(room, "b")
    assert a.post("/mediation/act/", {"do": "propose", "outside": "老支书韩长贵"}).status_code == 302
    page = b.get("/mediation/mine/").content.decode()
    assert "老支书韩长贵" in page and ANNA.name not in page and BEN.name not in page
    assert b.post("/mediation/act/", {"do": "accept"}).status_code == 404, (
        "the committee's steps are not theirs"
    )
    assert b.get("/mediation/paper/agreement.pdf").status_code == 404
    assert room.town.fresh(case).stage == "choosing"


def test_a_wrong_signature_keeps_what_was_typed(room: Room) -> None:
    room.to_signing()
    said = {"do": "sign", "sign_name": BEN.name, "code": room.secrets["a"], "sign_yes": "on"}
    page = phone(room, "a").post("/mediation/act/", said).content.decode()
    assert "不一样" in page and BEN.name in page and clock.today()


def test_the_committee_plans_visits_to_villages_and_says_which_were_made(room: Room) -> None:
    staff, village = desk(room, "mediator"), room.town.item().place
    said = {
        "mediator": room.talker.pk.hex,
        "day": str(clock.today()),
        "place-township": village.code[:9],
        "place-village": village.code,
    }
    assert staff.post("/desk/mediation/visits/", said).status_code == 302
    assert village.name in Client().get("/mediation/").content.decode()
    again = staff.post("/desk/mediation/visits/", said)
    assert again.status_code == 422 and "这一天已经安排了" in again.content.decode()
    row = Visit.objects.get()
    staff.post(f"/desk/mediation/visits/{row.pk}/", {"state": "off"})
    assert Visit.objects.get().state == "planned", "a visit that was not made says why"
    staff.post(f"/desk/mediation/visits/{row.pk}/", {"state": "done", "words": "说和两件"})
    assert (Visit.objects.get().state, village.name in Client().get("/mediation/").content.decode()) == (
        "done",
        False,
    )
    assert "“樊九平式”调解联盟" in staff.get("/desk/mediation/bodies/").content.decode()
