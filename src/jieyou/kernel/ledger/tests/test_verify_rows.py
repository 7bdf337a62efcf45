"""A register row is what its last record says, or it is found."""

import pytest

from jieyou.kernel.ledger import chain, tracked, verify
from jieyou.kernel.ledger.canon import canonical, digest, link
from jieyou.kernel.ledger.models import Payload, Record
from jieyou.kernel.ledger.tests.conftest import found, tampering
from jieyou.kernel.ledger.tests.models import Signpost

pytestmark = pytest.mark.usefixtures("told")


def test_a_register_row_proves_after_every_door() -> None:
    posts = Signpost.objects.bulk_create(Signpost(name=f"路口{n}") for n in range(3))
    tracked.adopt(posts, by="system", why="初始数据")
    posts[0].name = "东关"
    tracked.save(posts[0], by="p1", why="更名")
    tracked.delete(posts[1], by="p1", why="撤销")
    report = verify.verify_database()
    assert report.ok
    assert report.rows == 2


def test_a_row_changed_behind_the_registers_back_is_found() -> None:
    post = Signpost(name="东关")
    tracked.save(post, by="p1", why="新设")
    Signpost.objects.update(name="西关", painted=True)
    chain_name = f"row:signpost:{post.id.hex}"
    assert found() == [(chain_name, 1, "台账行与最后一次登记不一致：name、painted")]


def test_forged_rows_are_found_before_between_and_after_the_honest_ones() -> None:
    posts = [Signpost(name=f"路口{n}") for n in range(5)]
    for post in posts:
        post.save()
    tracked.adopt([posts[1], posts[3]], by="p1", why="新设")
    forged = [f"row:signpost:{posts[n].id.hex}" for n in (0, 2, 4)]
    assert found() == [(name, 0, "台账里有这一行") for name in forged]


def test_a_register_without_any_record_is_forged_as_a_whole() -> None:
    Signpost.objects.create(name="东关")
    assert [what for _, _, what in found()] == ["台账里有这一行"]


def test_a_row_that_vanished_without_a_record_is_found() -> None:
    post = Signpost(name="东关")
    tracked.save(post, by="p1", why="新设")
    Signpost.objects.all().delete()
    assert found() == [(f"row:signpost:{post.id.hex}", 1, "台账行不见了")]


def test_a_deleted_row_that_came_back_is_found() -> None:
    post = Signpost(name="东关")
    tracked.save(post, by="p1", why="新设")
    key = post.id
    tracked.delete(post, by="p1", why="撤销")
    Signpost.objects.create(id=key, name="东关")
    assert found() == [(f"row:signpost:{key.hex}", 2, "登记为已删除的台账行又出现了")]


def test_a_register_that_is_no_longer_there_is_only_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    tracked.save(Signpost(name="东关"), by="p1", why="新设")
    monkeypatch.setattr(tracked, "_registers", {})
    report = verify.verify_database()
    assert report.ok
    assert "台账“signpost”已不在系统里，只核对了它的登记记录。" in report.notes


def test_a_forger_who_writes_floats_into_a_row_payload_is_answered() -> None:
    post = Signpost(name="东关")
    record = tracked.save(post, by="p1", why="新设")
    text = '{"row":{"name":1.5},"why":""}'
    body = record.body.replace(Payload.objects.get(record=record.id).salt, "")
    salt = "b" * 32
    told = chain.loads(body) | {"payload": digest(salt, text)}
    with tampering():
        Payload.objects.filter(record=record.id).update(salt=salt, text=text)
        Record.objects.filter(pk=record.pk).update(body=canonical(told), hash=link("", canonical(told)))
    assert [what.split("：")[0] for _, _, what in found()] == ["台账行与最后一次登记不一致"]
