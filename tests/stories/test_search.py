"""Somebody remembers two characters, a number, a village, a telephone: the box on every page finds the matter."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.city import Town

from jieyou.commons.reports import intake, telling
from jieyou.commons.reports.intake import PUBLIC, Told
from jieyou.interfaces.demo.city import HOME_TOWNSHIP
from jieyou.interfaces.web.search import by_all, by_telephone, telephone_of
from jieyou.kernel.ledger import chain
from jieyou.kernel.ledger.models import Record
from jieyou.kernel.loop import seen
from jieyou.kernel.loop.grams import normal, tokens, words_of
from jieyou.kernel.loop.models import Case, CaseWords
from jieyou.kernel.places import tree
from jieyou.kernel.privacy import looks

PHONE = "13812346021"


def told(words: str = "三号楼电梯停运两周，老人下不了楼。", **more: Any) -> Case:
    """A resident says it, in the home township."""
    place = tree.children(tree.by_code(HOME_TOWNSHIP))[0]
    return intake.submit(Told(place=place, words=words, phone=PHONE, **more), PUBLIC).case


def found(town: Town, query: str, username: str = "county") -> list[str]:
    return [hit.case.number for hit in by_all(town.actor(username), query).hits]


def by(town: Town, query: str) -> list[str]:
    return [hit.by for hit in by_all(town.actor("county"), query).hits]


@pytest.mark.parametrize("query", ["电梯", "下不了楼", "三号楼 停运", "电梯停运两周"])
def test_two_characters_of_what_was_said_are_enough(town: Town, query: str) -> None:
    case = told()
    told("路灯不亮，晚上看不见路。")
    assert found(town, query) == [case.number]


@pytest.mark.parametrize(
    "query", ["电梯灯", "楼梯", "停运 路灯", "100%", "_梯", "电", "' OR 1=1 --", '"', "*"]
)
def test_what_was_not_said_is_not_found(town: Town, query: str) -> None:
    told()
    assert found(town, query) == []


def test_the_result_says_what_it_was_found_by(town: Town) -> None:
    case = told(title="电梯停运")
    assert by(town, "电梯停运") == ["名称"] and by(town, "老人下不了楼") == ["反映内容"]
    assert by(town, case.number[:9]) == ["编号"] and by(town, case.number[-4:]) == ["编号"]
    bit = by_all(town.actor("county"), "老人").hits[0].bit
    assert "老人下不了楼" in bit


def test_the_number_of_the_hotline_finds_it_too(town: Town) -> None:
    told(source="hotline", source_no="YA2024052000017")
    assert by(town, "YA2024052000017") == ["来件编号"]


def test_a_place_by_its_name_leads_to_its_list(town: Town) -> None:
    told()
    place = tree.by_code(HOME_TOWNSHIP)
    assert place.code in [p.code for p in by_all(town.actor("county"), place.name[:2]).places]


def test_a_telephone_is_found_however_it_is_typed_and_each_search_is_on_record(town: Town) -> None:
    case, county = told(), town.actor("county")
    for typed in ("13812346021", "138-1234-6021", "+86 138 1234 6021"):
        assert [h.case.number for h in by_telephone(county, telephone_of(typed)).hits] == [case.number]
    kept = list(Record.objects.filter(kind=looks.SEARCH))
    assert len(kept) == 3 and PHONE not in "".join(record.body for record in kept)
    assert chain.read(kept[0]) == {"by": county.title, "what": "电话"}


@pytest.mark.parametrize("typed", ["BT-2026-0001", "2026", "路灯13812346021", "13812346021号", "12345", ""])
def test_what_is_no_telephone_is_not_looked_up_as_one(typed: str) -> None:
    assert telephone_of(typed) == ""


def test_a_neighbour_finds_nothing_and_the_unit_only_from_the_day_it_has_to_do_with_it(town: Town) -> None:
    item = town.concern("assess")
    word = item.case.title[:4]
    assert found(town, word) and not found(town, word, "county-610603") and not found(town, word, "bureau")
    handed = town.concern("tracked")
    assert handed.case.number in found(town, handed.case.title[:4], "bureau")


def test_a_sealed_case_is_in_no_index_and_comes_in_when_it_is_unsealed(town: Town) -> None:
    case = told("镇上的干部在低保上优亲厚友，请查一查。", accused=True, accused_words="枣园街道办事处")
    assert case.sealed and not CaseWords.objects.filter(case=case).exists()
    assert found(town, "低保") == found(town, "低保", "city-sealed") == []
    town.act(case, "unseal", "city-sealed", words="核实后不涉及干部")
    assert found(town, "低保", "city") == [case.number]


def test_a_new_title_is_found_and_the_old_one_is_forgotten(town: Town) -> None:
    case = told("楼道里的灯坏了，请修一修。")
    town.act(case, "register", "county", title="南关街道照明", category="facility")
    assert found(town, "照明") == [case.number]
    assert CaseWords.objects.get(case=case).text.split("\n")[1] == "南关街道照明"


def test_joined_reports_are_found_where_they_are_handled(town: Town) -> None:
    one, other = told("电梯坏了，老人下不了楼。"), told("升降机停运，轮椅出不去。")
    town.act(other, "register", "county", title="升降机停运", category="facility")
    town.act(other, "join", "county", into=one.number)
    assert one.number in found(town, "轮椅")


def test_every_way_of_seeing_counts_a_case_once(town: Town) -> None:
    for stage in ("assess", "tracked", "visit", "archived"):
        town.concern(stage)
    for username in (
        "city",
        "county",
        "leader",
        "bureau",
        "township",
        "county-610603",
        "city-sealed",
        "admin",
    ):
        actor, cases = town.actor(username), Case.objects.all()
        each = [key for part in seen.apart(actor, cases) for key in part.values_list("pk", flat=True)]
        assert len(each) == len(set(each)) == seen.count(actor, cases)
        assert set(each) == set(seen.seen_by(actor).values_list("pk", flat=True))
        assert set(each) == {case.pk for case in seen.first(actor, cases, "due", 500)}


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="电梯停运路灯不亮Ａa1 ,，", min_size=2, max_size=24),
    st.integers(0, 20),
    st.integers(2, 6),
)
def test_any_piece_of_a_text_has_only_tokens_of_the_text(text: str, start: int, size: int) -> None:
    pieces = words_of(normal(text)[start : start + size])
    assert all(set(tokens(piece)) <= set(tokens(normal(text))) for piece in pieces)


def test_the_index_can_be_made_from_the_cases_alone(town: Town) -> None:
    case = told()
    before = CaseWords.objects.values("text", "scope").get(case=case)
    CaseWords.objects.all().delete()
    telling.after_migrate()
    assert CaseWords.objects.values("text", "scope").get(case=case) == before
    assert found(town, "电梯") == [case.number]
