"""Finding places of today and of another day."""

from datetime import date
from pathlib import Path

import pytest

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.places import load, tree
from jieyou.kernel.places.models import Place, PlaceCode

pytestmark = pytest.mark.django_db


def test_yanan_comes_in_once(yanan: None) -> None:
    assert Place.objects.count() == 2090
    assert PlaceCode.objects.filter(until=None).count() == 2090
    assert load.load_yanan("system") == load.Loaded(new=0, known=2090)
    assert PlaceCode.objects.count() == 2092


def test_every_loaded_place_is_on_the_record(yanan: None) -> None:
    (entry,) = tracked.history(tree.by_code("610602"))
    assert (entry.act, entry.by, entry.fields and entry.fields["name"]) == ("adopt", "system", "宝塔区")


def test_ansai_is_found_through_its_old_code(yanan: None) -> None:
    ansai = tree.by_code("610624")
    assert (ansai.name, ansai.code) == ("安塞区", "610603")
    assert tree.by_code("610624", date(2016, 6, 7)) == tree.by_code("610603", date(2016, 6, 8)) == ansai
    assert tree.code_on(ansai, date(2016, 6, 7)) == "610624"
    assert tree.name_on(ansai, date(2016, 6, 7)) == "安塞县"
    assert tree.name_on(ansai, date(2016, 6, 8)) == "安塞区"
    assert "国务院" in PlaceCode.objects.get(code="610624").note


def test_a_code_is_not_known_on_days_it_was_not_in_force(yanan: None) -> None:
    with pytest.raises(tree.UnknownPlace, match="2018年5月1日没有编码为610681的辖区"):
        tree.by_code("610681", date(2018, 5, 1))
    assert tree.by_code("610623", date(2018, 5, 1)).name == "子长市"
    with pytest.raises(tree.UnknownPlace):
        tree.by_code("610623", date(2024, 5, 1))


@pytest.mark.parametrize("code", ["610699", "延安", "12345"])
def test_an_unknown_code_is_refused_with_a_sentence(yanan: None, code: str) -> None:
    with pytest.raises(tree.UnknownPlace) as refusal:
        tree.by_code(code)
    assert code in refusal.value.sentence


def test_a_place_knows_its_line(yanan: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        village = tree.by_code("610602001001")
        assert tree.full_name(village) == "延安市宝塔区宝塔山街道杨家岭社区居委会"
    bare = Place.objects.get(pk=village.pk)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [place.level for place in tree.chain(bare)] == ["city", "county", "township", "village"]


def test_below_a_county_lies_what_begins_with_its_code(yanan: None) -> None:
    county = tree.by_code("610681")
    assert tree.children(county).count() == 11
    inside = tree.under(county).exclude(pk=county.pk)
    assert all(place.code.startswith("610681") for place in inside)
    assert (
        inside.count()
        == Place.objects.filter(parent=county).count() + Place.objects.filter(parent__parent=county).count()
    )


def test_level_columns_come_from_the_place(yanan: None) -> None:
    assert tree.levels_of(tree.by_code("610602001")) == {
        "l2": "6106", "l3": "610602", "l4": "610602001", "l5": "",
    }  # fmt: skip


def test_a_rename_is_not_undone_by_loading_again(yanan: None) -> None:
    place = tree.by_code("610602001")
    place.name = "新名街道"
    tracked.save(place, "system", "更名")
    load.load_yanan("system")
    assert tree.by_code("610602001").name == "新名街道"


def test_a_second_city_comes_in_beside_the_first(yanan: None, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text(
        "code,name,level\n6108,榆林市,city\n610802,榆阳区,county", encoding="utf-8"
    )
    assert load.load_csv(tmp_path / "more.csv", "system", clock.today()) == load.Loaded(2, 0)
    assert tree.full_name(tree.by_code("610802")) == "榆林市榆阳区"
