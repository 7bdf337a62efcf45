"""Villages merge, townships split, and history keeps the codes of the day."""

from collections.abc import Callable
from datetime import date, timedelta
from json import loads
from typing import Any

import pytest

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.chain import read
from jieyou.kernel.ledger.models import Record
from jieyou.kernel.ledger.verify import verify_database
from jieyou.kernel.places import changes, tree
from jieyou.kernel.places.changes import BadChange, New
from jieyou.kernel.places.models import Place, PlaceCode, Succession
from jieyou.kernel.places.signals import tree_changed

At = Callable[[str], Place]
ON = date(2025, 3, 1)
EVE = ON - timedelta(days=1)
DONE: dict[str, Any] = {"on": ON, "by": "system", "why": "延政函〔2025〕8号"}


def test_two_villages_merge_into_a_new_one(at: At) -> None:
    old, other = at("610602100200"), at("610602100201")
    new = changes.merge([old, other], New("枣园新村", "610602100210"), **DONE)
    assert (new.parent, new.since, new.level) == (at("610602100"), ON, "village")
    assert tree.by_code("610602100201", EVE) == other
    assert tree.by_code("610602100201") == new
    assert [place.until for place in Place.objects.filter(pk__in=[old.pk, other.pk])] == [ON, ON]
    assert set(new.came_from.values_list("old_name", "kind")) == {("枣园村", "merge"), ("下砭沟村", "merge")}


def test_one_village_takes_another_in_and_keeps_its_id_and_code(at: At) -> None:
    keeps, goes = at("610602100200"), at("610602100201")
    assert changes.merge([keeps, goes], keeps, **DONE) == keeps
    assert at("610602100200") == at("610602100201") == keeps
    assert Place.objects.get(pk=goes.pk).until == ON


def test_merged_townships_bring_their_villages_along(at: At) -> None:
    keeps, goes = at("610602100"), at("610602101")
    moved = at("610602101201")
    changes.merge([goes], keeps, **DONE)
    assert [p.code[-3:] for p in tree.children(keeps)] == ["200", "201", "202", "203", "204"]
    assert at("610602101201") == moved
    assert tree.code_on(moved, EVE) == "610602101201"
    assert tree.levels_of(at("610602101201"))["l4"] == "610602100"


def test_the_clerk_may_say_the_new_codes(at: At) -> None:
    changes.merge([at("610602101")], at("610602100"), **DONE, codes_of={"610602101200": "610602100250"})
    assert at("610602100250").name == "李家洼村"


def test_a_township_splits_in_two(at: At) -> None:
    before, stays_behind = at("610602100"), at("610602100202")
    where = {"610602100200": "610602110", "610602100201": "610602110", "610602100202": "610602111"}
    north, south = changes.split(
        before, [New("枣园北镇", "610602110"), New("枣园南镇", "610602111")], **DONE, children=where
    )
    assert [p.name for p in tree.children(north)] == ["枣园村", "下砭沟村"]
    assert tree.chain(at("610602100202"))[-2:] == [south, stays_behind]
    assert tree.code_on(stays_behind, EVE) == "610602100202"
    assert tree.code_on(stays_behind, ON) == "610602111202"
    with pytest.raises(
        tree.UnknownPlace, match=r"2025年3月1日撤销，拆分为“枣园北镇”（610602110）、“枣园南镇”"
    ):
        at("610602100")
    assert tree.by_code("610602100", EVE) == before


def test_a_part_is_split_off_and_the_rest_stays(at: At) -> None:
    before = at("610602100")
    rest, part = changes.split(
        before, [before, New("裴庄镇", "610602110")], **DONE, children={"610602100202": "610602110"}
    )
    assert rest == at("610602100") == before
    assert tree.children(rest).count() == 2
    assert tree.full_name(at("610602100202")) == "延安市宝塔区裴庄镇裴庄村"
    assert part.came_from.get().before == before


def test_an_old_copy_of_a_place_is_read_again_first(at: At) -> None:
    old_copy, neighbour = at("610602100"), at("610602101")
    changes.recode(neighbour, "610602120", **DONE)
    where = dict.fromkeys(("610602100200", "610602100201", "610602100202"), "610602120")
    changes.split(old_copy, [neighbour, New("新镇", "610602130")], **DONE, children=where)
    assert tree.children(at("610602120")).count() == 5


def test_a_new_township_may_take_over_the_old_code(at: At) -> None:
    """Children whose code begins so already keep it."""
    new = changes.merge([at("610602100"), at("610602101")], New("枣园街道", "610602100"), **DONE)
    assert at("610602100") == new
    assert at("610602100200").parent == new
    assert PlaceCode.objects.filter(place=at("610602100200")).count() == 1
    assert tree.children(new).count() == 5


