"""What the stories of the ledger need: a home of their own, the test tables, and somebody who tampers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from json import loads
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain, checkpoint, registry, tracked, triggers, verify
from jieyou.kernel.ledger.canon import canonical, link
from jieyou.kernel.ledger.models import Checkpoint, Head, Payload, Record
from jieyou.kernel.ledger.tests.models import Signpost, Step

NOON = datetime(2024, 8, 26, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[datetime]:
    with clock.moved(NOON):
        yield NOON


@pytest.fixture
def ledger(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two more tables: a register, and links beside the records. What the migrations seeded is forgotten."""
    create(Signpost, Step)
    monkeypatch.setattr(tracked, "_registers", {})
    monkeypatch.setattr(registry, "_extras", [])
    monkeypatch.setattr(registry, "_chained", {"ledger_record": Record, Step._meta.db_table: Step})
    triggers.install(connection, Step._meta.db_table)
    tracked.track(Signpost, ["name", "height", "since", "seen_at", "parent", "painted"], name="signpost")
    with tampering():
        for model in (Record, Payload, Head, Checkpoint):
            model.objects.all().delete()


def create(*models: type[Model]) -> None:
    """Make tables within the test's transaction, which SQLite's schema editor would refuse to do."""
    editor = connection.schema_editor()
    editor.deferred_sql = []
    for model in models:
        sql, parameters = editor.table_sql(model)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)


@pytest.fixture
def told(ledger: None) -> list[Record]:
    """Three looks of one person and two steps of one case."""
    for name in ("登记", "转办"):
        chain.append_to(Step, "c1", {"n": name}, {"words": f"{name}：水压不足"}, transition=name)
    return [chain.append("look", "look:a", {"n": n}, {"why": f"回访{n}"}) for n in (1, 2, 3)]


def found() -> list[tuple[str, int, str]]:
    """All faults of the database, without the details behind the first comma."""
    return [(fault.chain, fault.seq, fault.what.split("，")[0]) for fault in verify.verify_database().broken]


@pytest.fixture
def seal(django_capture_on_commit_callbacks: Any) -> Callable[[], Checkpoint]:
    """Take a checkpoint as if the test's transaction were committed: the copy is written as well."""

    def _seal() -> Checkpoint:
        with django_capture_on_commit_callbacks(execute=True):
            return checkpoint.take()

    return _seal


@contextmanager
def tampering() -> Iterator[None]:
    """Somebody who rules the database takes the triggers off, does his work and puts them back."""
    with triggers.suspended(connection):
        yield


def rewrite(model: Any, chain: str, **change: Any) -> None:
    """Recompute a whole chain with `change` in every body, so that in itself it is without fault."""
    prev = ""
    with tampering():
        for row in model.objects.filter(chain=chain).order_by("seq"):
            body = canonical({**loads(row.body), **change})
            model.objects.filter(pk=row.pk).update(body=body, prev=prev, hash=link(prev, body))
            prev = link(prev, body)
