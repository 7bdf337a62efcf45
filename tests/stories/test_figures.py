"""Every figure is recounted from the records behind it."""

from __future__ import annotations

import json
from datetime import date

from support.city import Town

from jieyou.commons.meetings.models import AgendaItem
from jieyou.interfaces.cli.figures import figure
from jieyou.kernel.calendar import clock
from jieyou.kernel.indicator import declared
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import Case
from jieyou.kernel.places import tree

YEAR = (date(2024, 4, 22), date(2025, 4, 22))


def printed(key: str, place: str = "6106") -> str:
    return figure(key, Scope(tree.by_code(place), *YEAR))["printed"]


def test_a_county_meeting_and_its_item_count_once_it_is_held(town: Town) -> None:
    item = town.concern("meeting")
    assert (printed("N36"), printed("N37")) == ("0", "0")
    town._to_decided(item)
    assert (printed("N36"), printed("N37")) == ("1", "1")
    assert printed("N36", "610603") == "0", "the neighbour held none"
    assert item.case in declared.by_figure("N37").records(Scope(tree.by_code("6106"), *YEAR))  # type: ignore[union-attr]


def test_an_item_tabled_twice_counts_once(town: Town) -> None:
    item = town.concern("handed")
    first = AgendaItem.objects.get(case=item.case)
    day = date(2024, 6, 17)
    meeting = town.walk.call_meeting(item.staff, 2, day, clock.at(day))
    again = AgendaItem(
        meeting_id=meeting.pk, case=first.case, position=1, outcome="resolved", decision="再议"
    )
    tracked.save(again, "system", "再次上会")
    Case.objects.filter(pk=meeting.pk).update(stage="held")
    assert (printed("N36"), printed("N37")) == ("2", "1")


def test_what_nobody_computes_yet_says_so(town: Town) -> None:
    row = figure("N01", Scope(tree.by_code("6106"), *YEAR))
    assert row["status"] == "not built"
    assert len(declared.figure_ids()) == 79


def test_the_command_answers_json_and_nothing_else(town: Town) -> None:
    rows = [figure(key, Scope(tree.by_code("6106"), *YEAR)) for key in declared.figure_ids()]
    assert json.loads(json.dumps(rows, ensure_ascii=False))[0]["id"] == "N01"
    assert all(row["unit"] for row in rows if row["status"] == "computed")