def test_a_county_gets_a_new_code_and_all_below_follow(at: At) -> None:
    village = at("610602100200")
    changes.recode(at("610602"), "610604", **DONE)
    village.refresh_from_db()
    assert village.code == "610604100200"
    assert at("610602100200") == tree.by_code("610602100200", EVE) == village
    assert Place.objects.filter(until=None, code__startswith="610602").count() == 0


def test_a_village_moves_to_another_county(at: At) -> None:
    village = at("610602100200")
    changes.move(village, at("610603100"), **DONE)
    assert tree.code_on(village, EVE) == "610602100200"
    assert at("610602100200").code == "610603100201"  # 200 is taken there
    assert tree.full_name(at("610603100201")) == "延安市安塞区砖窑湾镇枣园村"


def test_a_rename_keeps_the_name_of_the_day(at: At) -> None:
    place = changes.rename(at("610602100"), "枣园街道", **DONE)
    assert (place.code, place.name) == ("610602100", "枣园街道")
    assert tree.name_on(place, EVE) == "枣园镇"
    assert tree.name_on(place, ON) == "枣园街道"


def test_a_grid_is_founded_below_its_village(at: At) -> None:
    grid = changes.found(New("第一网格", "610602100200g1"), **DONE)
    assert grid.level == "grid"
    assert tree.levels_of(grid)["l5"] == "610602100200"
    changes.move(at("610602100200"), at("610602101"), **DONE)
    grid.refresh_from_db()
    assert grid.code == "610602101202g1"


def test_several_changes_of_one_day_leave_the_last_state(at: At) -> None:
    village = at("610602100200")
    changes.recode(village, "610602100300", **DONE)
    changes.recode(at("610602"), "610604", **DONE)
    assert tree.code_on(village, ON) == "610604100300"
    assert tree.code_on(village, EVE) == "610602100200"
    assert at("610602100300") == village


def test_an_old_code_that_another_place_has_now_means_the_other_place(at: At) -> None:
    old, other = at("610602100200"), at("610602100201")
    changes.recode(old, "610602100300", **DONE)
    changes.recode(other, "610602100200", **DONE)
    assert at("610602100200") == other
    assert tree.by_code("610602100200", EVE) == old


