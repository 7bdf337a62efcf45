"""Links are added at the end, one after the other, and their words may be erased by law."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from jieyou.kernel.ledger import chain
from jieyou.kernel.ledger.canon import digest, link
from jieyou.kernel.ledger.models import Payload, Record
from jieyou.kernel.ledger.tests.models import Signpost, Step

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "个人信息保护法第四十七条"


def test_each_link_holds_the_fingerprint_of_the_one_before() -> None:
    first = chain.append("look", "look:a", {"what": "phone"})
    second = chain.append("look", "look:a", {"what": "name"})
    other = chain.append("look", "look:b", {})
    assert (first.seq, second.seq, other.seq) == (1, 2, 1)
    assert first.prev == other.prev == ""
    assert second.prev == first.hash == link("", first.body)


def test_the_body_says_chain_number_time_kind_and_digest(noon: datetime) -> None:
    record = chain.append("look", "look:a", {"what": "phone"}, {"why": "回访"})
    payload = Payload.objects.get(record=record.id)
    assert json.loads(record.body) == {
        "at": "2024-08-26T04:00:00.000000Z",
        "chain": "look:a",
        "kind": "look",
        "payload": digest(payload.salt, payload.text),
        "seq": 1,
        "what": "phone",
    }
    assert record.at == noon
    assert "回访" not in record.body


def test_both_databases_keep_the_bytes_and_the_time_to_the_microsecond() -> None:
    at = datetime(2024, 8, 26, 4, 0, 0, 7, tzinfo=UTC)
    record = chain.append("look", "look:a", {"words": '“融创三期”\u2028\\"'}, at=at)
    stored = Record.objects.get(pk=record.pk)
    assert (stored.body, stored.at) == (record.body, at)
    assert '"at":"2024-08-26T04:00:00.000007Z"' in stored.body


def test_a_plugged_in_table_has_its_columns_in_the_body() -> None:
    post = Signpost.objects.create(name="东关")
    row, words = chain.build(Step, "c1", 1, "", chain.clock.now(), {}, transition="登\0记", signpost=post)
    assert words is None
    assert row.transition == "登记"
    assert json.loads(row.body)["transition"] == "登记"
    assert json.loads(row.body)["signpost"] == post.id.hex


def test_the_body_may_not_say_a_column_a_second_time() -> None:
    with pytest.raises(ValueError, match="kind, seq"):
        chain.append("look", "look:a", {"seq": 7, "kind": "other"})
    assert not Record.objects.exists()


def test_nul_is_stripped_at_the_door() -> None:
    record = chain.append("look", "look:\0a", {"what": "\0phone"}, {"why": "回\0访"})
    assert record.chain == "look:a"
    assert chain.read(record) == {"why": "回访"}


def test_of_two_writers_one_takes_the_next_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second writer has read the tail before the first one saved; inside a transaction, as always."""
    tail, stale = chain.tail, iter([(0, "")])
    winner = chain.append("look", "look:a", {})
    monkeypatch.setattr(chain, "tail", lambda *of: next(stale, None) or tail(*of))
    late = chain.append("look", "look:a", {})
    assert (late.seq, late.prev) == (2, winner.hash)


def test_a_clash_that_is_not_about_the_place_is_not_tried_again() -> None:
    first = chain.append("look", "look:a", {})
    with pytest.raises(IntegrityError):
        chain.append_to(Record, "look:b", {}, kind="look", id=first.id)


def test_an_append_takes_two_inserts_and_one_read(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(5):  # savepoint, tail, link, payload, release
        chain.append("look", "look:a", {}, {"why": "回访"})


def test_payloads_of_a_whole_page_come_in_one_query(django_assert_num_queries: Any) -> None:
    rows = [chain.append("look", "look:a", {}, {"n": n}) for n in range(3)]
    rows.append(chain.append("look", "look:a", {}))
    with django_assert_num_queries(1):
        found = chain.read_many(rows)
    assert [found.get(row.id) for row in rows] == [{"n": 0}, {"n": 1}, {"n": 2}, None]


def test_erasing_blanks_words_and_salt_and_is_itself_a_record() -> None:
    record = chain.append("look", "look:a", {}, {"words": "张三 13800006021"})
    erasure = chain.erase(record.id, "本人要求", LAW, "经办人 李四")
    payload = Payload.objects.get(record=record.id)
    assert (payload.text, payload.salt) == ("", "")
    assert payload.erased_at is not None
    assert chain.read(record) is None
    assert json.loads(erasure.body)["records"] == [record.id.hex]
    assert json.loads(erasure.body)["basis"] == LAW
    assert chain.read(erasure) == {"why": "本人要求", "by": "经办人 李四"}


def test_nothing_is_erased_without_a_legal_basis_or_twice() -> None:
    record = chain.append("look", "look:a", {}, {"words": "张三"})
    with pytest.raises(chain.Unerasable, match="法律依据"):
        chain.erase(record.id, "清理", " ", "李四")
    chain.erase(record.id, "本人要求", LAW, "李四")
    with pytest.raises(chain.Unerasable, match="早已删除"):
        chain.erase(record.id, "本人要求", LAW, "李四")


def test_many_are_erased_together_or_not_at_all() -> None:
    rows = [chain.append("look", "look:a", {}, {"n": n}) for n in range(3)]
    with pytest.raises(chain.Unerasable):
        chain.erase_all([*(row.id for row in rows), uuid4()], "到期", LAW, "李四")
    assert len(chain.read_many(rows)) == 3
    chain.erase_all([row.id for row in rows], "到期", LAW, "李四")
    assert chain.read_many(rows) == {}
    assert Record.objects.filter(kind="erasure").count() == 1
