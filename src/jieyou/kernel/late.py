"""Modules that take long to import, imported at their first use: the web process and small commands need not wait for them.

    if TYPE_CHECKING:
        from jieyou.commons.triage import learning
    else:
        learning = late("jieyou.commons.triage.learning")

The import stands at the top, where people and import-linter see it; only its moment is another.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class late:
    """Stands for the module; the first attribute asked of it imports it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)
