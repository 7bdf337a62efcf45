"""Contents lie there once, are proved by their fingerprint, and go when nobody needs them."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from jieyou.kernel.evidence import files, store
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.evidence.store import NotThere
from jieyou.kernel.evidence.tests.samples import PDF, sent
from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.people.actor import Actor

pytestmark = pytest.mark.django_db
Keep = Callable[..., Attachment]


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Callable[[], AbstractContextManager[Any]]:
    """``with committing():`` as if the transaction ended there."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def keep(clerk: Actor, case: UUID, committing: Any) -> Keep:
    def _keep(content: bytes = PDF, subject: UUID = case) -> Attachment:
        with committing():
            return store.keep(subject, sent("纪要.pdf", content), clerk)

    return _keep


@pytest.fixture
def stored(settings: Any) -> Callable[[], list[Path]]:
    """All files under the root, wherever they lie."""
    return lambda: sorted(p for p in Path(settings.EVIDENCE_ROOT).rglob("*") if p.is_file())


def test_a_file_is_kept_with_who_when_and_what(keep: Keep, clerk: Actor, case: UUID) -> None:
    row = keep()
    assert (row.subject, row.by, row.by_name, row.size) == (case, clerk.person, clerk.title, len(PDF))
    assert not row.public
    with store.open(row) as file:
        assert file.read() == PDF
    assert [change.why for change in tracked.history(row)] == ["上传附件"]


def test_it_lies_under_its_fingerprint_and_nothing_beside_it(keep: Keep, stored: Any, settings: Any) -> None:
    row = keep()
    place = Path(settings.EVIDENCE_ROOT) / row.sha256[:2] / row.sha256[2:4] / row.sha256
    assert stored() == [place]


def test_the_same_content_lies_there_once(keep: Keep, stored: Any) -> None:
    one, other = keep(), keep(subject=uuid7())
    assert one.sha256 == other.sha256
    assert stored() == [files.path_of(one.sha256)]


def test_what_was_discarded_is_on_the_record_and_gone(
    keep: Keep, clerk: Actor, case: UUID, stored: Any, committing: Any
) -> None:
    row = keep()
    with committing():
        store.discard(row, clerk, "传错了文件")
    assert stored() == []
    assert not store.of(case).exists() and Attachment.every.get() == row
    assert [change.why for change in tracked.history(row)] == ["上传附件", "传错了文件"]
    with pytest.raises(NotThere) as no:
        store.open(row)
    assert no.value.sentence == "这个附件已作废"


def test_the_file_stays_while_another_attachment_has_it(
    keep: Keep, clerk: Actor, stored: Any, committing: Any
) -> None:
    one, other = keep(), keep(subject=uuid7())
    with committing():
        store.discard(one, clerk, "重复")
    assert len(stored()) == 1
    with committing():
        store.discard(other, clerk, "也不要了")
    assert stored() == []


def test_nothing_is_discarded_twice_or_without_a_reason(keep: Keep, clerk: Actor) -> None:
    row = keep()
    with pytest.raises(NotThere, match="作废原因"):
        store.discard(row, clerk, " ")
    store.discard(row, clerk, "传错了")
    with pytest.raises(NotThere, match="已作废"):
        store.discard(row, clerk, "再来一次")
    assert len(tracked.history(row)) == 2


def test_a_discarding_that_is_rolled_back_leaves_the_file(keep: Keep, clerk: Actor, stored: Any) -> None:
    row = keep()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        store.discard(row, clerk, "传错了")
        raise ZeroDivisionError
    assert len(stored()) == 1 and Attachment.objects.get() == row


def test_an_upload_while_the_last_owner_is_discarded_keeps_the_content(
    keep: Keep, clerk: Actor, stored: Any, committing: Any
) -> None:
    """The file is there when the upload looks and gone when it commits: the upload has brought its own copy."""
    first = keep()
    with committing():
        second = store.keep(uuid7(), sent("纪要.pdf", PDF), clerk)
        Attachment.every.filter(pk=first.pk).update(discarded_at=datetime(2024, 8, 26, tzinfo=UTC))
        files.path_of(first.sha256).unlink()
    assert stored() == [files.path_of(second.sha256)]


def test_verify_finds_what_is_missing_and_what_was_changed(keep: Keep) -> None:
    good, changed, missing = keep(), keep(PDF + b"2"), keep(PDF + b"3")
    assert list(store.verify()) == []
    files.path_of(changed.sha256).write_bytes(PDF + b"forged")
    files.path_of(missing.sha256).unlink()
    faults = {fault.attachment: fault.what for fault in store.verify()}
    assert faults == {changed.pk: "文件内容与指纹不符", missing.pk: "文件不见了"}
    assert good.pk not in faults


def test_opening_what_is_missing_says_so(keep: Keep) -> None:
    row = keep()
    files.path_of(row.sha256).unlink()
    with pytest.raises(NotThere, match="告诉系统管理员"):
        store.open(row)


def test_sweeping_takes_leftovers_but_only_old_ones(keep: Keep, stored: Any) -> None:
    row = keep()
    beside = files.beside()
    beside.write_bytes(b"cut short")
    orphan = files.path_of("ab" * 32)
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"rolled back")
    assert store.sweep() == 0
    for path in stored():
        os.utime(path, (0, 0))
    assert store.sweep() == 2
    assert stored() == [files.path_of(row.sha256)]


def test_a_row_of_another_shape_is_found_by_the_audit(keep: Keep) -> None:
    """The fingerprint stands in the ledger too: who swaps file and row together is found out."""
    row = keep()
    Attachment.every.filter(pk=row.pk).update(sha256="0" * 64)
    register = tracked.registers()["evidence.attachment"]
    assert "sha256" in register.fields
    assert tracked.history(row)[-1].fields["sha256"] == row.sha256  # type: ignore[index]


def test_listing_a_subject_takes_one_query(keep: Keep, case: UUID, django_assert_num_queries: Any) -> None:
    keep()
    keep(PDF + b"2")
    with django_assert_num_queries(1):
        assert len(store.of(case)) == 2
