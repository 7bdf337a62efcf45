"""The registers that are installed: found in ``<app>/registers.py``, once, when Django has loaded its apps."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from jieyou.kernel.ledger import tracked
from jieyou.kernel.register.declare import Register

_registers: dict[str, Register] = {}


def discover() -> None:
    """Read every installed ``registers.py``; their rows are tracked from here on. Two with one code: ``ValueError``."""
    for config in apps.get_app_configs():
        if not config.name.startswith("django.") and find_spec(f"{config.name}.registers"):
            for value in vars(import_module(f"{config.name}.registers")).values():
                if isinstance(value, Register):
                    add(value)


def add(register: Register) -> None:
    """Make a register known."""
    if _registers.setdefault(register.code, register) is not register:
        raise ValueError(f"two registers are called {register.code}")
    tracked.track(register.model, register.tracked)


def registers() -> dict[str, Register]:
    """All registers by code."""
    return dict(_registers)


def of_model(model: type) -> Register | None:
    """The register whose rows these are."""
    return next((one for one in _registers.values() if one.model is model), None)
