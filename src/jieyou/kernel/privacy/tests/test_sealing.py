"""Sealed columns: nothing comes out by accident, nothing opens elsewhere, keys can be changed."""

import copy
import json
import pickle
from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection
from django.template import Context, Template

from jieyou.kernel.privacy import keys, sealing
from jieyou.kernel.privacy.sealing import Unopenable, blind, open_field, open_sealed, seal
from jieyou.kernel.privacy.tests.models import Slip

NEW = "k2:" + "n" * 40
OLD = "k1:" + "o" * 40


def test_what_was_sealed_opens_with_the_same_about_only() -> None:
    token = seal("13812346021", "reports.phone:1")
    assert "138" not in token
    assert open_sealed(token, "reports.phone:1") == "13812346021"
    with pytest.raises(Unopenable, match="不属于这条记录"):
        open_sealed(token, "reports.phone:2")


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert seal("李明", "x") != seal("李明", "x")


@pytest.mark.parametrize("token", ["k1.", "k1.AAAA", "k1.不是密文", "k1." + "A" * 60])
def test_a_damaged_token_is_told(token: str) -> None:
    with pytest.raises(Unopenable):
        open_sealed(token, "x")


def test_every_changed_character_is_noticed() -> None:
    token = seal("一句话", "x")
    for place in range(3, len(token) - 1):
        other = "A" if token[place] != "A" else "B"
        with pytest.raises(Unopenable):
            open_sealed(token[:place] + other + token[place + 1 :], "x")


