"""A register's rows are saved with a record each, and their history can be read."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from jieyou.kernel.ledger import chain, tracked
from jieyou.kernel.ledger.models import Record
from jieyou.kernel.ledger.tests.models import Signpost, Step

pytestmark = pytest.mark.usefixtures("ledger")
LAW = "个人信息保护法第四十七条"


def test_a_row_and_its_record_are_saved_together() -> None:
    post = Signpost(name="东关")
    record = tracked.save(post, by="p1", why="新设")
    assert Signpost.objects.get() == post
    assert record.chain == f"row:signpost:{post.id.hex}"
    assert record.kind == "row"
    assert "东关" not in record.body


def test_the_record_holds_what_the_database_holds_not_what_was_typed() -> None:
    """Decimals take the column's places, days given as text become days, relations become keys."""
    parent = Signpost.objects.create(name="南关")
    seen = datetime(2024, 8, 26, 4, tzinfo=UTC)
    post = Signpost(name="东关", height=Decimal("2.5"), since="2024-08-26", seen_at=seen, parent=parent)
    tracked.save(post, by="p1", why="新设")
    (change,) = tracked.history(post)
    assert change.fields == {
        "name": "东关",
        "height": "2.50",
        "since": "2024-08-26",
        "seen_at": "2024-08-26T04:00:00.000000Z",
        "parent": parent.id.hex,
        "painted": False,
    }


def test_the_history_of_a_row_tells_who_and_why() -> None:
    post = Signpost(name="东关")
    tracked.save(post, by="p1", why="新设")
    post.name = "东关街"
    tracked.save(post, by="p2", why="更名")
    key = post.pk
    tracked.delete(post, by="p1", why="撤销")
    post.pk = key
    told = [(c.act, c.by, c.why, c.fields and c.fields["name"]) for c in tracked.history(post)]
    assert told == [
        ("save", "p1", "新设", "东关"),
        ("save", "p2", "更名", "东关街"),
        ("delete", "p1", "撤销", None),
    ]


def test_seeds_are_adopted_in_bulk() -> None:
    posts = Signpost.objects.bulk_create(Signpost(name=f"路口{n}", since=date(2024, 1, 1)) for n in range(3))
    assert tracked.adopt(posts, by="system", why="初始数据") == 3
    assert tracked.adopt(posts[:1], by="system", why="字段清单已改") == 1
    assert [c.act for c in tracked.history(posts[0])] == ["adopt", "adopt"]
    assert Record.objects.count() == 4


def test_a_row_that_was_never_saved_cannot_be_adopted() -> None:
    with pytest.raises(LookupError, match="not saved"):
        tracked.adopt([Signpost(name="东关")], by="system", why="初始数据")


def test_a_seed_in_a_migration_is_adopted_under_its_historical_model() -> None:
    post = Signpost.objects.create(name="东关")
    state = ProjectState()
    state.add_model(ModelState.from_model(Signpost))
    then = state.apps.get_model("ledger_tests", "Signpost")
    tracked.adopt(then.objects.all(), by="system", why="初始数据")
    assert [c.why for c in tracked.history(post)] == ["初始数据"]


def test_an_untracked_model_is_refused() -> None:
    with pytest.raises(LookupError, match="not tracked"):
        tracked.save(Step(), by="p1", why="")


def test_a_field_without_canonical_form_cannot_be_tracked() -> None:
    class Gauge(models.Model):
        reading = models.FloatField()

        class Meta:
            app_label = "ledger_tests"

    with pytest.raises(TypeError, match="canonical"):
        tracked.track(Gauge, ["reading"])
    with pytest.raises(TypeError, match="too long"):
        tracked.track(Gauge, [], name="a" * 70)


def test_the_words_that_prove_a_row_are_not_erased_before_the_row_is_corrected() -> None:
    post = Signpost(name="张三家门口")
    first = tracked.save(post, by="p1", why="新设")
    with pytest.raises(chain.Unerasable, match="最新登记"):
        chain.erase(first.id, "本人要求", LAW, "李四")
    post.name = "东关12号"
    tracked.save(post, by="p1", why="去除姓名")
    chain.erase(first.id, "本人要求", LAW, "李四")
    assert [c.fields and c.fields["name"] for c in tracked.history(post)] == [None, "东关12号"]
