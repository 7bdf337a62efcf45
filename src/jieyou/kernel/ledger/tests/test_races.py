"""Several processes at once, on real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from jieyou.kernel.ledger import chain, checkpoint
from jieyou.kernel.ledger.database import snapshot
from jieyou.kernel.ledger.models import Checkpoint, Head, Payload, Record

pytestmark = [pytest.mark.races, pytest.mark.usefixtures("committed_db")]


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Each work in a thread with a connection of its own."""

    def run(work: Callable[[], Any]) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_four_writers_make_one_chain_without_gap_or_fork() -> None:
    def write() -> None:
        for n in range(25):
            with transaction.atomic():
                chain.append("look", "look:a", {"n": n}, {"why": "回访"})

    at_once(*[write] * 4)
    links = list(Record.objects.filter(chain="look:a").order_by("seq"))
    assert [link.seq for link in links] == list(range(1, 101))
    assert [link.prev for link in links[1:]] == [link.hash for link in links[:-1]]
    assert Payload.objects.filter(record__in=[link.id for link in links]).count() == 100


def test_checkpoints_taken_at_once_have_one_number_each() -> None:
    for n in range(200):
        chain.append("look", f"look:{n * 7919 % 1000}", {})
    taken = at_once(*[checkpoint.take] * 4)
    numbers = sorted(Checkpoint.objects.values_list("no", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert {each.no for each in taken} <= set(numbers)
    assert Head.objects.filter(chain__startswith="look:").count() == 200


def test_the_proof_sees_one_moment_and_keeps_no_writer_waiting() -> None:
    chain.append("look", "look:a", {})
    with snapshot():
        before = Record.objects.count()
        at_once(lambda: chain.append("look", "look:a", {}))
        assert Record.objects.count() == before
    assert Record.objects.count() == before + 1
