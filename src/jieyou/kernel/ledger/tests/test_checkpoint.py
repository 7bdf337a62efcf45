"""A checkpoint seals the heads of all chains; its copy and its key lie outside the database."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain, checkpoint, signing
from jieyou.kernel.ledger.models import Checkpoint, Head
from jieyou.kernel.ledger.tests.conftest import NOON
from jieyou.kernel.ledger.tests.models import Step

pytestmark = pytest.mark.usefixtures("ledger")
Seal = Callable[[], Checkpoint]


def test_only_chains_that_grew_are_sealed_again(seal: Seal) -> None:
    chain.append("look", "look:a", {})
    chain.append_to(Step, "c1", {}, transition="登记")
    assert seal().heads_count == 2
    last = chain.append("look", "look:a", {})
    second = seal()
    assert list(second.heads.values_list("table", "chain", "seq", "hash")) == [
        ("ledger_record", "look:a", 2, last.hash)
    ]
    assert seal().heads_count == 0


def test_the_same_chain_in_two_tables_is_two_chains(seal: Seal) -> None:
    chain.append("note", "c1", {})
    chain.append_to(Step, "c1", {}, transition="登记")
    seal()
    assert set(Head.objects.values_list("table", flat=True)) == {"ledger_record", "ledger_tests_step"}


def test_the_root_can_be_recomputed_by_hand(seal: Seal) -> None:
    record = chain.append("look", "look:a", {})
    taken = seal()
    text = f"jieyou checkpoint\n1\n2024-08-26T04:00:00.000000Z\n\nledger_record\tlook:a\t1\t{record.hash}\n"
    assert taken.root == signing.sha256(text.encode()).hexdigest()


def test_the_key_is_made_once_and_is_for_the_owner_only(seal: Seal) -> None:
    key_id = seal().key_id
    assert seal().key_id == key_id
    private, public = settings.HOME / "keys/ledger.pem", settings.HOME / f"keys/ledger-{key_id}.pub"
    assert private.stat().st_mode & 0o777 == 0o600
    assert private.parent.stat().st_mode & 0o777 == 0o700
    assert checkpoint.public_keys() == {key_id: public.read_text()}


def test_a_new_key_is_made_when_the_old_one_is_moved_away(seal: Seal) -> None:
    old = seal()
    (settings.HOME / "keys/ledger.pem").unlink()
    new = seal()
    assert checkpoint.public_keys().keys() == {old.key_id, new.key_id}


def test_the_copy_holds_all_that_an_outsider_needs(seal: Seal) -> None:
    taken = seal()
    copy = checkpoint.read_copy(settings.HOME / "checkpoints/0001.json")
    assert (copy.no, copy.root, copy.signature) == (1, taken.root, taken.signature)
    assert signing.key_id(copy.public_key) == taken.key_id
    assert signing.signed(copy, copy.public_key)


def test_a_copy_of_another_past_is_kept_as_evidence(seal: Seal, caplog: pytest.LogCaptureFixture) -> None:
    path: Path = settings.HOME / "checkpoints/0001.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"root": "another"}))
    seal()
    assert json.loads(path.read_text()) == {"root": "another"}
    assert "another past" in caplog.text


def test_no_copy_is_written_for_a_checkpoint_that_was_rolled_back() -> None:
    checkpoint.take()
    assert not (settings.HOME / "checkpoints").exists()


def test_a_day_has_one_checkpoint_by_the_local_calendar() -> None:
    """Noon in UTC is 20:00 in Yan'an; four hours later the next day has begun there."""
    noon = NOON + timedelta(hours=8)
    assert checkpoint.daily(noon) is not None
    assert checkpoint.daily(noon + timedelta(hours=3, minutes=59)) is None
    assert checkpoint.daily(noon + timedelta(hours=4)) is not None


def test_of_two_processes_one_takes_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has looked for the last checkpoint before the first one saved its own."""
    latest: Any = checkpoint._latest
    seen: list[Any] = [None]
    winner = checkpoint.take()
    monkeypatch.setattr(checkpoint, "_latest", lambda: seen.pop() if seen else latest())
    assert checkpoint.take() == winner
    assert Checkpoint.objects.count() == 1


def test_without_a_given_time_the_clock_says_it() -> None:
    assert checkpoint.take().at == clock.now()
