"""The database itself says no, whoever asks."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain, triggers
from jieyou.kernel.ledger.models import Checkpoint, Head, Payload, Record
from jieyou.kernel.ledger.tests.conftest import tampering
from jieyou.kernel.ledger.tests.models import Step

pytestmark = pytest.mark.usefixtures("ledger")


def refused(change: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match="办理记录不可更改"), transaction.atomic():
        change()


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_record_is_neither_changed_nor_deleted() -> None:
    record = chain.append("look", "look:a", {}, {"words": "水压不足"})
    refused(lambda: Record.objects.update(body="{}"))
    refused(lambda: Record.objects.all().delete())
    refused(record.save)
    refused(record.delete)


def test_the_table_of_another_app_is_guarded_as_well() -> None:
    chain.append_to(Step, "c1", {}, transition="登记")
    refused(lambda: Step.objects.update(transition="转办"))
    refused(lambda: Step.objects.all().delete())


def test_a_payload_may_be_blanked_once_and_nothing_else() -> None:
    chain.append("look", "look:a", {}, {"words": "水压不足"})
    rows = Payload.objects
    refused(lambda: rows.update(text='{"words":"没有问题"}'))
    refused(lambda: rows.update(text="", erased_at=clock.now()))
    refused(lambda: rows.update(text="", salt=""))
    refused(lambda: rows.all().delete())
    rows.update(text="", salt="", erased_at=clock.now())
    refused(lambda: rows.update(text="", salt="", erased_at=clock.now()))


def test_checkpoints_and_their_heads_stay(seal: Callable[[], Checkpoint]) -> None:
    chain.append("look", "look:a", {})
    seal()
    refused(lambda: Checkpoint.objects.update(root="0" * 64))
    refused(lambda: Head.objects.update(seq=9))
    refused(lambda: Head.objects.all().delete())


def test_no_way_around_by_replacing_or_truncating() -> None:
    chain.append("look", "look:a", {}, {"words": "水压不足"})
    copy = "SELECT * FROM ledger_record"
    if connection.vendor == "sqlite":
        refused(lambda: execute(f"INSERT OR REPLACE INTO ledger_record {copy}"))
        same_place = (
            "SELECT lower(hex(randomblob(16))), chain, seq, at, '{}', prev, hash, kind FROM ledger_record"
        )
        refused(lambda: execute(f"REPLACE INTO ledger_record {same_place}"))
        refused(
            lambda: execute("REPLACE INTO ledger_payload SELECT record, salt, '{}', NULL FROM ledger_payload")
        )
    else:
        refused(lambda: execute("TRUNCATE ledger_record"))
        refused(lambda: execute("TRUNCATE ledger_payload CASCADE"))
        refused(lambda: execute("SET LOCAL session_replication_role = replica; DELETE FROM ledger_record"))
    assert Record.objects.count() == 1


def test_suspended_lets_tests_tamper_and_puts_everything_back() -> None:
    record = chain.append("look", "look:a", {})
    before = triggers.guarded(connection)
    with tampering():
        Record.objects.filter(pk=record.pk).delete()
        assert triggers.guarded(connection) == []
    assert triggers.guarded(connection) == before
    assert set(before) >= {"ledger_record", "ledger_payload", "ledger_checkpoint", "ledger_head"}


def test_suspended_comes_back_after_a_failure_too() -> None:
    before = triggers.guarded(connection)
    with pytest.raises(RuntimeError), tampering():
        raise RuntimeError
    assert triggers.guarded(connection) == before


def test_triggers_lost_in_a_rebuild_of_the_table_come_back_with_migrate() -> None:
    triggers.remove(connection, "ledger_record")
    assert triggers.unguarded(connection) == ["ledger_record"]
    assert triggers.ensure(connection) == ["ledger_record"]
    assert triggers.ensure(connection) == []
