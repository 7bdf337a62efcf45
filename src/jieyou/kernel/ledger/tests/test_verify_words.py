"""Words may go by law and on record; words that were changed, taken or brought back are found."""

from collections.abc import Callable

import pytest

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain, verify
from jieyou.kernel.ledger.models import Checkpoint, Payload, Record
from jieyou.kernel.ledger.tests.conftest import found, tampering

pytestmark = pytest.mark.usefixtures("told")
LAW = "个人信息保护法第四十七条"
Seal = Callable[[], Checkpoint]


def test_changed_words_are_found() -> None:
    with tampering():
        Payload.objects.filter(record=Record.objects.get(seq=2).id).update(text='{"why":"好奇"}')
    assert found() == [("look:a", 2, "内容与摘要不符")]


def test_lawfully_erased_words_still_prove(told: list[Record], seal: Seal) -> None:
    seal()
    chain.erase_all([told[0].id, told[2].id], "本人要求", LAW, "李四")
    seal()
    report = verify.verify_database()
    assert report.ok
    assert report.erased == 2


def test_words_blanked_without_a_record_are_found(told: list[Record]) -> None:
    Payload.objects.filter(record=told[1].id).update(text="", salt="", erased_at=clock.now())
    assert found() == [("look:a", 2, "内容被清空")]


def test_words_taken_away_with_their_row_are_found(told: list[Record]) -> None:
    with tampering():
        Payload.objects.filter(record=told[1].id).delete()
    assert found() == [("look:a", 2, "内容不见了")]


def test_words_that_should_be_erased_and_came_back_are_found(told: list[Record]) -> None:
    kept = Payload.objects.get(record=told[1].id)
    chain.erase(told[1].id, "本人要求", LAW, "李四")
    with tampering():
        kept.save(force_update=True)
    assert found() == [("erasure", 1, f"记录写明已依法删除（{told[1].id.hex}）")]


def test_words_hung_on_a_link_without_any_are_found() -> None:
    record = chain.append("look", "look:b", {})
    Payload.objects.create(record=record.id, salt="a" * 32, text="{}")
    assert found() == [("look:b", 1, "内容与摘要不符")]
