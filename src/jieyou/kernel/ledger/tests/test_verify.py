"""What somebody who rules the database may try with links and checkpoints, and what the proof says to it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain, tracked, triggers, verify
from jieyou.kernel.ledger.canon import canonical, link
from jieyou.kernel.ledger.models import Checkpoint, Head, Payload, Record
from jieyou.kernel.ledger.tests.conftest import NOON, found, rewrite, tampering
from jieyou.kernel.ledger.tests.models import Signpost, Step

pytestmark = pytest.mark.usefixtures("told")
Seal = Callable[[], Checkpoint]


def test_an_honest_ledger_proves(seal: Seal) -> None:
    seal()
    report = verify.verify_database()
    assert (report.records, report.chains, report.checkpoints, report.ok) == (5, 2, 1, True)
    assert report.as_dict()["broken"] == []
    assert report.notes == []


def test_an_empty_ledger_proves(seal: Seal) -> None:
    with tampering():
        for model in (Record, Step, Payload):
            model.objects.all().delete()
    seal()
    assert verify.verify_database().ok


def test_a_changed_row_is_found() -> None:
    with tampering():
        Record.objects.filter(seq=2).update(body=canonical({"chain": "look:a", "n": 9}))
    assert found() == [("look:a", 2, "正文与指纹不符")]


def test_a_changed_row_with_a_new_fingerprint_breaks_the_next_link() -> None:
    record = Record.objects.get(seq=2)
    body = record.body.replace('"n":2', '"n":9')
    with tampering():
        Record.objects.filter(seq=2).update(body=body, hash=link(record.prev, body))
    assert found() == [("look:a", 3, "与上一条接不上")]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"kind": "export"}, "kind"),
        ({"at": NOON + timedelta(microseconds=1)}, "at"),
        ({"chain": "look:b"}, "chain"),
    ],
)
def test_a_column_that_says_other_than_the_body_is_found(change: dict[str, object], column: str) -> None:
    with tampering():
        Record.objects.filter(seq=1).update(**change)
    assert any(f"栏目“{column}”" in fault.what for fault in verify.verify_database().broken)


def test_a_column_of_another_apps_table_is_compared_as_well() -> None:
    post = Signpost.objects.create(name="东关")
    tracked.adopt([post], by="p1", why="新设")
    with tampering():
        Step.objects.filter(seq=1).update(transition="不予采纳")
        Step.objects.filter(seq=2).update(signpost=post)
    assert [what for _, _, what in found()] == ["栏目“transition”与正文不一致", "栏目“signpost”与正文不一致"]


def test_a_link_taken_out_of_the_middle_is_found() -> None:
    with tampering():
        Record.objects.filter(seq=2).delete()
    assert ("look:a", 3, "前面应是第2条") in found()


def test_a_lost_beginning_is_found() -> None:
    with tampering():
        Record.objects.filter(seq=1).delete()
    assert ("look:a", 2, "链的开头有缺失") in found()


def test_a_deleted_tail_is_found_against_the_checkpoint(told: list[Record], seal: Seal) -> None:
    seal()
    with tampering():
        Record.objects.filter(seq=3).delete()
        Payload.objects.filter(record=told[2].id).delete()
    assert found() == [("look:a", 3, "第1号检查点见过这一条")]


def test_a_whole_chain_that_vanished_is_found_against_the_checkpoint(seal: Seal) -> None:
    seal()
    with tampering():
        Step.objects.all().delete()
    assert ("c1", 2, "第1号检查点见过这一条") in found()


def test_a_tail_cut_after_the_checkpoint_leaves_its_payload_behind(seal: Seal) -> None:
    seal()
    late = chain.append("look", "look:a", {}, {"why": "回访4"})
    with tampering():
        Record.objects.filter(pk=late.pk).delete()
    assert [what for _, _, what in found()] == [f"有内容却没有它所属的记录（{late.id.hex}）"]


def test_a_tail_cut_clean_after_the_checkpoint_needs_somebody_who_knows_its_length(seal: Seal) -> None:
    """The limit of the chain, and what `verify.extra` is for."""
    seal()
    late = chain.append("look", "look:a", {})
    with tampering():
        late.delete()
    assert verify.verify_database().ok

    @verify.extra
    def length() -> Iterator[verify.Broken]:
        if Record.objects.count() != 4:
            yield verify.Broken("look:a", 4, "应有4条")

    assert found() == [("look:a", 4, "应有4条")]


def test_a_chain_recomputed_from_end_to_end_is_found_against_the_checkpoint(seal: Seal) -> None:
    rewrite(Record, "look:a", n=7)
    assert verify.verify_database().ok  # in itself it is without fault
    seal()
    rewrite(Record, "look:a", n=8)
    assert found() == [("look:a", 3, "与第1号检查点记下的指纹不同")]


def test_a_growing_chain_is_held_by_every_checkpoint(seal: Seal) -> None:
    for _ in range(3):
        seal()
        chain.append("look", "look:a", {})
    seal()
    assert Checkpoint.objects.count() == 4
    assert list(Head.objects.filter(chain="look:a").values_list("seq", flat=True)) == [3, 4, 5, 6]
    assert verify.verify_database().ok
    rewrite(Record, "look:a", n=8)
    assert [seq for _, seq, _ in found()] == [3, 4, 5, 6]


def test_a_new_past_with_new_checkpoints_is_refuted_by_the_copy_an_outsider_kept(
    seal: Seal, tmp_path: Path
) -> None:
    """The thief has the database, the files and the signing key: only the outsider's file is left."""
    seal()
    outside = shutil.copy(settings.HOME / "checkpoints/0001.json", tmp_path / "kept.json")
    rewrite(Record, "look:a", n=8)
    with tampering():
        Head.objects.all().delete()
        Checkpoint.objects.all().delete()
    (settings.HOME / "checkpoints/0001.json").unlink()
    seal()
    assert verify.verify_database().ok
    report = verify.verify_database(Path(outside))
    assert [fault.what for fault in report.broken] == ["留存的第1号检查点与这里的根值不同，记录被改写"]


