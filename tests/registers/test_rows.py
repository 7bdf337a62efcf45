"""An organisation is written down once, put right, taken off, brought back; who may, and what the record says."""

from __future__ import annotations

from datetime import date

import pytest
from support.city import Town

from jieyou.commons.directory import standing
from jieyou.commons.directory.models import Standing
from jieyou.kernel.ledger import tracked, verify
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.register import keeping
from registers.conftest import CODE, Registers


def test_a_clerk_of_the_township_keeps_his_own_place_and_reads_no_other(registers: Registers) -> None:
    registers.shop("township")
    assert registers.listed("township") == registers.listed("county") == ["桥沟鲜果批发部"]
    assert registers.listed("county-610603") == []
    with pytest.raises(Refused, match="这个辖区的台账不由您登记"):
        registers.shop("township", name="别处的", uscc="", place=registers.village(code="610602002"))


def test_one_organisation_is_written_down_once(registers: Registers) -> None:
    registers.shop()
    with pytest.raises(Refused, match="已经登记：桥沟鲜果批发部"):
        registers.shop(n=1, name="又来一次", uscc=CODE.lower())


def test_a_form_says_all_that_is_wrong_at_once(registers: Registers) -> None:
    with pytest.raises(Refused) as no:
        registers.shop(name="", uscc="91", kind="x", place="")
    assert set(no.value.errors) == {"name", "uscc", "kind", "place"}


def test_closing_down_ends_the_time_of_operating_and_undoing_it_brings_it_back(
    registers: Registers, town: Town
) -> None:
    row, clerk, before = registers.shop(), town.actor("county"), date(2024, 5, 5)
    told = registers.told(row, status="paused", status_since="2024-05-06", status_source="实地走访")
    keeping.change(registers.organisations, row, told, clerk)
    assert [str(one) for one in row.standings.all()] == ["正常运营", "停业、歇业"]
    assert standing.on(before, ("operating",)).get() == row
    assert not standing.on(date(2024, 5, 6), ("operating",)).exists()
    keeping.undo(registers.organisations, row, clerk)
    assert [(str(one), one.until) for one in Standing.objects.all()] == [("正常运营", None)]
    assert [one.why for one in tracked.history(row)] == ["登记", "更正", "撤销上一次改动"]
    assert verify.verify_database().ok


def test_of_two_clerks_with_the_same_form_one_wins(registers: Registers, town: Town) -> None:
    row, clerk = registers.shop(), town.actor("county")
    keeping.change(registers.organisations, row, registers.told(row, industry="批发"), clerk, at_turn=1)
    with pytest.raises(Refused, match="刚刚有人办过"):
        keeping.change(registers.organisations, row, registers.told(row, industry="餐饮"), clerk, at_turn=1)


def test_a_row_taken_off_is_in_no_list_frees_its_code_and_can_come_back_only_if_nobody_took_it(
    registers: Registers, town: Town
) -> None:
    row, clerk = registers.shop(), town.actor("county")
    with pytest.raises(Refused, match="请写明为什么移出"):
        keeping.take_off(registers.organisations, row, clerk, " ")
    keeping.take_off(registers.organisations, row, clerk, "登记重了")
    assert registers.listed() == registers.listed(q="鲜果") == []
    assert registers.listed(gone="1", q="鲜果") == ["桥沟鲜果批发部"]
    registers.shop(name="新主人")
    with pytest.raises(Refused, match="新主人"):
        keeping.undo(registers.organisations, row, clerk)


def test_a_column_younger_than_the_record_is_no_forgery_while_it_is_blank(
    registers: Registers, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = "directory.organisation"
    whole = tracked.registers()[label]
    older = tracked.Register(
        label, whole.model, tuple(f for f in whole.fields if f not in ("note", "people"))
    )
    monkeypatch.setitem(tracked._registers, label, older)
    row = registers.shop()
    monkeypatch.setitem(tracked._registers, label, whole)
    assert verify.verify_database().ok
    type(row).objects.update(note="悄悄写的")
    assert not verify.verify_database().ok
