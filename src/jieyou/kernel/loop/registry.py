"""The loops that are installed: found in ``<app>/loops.py``, once, when Django has loaded its apps."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from jieyou.kernel.loop.declare import Loop

_loops: dict[str, type[Loop]] = {}


class UnknownLoop(LookupError):
    """No installed app declares a loop with this code."""


def discover() -> None:
    """Read every installed ``loops.py``. Two loops with one code: ``ValueError``."""
    for config in apps.get_app_configs():
        if config.name.startswith("django.") or not find_spec(f"{config.name}.loops"):
            continue
        for value in vars(import_module(f"{config.name}.loops")).values():
            if isinstance(value, type) and issubclass(value, Loop) and value is not Loop:
                add(value)


def add(loop: type[Loop]) -> None:
    """Make a loop known (also used by tests and by the tutorial's example)."""
    if _loops.setdefault(loop.code, loop) is not loop:
        raise ValueError(f"two loops are called {loop.code}")


def forget(code: str) -> None:
    """Take a loop away again (tests)."""
    _loops.pop(code, None)


def loops() -> dict[str, type[Loop]]:
    """All loops by code."""
    return dict(_loops)


def loop(code: str) -> type[Loop]:
    """One loop; :class:`UnknownLoop` if there is none."""
    try:
        return _loops[code]
    except KeyError:
        raise UnknownLoop(f"没有安装名为 {code} 的流程") from None
