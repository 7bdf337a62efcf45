"""Records of the first edition still prove after a later one has added columns."""

from __future__ import annotations

from support.city import Town

from jieyou.kernel.loop import audit, record
from jieyou.kernel.loop.situation import facts_of

CONCERN = "concerns.Concern"


def test_columns_that_came_later_change_no_digest_while_they_are_blank(town: Town) -> None:
    case = town.concern("assess").case
    assert case is not None
    facts, first = facts_of(case), audit._first_columns(CONCERN)
    assert "reach" in first and "crux" not in first
    assert audit._as_recorded({"state": record.whole_state(case, facts, first)}, case, facts)


def test_what_stands_in_a_later_column_is_no_record_of_the_first_edition(town: Town) -> None:
    case = town.concern("assess").case
    assert case is not None
    facts, first = facts_of(case), audit._first_columns(CONCERN)
    old = {"state": record.whole_state(case, facts, first)}
    facts.crux = "后来改的"
    assert not audit._as_recorded(old, case, facts)
    facts.crux, facts.reach = "", 99
    assert not audit._as_recorded(old, case, facts)
