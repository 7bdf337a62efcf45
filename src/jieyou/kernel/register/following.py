"""When the place tree changes, rows of registers follow. Receiver of a signal."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.kernel.places.signals import tree_changed
from jieyou.kernel.register import words
from jieyou.kernel.register.declare import Register
from jieyou.kernel.register.registry import registers

CHUNK = 1_000


def _tree(sender: object, places: list[Place], **_: Any) -> None:
    for place in places:
        try:
            stands = tree.today(place)
        except tree.UnknownPlace:  # split up: a person must choose, until then the old codes stay
            continue
        for register in registers().values():
            _rewrite(register, register.model.objects.filter(place=place, until=None), stands)


def _rewrite(register: Register, rows: QuerySet[Any], stands: Place) -> None:
    """Level columns and index; the row's own place stays what was told."""
    keys, levels = list(rows.values_list("pk", flat=True)), tree.levels_of(stands)
    for start in range(0, len(keys), CHUNK):
        some = register.model.objects.filter(pk__in=keys[start : start + CHUNK])
        some.update(**levels)
        words.follow(register, some)


def connect() -> None:
    """Called once, when all apps are loaded."""
    tree_changed.connect(_tree, dispatch_uid="register.tree")
