"""Versions of the model: which one is in use, going back to another. Light: asked for by pages as well."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction

from jieyou.commons.triage.models import TrainedModel
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.refused import Refused

FOLDER = "triage"


def in_use() -> TrainedModel | None:
    """The version in use."""
    return TrainedModel.objects.filter(in_use=True).first()


def all_of_them() -> list[TrainedModel]:
    """Every version, the latest first."""
    return list(TrainedModel.objects.order_by("-version"))


def file_of(path: str) -> Path:
    """Where a version's file lies."""
    return Path(settings.HOME) / path


@transaction.atomic
def use(version: int, by: str) -> TrainedModel:
    """Put this version into use, the one before out of it. Raises :class:`Refused`."""
    row = TrainedModel.objects.filter(version=version).first()
    if row is None:
        raise Refused(f"没有第 {version} 版", "version")
    if row.in_use:
        raise Refused(f"第 {version} 版正在使用", "version")
    if not file_of(row.path).is_file():
        raise Refused(f"第 {version} 版的文件不在了，请重新训练", "version")
    for old in TrainedModel.objects.filter(in_use=True):
        old.in_use = False
        tracked.save(old, by, f"改用第 {version} 版")
    row.in_use = True
    tracked.save(row, by, "启用")
    return row
