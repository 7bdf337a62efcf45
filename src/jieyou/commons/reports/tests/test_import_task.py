"""The import in the worker, as the page starts it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult

from jieyou.commons.reports import batches, tasks
from jieyou.commons.reports.models import Batch, Report
from jieyou.commons.reports.tests.importing import HEATING, LAMP, write
from jieyou.kernel.ledger import chain
from jieyou.kernel.loop.models import Event
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Account, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def word(tmp_path: Path) -> str:
    content = write(tmp_path / "a.xlsx", [HEATING, LAMP]).read_bytes()
    return tasks.keep(SimpleUploadedFile("a.xlsx", content))


def work() -> dict:
    """What the worker does with a task that waits."""
    row = DBTaskResult.objects.first()
    assert row is not None
    return tasks.take_in.func(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])


def test_an_upload_is_previewed_then_taken_in_by_the_worker(town: SimpleNamespace, word: str) -> None:
    assert batches.dry_run(tasks.path_of(word), town.county, town.clerk).accepted == 2
    batch = tasks.start(word, "11月台账.xlsx", town.county, town.clerk)
    assert (batch.rows, batch.done) == (2, 0) and not Report.objects.exists()
    assert work() == {"rows": 2, "accepted": 2, "returned": 0, "known": 0, "batch": str(batch.pk)}
    kept = Batch.objects.get()
    assert (kept.rows, kept.done, kept.filename) == (2, 2, "11月台账.xlsx")
    assert not tasks.path_of(word).exists()  # names and telephones do not lie about


def test_a_clerk_who_left_meanwhile_imports_nothing_and_the_record_says_why(
    town: SimpleNamespace, word: str
) -> None:
    batch = tasks.start(word, "a.xlsx", town.county, town.clerk)
    Post.objects.filter(account__username="clerk").update(role="回访人员")
    assert "refused" in work()
    event = Event.objects.get(case=batch.case, transition="broke_off")
    assert "经办人" in chain.read(event)["data"]["why"]  # type: ignore[index]
    assert not Report.objects.exists() and Account.objects.filter(username="clerk").exists()


def test_pressing_the_button_twice_takes_the_rows_in_once(town: SimpleNamespace, word: str) -> None:
    batch = tasks.start(word, "a.xlsx", town.county, town.clerk)
    again = tasks.start(word, "a.xlsx", town.county, town.clerk)
    assert again.pk == batch.pk and Batch.objects.count() == 1
    content = tasks.path_of(word).read_bytes()
    assert work()["accepted"] == 2
    tasks.path_of(word).write_bytes(content)  # the other worker had it open
    assert "另有人正在导入" in work()["refused"]
    steps = Event.objects.filter(case=batch.case).order_by("seq").values_list("transition", flat=True)
    assert list(steps) == ["open", "resumed", "finish"] and Report.objects.count() == 2


def test_uploads_that_nobody_ran_are_gone_after_a_day(town: SimpleNamespace, word: str) -> None:
    yesterday = time.time() - tasks.KEPT - 60
    os.utime(tasks.path_of(word), (yesterday, yesterday))
    tasks.keep(SimpleUploadedFile("b.xlsx", b"PK"))
    with pytest.raises(Refused, match="请重新选择文件"):
        tasks.start(word, "a.xlsx", town.county, town.clerk)


@pytest.mark.parametrize("word", ["", "../../secret.key", "A" * 32, "g" * 32])
def test_a_word_that_is_none_of_ours_opens_nothing(word: str) -> None:
    with pytest.raises(Refused):
        tasks.path_of(word)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "LARGEST", 3)
    with pytest.raises(Refused, match="请分成几份"):
        tasks.keep(SimpleUploadedFile("a.xlsx", b"PKPK"))
