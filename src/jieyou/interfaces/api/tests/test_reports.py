"""Taking in what residents said, and what comes out again."""

from __future__ import annotations

from typing import Any

import pytest

from jieyou.commons.reports import intake
from jieyou.commons.reports.models import Report
from jieyou.interfaces.api.tests import walk
from jieyou.interfaces.api.tests.conftest import County
from jieyou.kernel.loop.models import Case


def test_a_report_comes_in_and_its_secret_opens_it(county: County) -> None:
    receipt = walk.told(county, source="hotline", source_no="GD202601")
    found = intake.lookup(receipt["secret"])
    assert found is not None and found.case.number == receipt["number"]
    assert (found.source, found.source_no) == ("hotline", "GD202601")


def test_sending_twice_comes_in_once(county: County) -> None:
    assert walk.told(county, key="a1") == walk.told(county, key="a1")
    assert Report.objects.count() == 1


def test_the_same_key_of_another_system_is_another_report(county: County) -> None:
    ours = walk.told(county, key="1")
    body = {"place": "610602005001", "words": walk.WORDS, "name": "刘梅", "phone": "13812346021"}
    theirs = county.city.post("/reports", body, **{"Idempotency-Key": "1"})
    assert theirs.status == 201 and theirs.body["secret"] != ours["secret"]


def test_what_comes_out_has_no_telephone_and_no_name(county: County) -> None:
    receipt = walk.told(county)
    out = [
        county.clerk.get(f"/reports/{receipt['id']}").body,
        county.clerk.get(f"/jieyou/{receipt['number']}").body,
        county.clerk.get("/jieyou").body,
    ]
    assert "13812346021" not in str(out) and "刘梅" not in str(out)
    assert "138****6021" in out[0]["words"] and out[0]["has_phone"] and out[0]["has_name"]


def test_what_a_clerk_typed_goes_out_masked_as_well(county: County) -> None:
    number = walk.told(county)["number"]
    title = "三号楼刘家13812346021漏水"
    answer = walk.step(county.clerk, number, "register", {"title": title, "category": walk.category(county)})
    whole = county.head.get(f"/jieyou/{number}").body
    assert "13812346021" not in str(answer) + str(whole) + str(county.head.get("/jieyou").body)
    assert whole["events"][-1]["data"]["title"] == "三号楼刘家138****6021漏水"


@pytest.mark.parametrize("name", ["neighbour", "town", "officer", "admin"])
def test_a_stranger_does_not_find_the_report(county: County, name: str) -> None:
    assert county.callers[name].get(f"/reports/{walk.told(county)['id']}").status == 404


@pytest.mark.parametrize("name", ["head", "caller", "officer", "town", "admin"])
def test_only_a_clerk_of_an_office_takes_reports(county: County, name: str) -> None:
    body = {"place": "610602005001", "words": walk.WORDS}
    assert county.callers[name].post("/reports", body).status == 403


def test_a_clerk_takes_none_for_another_county(county: County) -> None:
    body = {"place": "610602005001", "words": walk.WORDS}
    assert county.neighbour.post("/reports", body).body["sentence"] == "不是您的辖区，不能登记"
    assert county.city.post("/reports", body).status == 201


WRONG = [
    ({"place": "61"}, "place"),
    ({"place": "610699"}, "place"),
    ({"words": "漏水"}, "words"),
    ({"words": "漏" * 5001}, "words"),
    ({"phone": "123"}, "phone"),
    ({"category": "no-such"}, "category"),
    ({"source": "import"}, "source"),
    ({"told_at": "0001-01-01T00:00:00+14:00"}, "told_at"),
    ({"told_at": "2999-01-01T00:00:00Z"}, "told_at"),
    ({"told_at": "昨天"}, "told_at"),
    ({"title": "\ud800"}, "title"),
    ({"name": "长" * 61}, "name"),
    ({"colour": "red"}, "colour"),
]


@pytest.mark.parametrize(("given", "item"), WRONG)
def test_what_is_wrong_is_said_by_its_item(county: County, given: dict[str, Any], item: str) -> None:
    body = {"place": "610602005001", "words": walk.WORDS} | given
    refused = county.clerk.post("/reports", body)
    assert refused.status == 422 and set(refused.body["errors"]) == {item}
    assert not refused.body["sentence"].isascii()
    assert Case.objects.count() == 0


def test_a_file_that_is_not_what_it_says_is_refused(county: County) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    number = walk.told(county)["number"]
    refused = county.clerk.upload(f"/jieyou/{number}/evidence", SimpleUploadedFile("a.jpg", walk.PDF))
    assert refused.status == 422 and "file" in refused.body["errors"]
    assert county.clerk.post(f"/jieyou/{number}/evidence", {}).status == 422