@pytest.mark.usefixtures("slips")
class TestColumn:
    def test_reading_it_says_only_that_it_is_sealed(self) -> None:
        slip = Slip.objects.create(title="漏水", phone="13812346021")
        for row in (slip, Slip.objects.get()):
            assert str(row.phone) == f"{row.phone}" == "已封存"
            assert repr(row.phone) == "<已封存>"
            assert json.dumps({"phone": row.phone}, ensure_ascii=False) == '{"phone": "已封存"}'
            assert Template("{{ row.phone }}").render(Context({"row": row})) == "已封存"
            assert "13812346021" not in repr(vars(row))
            assert open_field(row, "phone") == "13812346021"

    def test_the_database_and_its_dump_hold_the_token(self) -> None:
        slip = Slip.objects.create(phone="13812346021")
        with connection.cursor() as cursor:
            cursor.execute("SELECT phone FROM privacy_tests_slip")
            (stored,) = cursor.fetchone()
        assert stored.startswith("k1.")
        assert stored in serializers.serialize("json", [slip])
        assert list(Slip.objects.values_list("phone", flat=True)) == ["已封存"]

    def test_nothing_stays_nothing(self) -> None:
        slip = Slip.objects.create()
        assert not slip.phone and not Slip.objects.get().phone
        assert open_field(slip, "phone") == ""
        assert Slip.objects.filter(phone="").count() == 1

    def test_it_survives_copying_saving_and_deferring(self) -> None:
        slip = Slip.objects.create(phone="13812346021", words="楼道漏水")
        slip.phone = pickle.loads(pickle.dumps(copy.deepcopy(slip.phone)))
        slip.save()
        later = Slip.objects.only("title").get()
        later.title = "漏"
        later.save()
        assert open_field(later, "phone") == "13812346021"
        slip.refresh_from_db()
        assert open_field(slip, "words") == "楼道漏水"

    def test_bulk_ways_seal_as_well(self) -> None:
        slips = Slip.objects.bulk_create([Slip(phone="1"), Slip(phone="2")])
        slips[0].phone = "3"
        Slip.objects.bulk_update(slips, ["phone"])
        assert sorted(open_field(row, "phone") for row in Slip.objects.all()) == ["2", "3"]

    def test_given_to_another_row_it_is_sealed_anew_for_it(self) -> None:
        first = Slip.objects.create(phone="13812346021")
        second = Slip.objects.create(phone=Slip.objects.get().phone)
        second.refresh_from_db()
        assert open_field(second, "phone") == "13812346021"
        assert open_field(first, "phone") == "13812346021"

    def test_a_token_copied_behind_the_back_does_not_open(self) -> None:
        first, second = Slip.objects.create(phone="1"), Slip.objects.create(phone="2")
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE privacy_tests_slip SET phone = (SELECT max(phone) FROM privacy_tests_slip)"
            )
        opened = []
        for row in Slip.objects.filter(pk__in=[first.pk, second.pk]):
            try:
                opened.append(open_field(row, "phone"))
            except Unopenable:
                opened.append("zu")
        assert sorted(opened)[-1] == "zu" and opened.count("zu") == 1

    def test_plain_text_cannot_slip_into_the_column(self) -> None:
        Slip.objects.create(phone="13812346021")
        with pytest.raises(TypeError, match="sealed"):
            Slip.objects.update(phone="13812346021")
        with pytest.raises(TypeError, match="blind index"):
            Slip.objects.filter(phone="13812346021").count()
        with pytest.raises(FieldError):
            Slip.objects.filter(phone__contains="138").count()

    def test_the_placeholder_is_never_stored(self) -> None:
        """A form that shows “已封存” and is sent back unchanged must not overwrite what is sealed."""
        with pytest.raises(ValueError, match="占位文字"):
            Slip(phone="已封存")

    def test_a_renamed_column_keeps_its_old_about(self) -> None:
        slip = Slip.objects.create(words="楼道漏水")
        assert open_sealed(slip.words.token, f"privacy_tests.slip.text:{slip.pk}") == "楼道漏水"
        assert Slip._meta.get_field("words").deconstruct()[3]["about"] == "privacy_tests.slip.text"

    def test_a_row_without_a_key_cannot_seal(self) -> None:
        with pytest.raises(TypeError, match="after the row's key"):
            Slip(id=None, phone="1")

    def test_keys_are_changed_row_by_row(self, settings: Any) -> None:
        settings.SEALING_KEY = OLD
        slip = Slip.objects.create(phone="13812346021", words="楼道漏水")
        settings.SEALING_KEY = f"{NEW},{OLD}"
        assert open_field(Slip.objects.get(), "phone") == "13812346021"
        assert sealing.rotate(Slip) == 2
        assert sealing.rotate(Slip) == 0
        settings.SEALING_KEY = NEW
        assert open_field(Slip.objects.get(pk=slip.pk), "words") == "楼道漏水"
        with pytest.raises(Unopenable, match="找不到密钥 k1"):
            open_field(slip, "phone")


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("phone", "13812346021", "+86 138-1234 6021"),
        ("phone", "13812346021", "１３８１２３４６０２１"),
        ("phone", "0911-2123456", "（0911）2123456"),
        ("name", "买买提·艾力", "买买提 艾力"),
        ("name", "John Li", "john li"),
        ("idcard", "11010519491231002x", "110105 19491231 002X"),
    ],
)
def test_one_person_has_one_blind_index_however_typed(kind: str, one: str, other: str) -> None:
    assert blind(one, kind) == blind(other, kind)
    assert len(blind(one, kind)) == 64


def test_blind_indexes_of_kinds_and_of_nothing() -> None:
    assert blind("13812346021", "phone") != blind("13812346021", "name")
    assert blind(" ", "phone") == blind("", "name") == ""


def test_lookups_do_not_change_when_a_new_key_is_put_in_front(settings: Any) -> None:
    settings.SEALING_KEY = OLD
    before = blind("李明", "name")
    settings.SEALING_KEY = f"{NEW},{OLD}"
    assert blind("李明", "name") == before


@pytest.mark.parametrize("setting", ["short", "k1:short", f"{OLD},{OLD}"])
def test_keys_that_cannot_be_right_are_refused(settings: Any, setting: str) -> None:
    settings.SEALING_KEY = setting
    with pytest.raises(ImproperlyConfigured):
        keys.ring()


def test_a_single_secret_may_hold_any_character(settings: Any) -> None:
    settings.SEALING_KEY = "a,b:c" * 10
    assert list(keys.ring()) == ["k1"]