def test_checkpoints_taken_out_of_the_database_are_found_by_their_copies(seal: Seal) -> None:
    seal()
    chain.append("look", "look:a", {})
    seal()
    with tampering():
        Head.objects.filter(checkpoint=2).delete()
        Checkpoint.objects.filter(no=2).delete()
    assert found() == [("", 0, "留存的第2号检查点在这里找不到")]


def test_a_changed_checkpoint_is_found(seal: Seal) -> None:
    seal()
    with tampering():
        Checkpoint.objects.update(at=clock.now() + timedelta(days=1))
    assert found() == [("", 0, "第1号检查点的根值与链头不符")]


def test_a_checkpoint_signed_by_a_stranger_is_found(seal: Seal) -> None:
    seal()
    with tampering():
        Checkpoint.objects.update(signature="00" * 64)
    assert found() == [("", 0, "第1号检查点的签名无效")]
    with tampering():
        Checkpoint.objects.update(key_id="f" * 32)
    assert found() == [("", 0, f"第1号检查点是用不认识的密钥签的（{'f' * 32}）")]


def test_rubbish_in_the_table_is_a_fault_and_no_crash() -> None:
    body = "{" * 5
    deep = "[" * 100_000
    with tampering():
        for n, text in enumerate((body, deep, "[]", '"a"', '{"payload":1.5}'), 1):
            chain_name = f"look:x{n}"
            Record.objects.create(
                chain=chain_name, seq=1, at=NOON, body=text, hash=link("", text), kind="look"
            )
    assert [what for _, _, what in found()] == ["正文读不出来"] * 4 + ["栏目“chain”与正文不一致"]


def test_only_the_first_thousand_faults_are_listed() -> None:
    Payload.objects.bulk_create(Payload(record=uuid4(), salt="a" * 32, text="{}") for _ in range(1100))
    report = verify.verify_database()
    assert (report.faults, len(report.broken)) == (1100, 1000)


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    verify.verify_database(progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (5, 5)


def test_missing_triggers_and_missing_checkpoints_are_noted() -> None:
    triggers.remove(connection, "ledger_record")
    report = verify.verify_database()
    assert report.ok
    assert report.notes == [
        "表 ledger_record 缺少防改动的触发器，请运行 migrate。",
        "还没有检查点，看不出末尾是否被删。",
    ]


def test_a_file_that_is_no_checkpoint_is_refused_with_a_sentence(tmp_path: Path) -> None:
    for text in (
        "",
        "[]",
        "{}",
        '{"no": "1"}',
        '{"no":1,"at":2,"root":3,"signature":4,"key_id":5,"heads_count":6}',
    ):
        (tmp_path / "x.json").write_text(text)
        with pytest.raises(verify.Unreadable, match="不是检查点文件"):
            verify.verify_database(tmp_path / "x.json")
