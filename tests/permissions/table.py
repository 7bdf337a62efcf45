"""Reading the table of ``addresses``: addresses, who asks, what he must get."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, resolve

from jieyou.kernel.loop import registry

#: Where a stranger to the staff pages is sent.
DOOR = "/desk/login/"
STEP = {"turn": 999_999}


@dataclass(frozen=True)
class Row:
    """One line of the table. ``path`` has names of ids in braces; ``says`` is persona → what is expected."""

    method: str
    path: str
    says: dict[str, str]

    def addresses(self, ids: dict[str, str]) -> list[str]:
        """What it stands for: one address, or with ``*`` one for every step of its loop."""
        return [one.format(**ids) for one in each_step(self.path)]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def rows(text: str, personas: tuple[str, ...]) -> list[Row]:
    """The lines of the table."""
    found: list[Row] = []
    for line in text.strip().splitlines():
        if not line.strip() or line.lstrip().startswith(("#", "persona")):
            continue
        method, path, *cells = line.split()
        assert len(cells) == len(personas), f"{line}: {len(cells)} answers for {len(personas)} persons"
        found.append(Row(method, path, dict(zip(personas, cells, strict=True))))
    return found


def each_step(path: str) -> list[str]:
    """``/api/v1/meeting/{meeting}/*`` → one address for each transition that the loop declares."""
    if not path.endswith("*"):
        return [path]
    loop = registry.loop(path.split("/")[3])
    return [path[:-1] + name for name in loop.transitions]


def patterns(found: Any, before: str = "") -> list[str]:
    """Every address that a URL configuration answers, as ``resolve(…).route`` writes it."""
    out: list[str] = []
    for one in found:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            out += patterns(one.url_patterns, here)
        elif isinstance(one, URLPattern):
            out.append(here)
    return out


def route(path: str) -> str:
    """The pattern that answers an address."""
    return resolve(path.split("?")[0]).route


def ask(client: Client, method: str, path: str) -> Any:
    """One request; what it did is rolled back, here and there. A step of the API is asked with a turn that is over."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        try:
            if method == "GET":
                return client.get(path)
            if path.startswith("/api/") and not path.endswith("/evidence"):
                body = {} if path.count("/") < 5 else STEP
                return client.post(path, json.dumps(body), content_type="application/json")
            return client.post(path)
        finally:
            transaction.set_rollback(True)
            client.cookies = cookies


def word(answer: Any) -> str:
    """An answer as the table writes it: ``in`` to the login page, ``go`` elsewhere, ``no`` refused with a sentence."""
    if answer.status_code in (301, 302):
        return "in" if answer["Location"].startswith(DOOR) else "go"
    if answer.status_code in (409, 422) and answer["Content-Type"].startswith("application/json"):
        return "no"
    return str(answer.status_code)