def test_a_place_merged_twice_is_found_at_its_last_heir(at: At) -> None:
    first, second, third = at("610602100200"), at("610602100201"), at("610602100202")
    changes.merge([first], second, **DONE)
    changes.merge([second], third, **DONE | {"on": date(2025, 6, 1)})
    assert at("610602100200") == third


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        (lambda at: changes.merge([at("610602100200"), at("610602101")], New("村", "610602100210"), **DONE),
         "“枣园村”是村（社区），“河庄坪镇”是乡镇（街道），层级不同，不能合并。"),
        (lambda at: changes.merge([at("610602100200")], New("村", "610602100210"), **DONE),
         "至少要有两个原辖区"),
        (lambda at: changes.merge([at("610602100200")], at("610602100200"), **DONE), "没有要并入的辖区。"),
        (lambda at: changes.split(at("610602100"), [at("610602100")], **DONE), "至少要有两个不同的辖区"),
        (lambda at: changes.split(
            at("610602100"), [New("甲镇", "610602110"), New("乙镇", "610602111")], **DONE,
            children={"610602100200": "610602110"},
        ), "请写明这些下级归哪个辖区：下砭沟村、裴庄村。"),
        (lambda at: changes.split(
            at("610602100"), [at("610602100"), New("乙镇", "610602111")], **DONE,
            children={"610603100200": "610602111"},
        ), "610603100200不是“枣园镇”现在的下级。"),
        (lambda at: changes.recode(at("610602100200"), "610602100201", **DONE),
         "编码610602100201在2025年3月1日属于“下砭沟村”，请换一个编码。"),
        (lambda at: changes.recode(at("610602100200"), "610602101210", **DONE),
         "应以上级“枣园镇”的编码610602100开头"),
        (lambda at: changes.recode(at("610602100200"), "610602", **DONE), "不是村（社区）一级的编码"),
        (lambda at: changes.recode(at("610602100"), "610602100", **DONE), "编码没有变化"),
        (lambda at: changes.rename(at("610602100"), "枣园镇", **DONE), "名称没有变化"),
        (lambda at: changes.rename(at("610602100"), " ", **DONE), "请填写辖区名称"),
        (lambda at: changes.move(at("610602100200"), at("610603"), **DONE), "不是直接的上下级"),
        (lambda at: changes.move(at("610602100200"), at("610602100"), **DONE), "本来就在“枣园镇”"),
        (lambda at: changes.found(New("孤村", "610602900200"), **DONE), "没有编码为610602900的上级辖区"),
        (lambda at: changes.found(New("网格", "610602100200g"), **DONE), "不是区划编码"),
        (lambda at: changes.rename(at("610602100"), "新名", **DONE | {"on": date(2019, 1, 1)}),
         "“枣园镇”2020年1月1日才设立"),
        (lambda at: changes.rename(at("610602100"), "新名", **DONE | {"on": date(2099, 1, 1)}), "还没有到"),
        (lambda at: changes.rename(at("610602100"), "新名", **DONE | {"why": " "}), "请写明变更依据"),
        (lambda at: changes.rename(at("610602100"), "新名", **DONE | {"why": "长" * 201}), "不超过200字"),
        (lambda at: changes.rename(at("610602100"), "长" * 81, **DONE), "不超过80字"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(
    at: At, story: Callable[[At], object], sentence: str
) -> None:
    before = list(Place.objects.values_list("code", "until"))
    with pytest.raises(BadChange) as refusal:
        story(at)
    assert sentence in refusal.value.sentence
    assert list(Place.objects.values_list("code", "until")) == before


def test_an_ended_place_changes_no_more(at: At) -> None:
    gone = at("610602100201")
    changes.merge([gone], at("610602100200"), **DONE)
    with pytest.raises(BadChange, match=r"“下砭沟村”（610602100201）已于2025年3月1日撤销，不能再变更。"):
        changes.rename(gone, "新村", **DONE)


def test_a_change_cannot_be_dated_before_the_last_one(at: At) -> None:
    changes.recode(at("610602100200"), "610602100300", **DONE)
    with pytest.raises(BadChange, match="“枣园村”自2025年3月1日起才用编码610602100300"):
        changes.recode(at("610602100"), "610602120", **DONE | {"on": EVE})
    changes.rename(at("610602100"), "枣园街道", **DONE)
    with pytest.raises(BadChange, match="2025年3月1日已更过名"):
        changes.rename(at("610602100"), "枣园乡", **DONE | {"on": EVE})


def test_what_left_a_township_later_was_still_in_it_on_the_day(at: At) -> None:
    changes.merge([at("610602100201")], at("610602100200"), **DONE)
    with pytest.raises(BadChange, match="“枣园镇”在2025年3月1日已有变更，变更日期不能早于这一天"):
        changes.recode(at("610602100"), "610602120", **DONE | {"on": EVE})


def test_nothing_comes_under_a_code_before_the_code_was_there(at: At) -> None:
    changes.recode(at("610602101"), "610602120", **DONE)
    with pytest.raises(BadChange, match="“河庄坪镇”自2025年3月1日起才用编码610602120"):
        changes.move(at("610602100200"), at("610602120"), **DONE | {"on": EVE})
    with pytest.raises(BadChange, match="“河庄坪镇”自2025年3月1日起才用编码610602120"):
        changes.found(New("新村", "610602120210"), **DONE | {"on": EVE})


def test_each_change_is_on_the_record_with_who_and_why(at: At) -> None:
    changes.recode(at("610602100"), "610602120", **DONE)
    record = Record.objects.filter(kind="place").latest("seq")
    body, payload = loads(record.body), read(record)
    assert (body["change"], body["on"], body["by"]) == ("recode", "2025-03-01", "system")
    assert ["610602100200", "610602120200"] in body["codes"]
    assert payload and payload["why"] == "延政函〔2025〕8号"
    last = tracked.history(at("610602120200"))[-1]
    assert last.fields and last.fields["code"] == "610602120200"


def test_the_record_proves_after_changes_and_finds_a_forged_place(at: At) -> None:
    changes.merge([at("610602101")], at("610602100"), **DONE)
    changes.recode(at("610602"), "610604", **DONE)
    assert verify_database().ok
    Place.objects.filter(code="610603").update(name="别处")
    assert not verify_database().ok


def test_the_loop_hears_which_places_changed(at: At) -> None:
    heard: list[dict[str, Any]] = []

    def listen(sender: object, **told: Any) -> None:
        heard.append(told)

    tree_changed.connect(listen)
    try:
        changes.merge([at("610602101")], at("610602100"), **DONE)
    finally:
        tree_changed.disconnect(listen)
    (told,) = heard
    assert (told["on"], told["kind"]) == (ON, "merge")
    assert {place.name for place in told["places"]} == {"河庄坪镇", "李家洼村", "石圪塔村"}


def test_a_receiver_that_fails_undoes_the_change(at: At) -> None:
    def fail(sender: object, **told: Any) -> None:
        raise RuntimeError("no")

    tree_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            changes.rename(at("610602100"), "枣园街道", **DONE)
    finally:
        tree_changed.disconnect(fail)
    assert at("610602100").name == "枣园镇"
    assert not Succession.objects.exists()


def test_today_is_the_clocks_today(at: At) -> None:
    with clock.moved(clock.at(date(2024, 8, 26))):
        changes.rename(at("610602100"), "枣园街道", **DONE | {"on": date(2024, 8, 26)})
        with pytest.raises(BadChange, match="还没有到"):
            changes.rename(at("610602100"), "枣园乡", **DONE)
