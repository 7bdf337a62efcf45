"""The people of the small city (``town``) at their desks, each with a browser that has no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
from django.test import Client
from support.city import Town

from jieyou.commons.reports import intake
from jieyou.commons.reports.intake import PUBLIC, Receipt, Told
from jieyou.interfaces.demo.city import HOME_TOWNSHIP
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import actor_of
from jieyou.kernel.places import tree

WORDS = "3 号楼暖气不热，家里只有 14 度，老人孩子都冻着，电话 13812346021。"


@dataclass
class Desk:
    """One person at his desk."""

    account: Account
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.client.force_login(self.account, backend="django.contrib.auth.backends.ModelBackend")

    @property
    def actor(self) -> Any:
        return actor_of(self.account)

    def see(self, path: str, **query: str) -> str:
        """The page, which must be there."""
        answer = self.client.get(path, query)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return unescape(answer.content.decode())

    def status(self, path: str) -> int:
        return self.client.get(path).status_code

    def form(self, path: str) -> dict[str, str]:
        """What a browser would send back of a form that nobody touched: hidden fields and what was filled in beforehand."""
        page = self.client.get(path).content.decode()
        return fields_of(page.split('class="jy-page"', 1)[1])

    def post(self, path: str, **data: Any) -> Any:
        """Send a form as it came, with these fields changed."""
        return self.client.post(path, self.form(path) | data)

    def step(self, case: Case, name: str, **data: Any) -> Any:
        """Make one step through its page; it must succeed."""
        answer = self.post(f"/desk/cases/{case.number}/{name}/", **data)
        assert answer.status_code == 302, sentences(answer)
        case.refresh_from_db()
        return self.client.get(answer.url)


def fields_of(html: str) -> dict[str, str]:
    """Names and values of inputs, text areas and chosen options, outside of templates and file fields."""
    html = re.sub(r"<template.*?</template>", "", html, flags=re.S)
    found: dict[str, str] = {}
    for tag in re.findall(r"<input\b[^>]*>", html):
        name, value = _attribute(tag, "name"), _attribute(tag, "value")
        if (
            name
            and 'type="file"' not in tag
            and ("checked" in tag or ('type="radio"' not in tag and 'type="checkbox"' not in tag))
        ):
            found[name] = value
    for name, inside in re.findall(r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, flags=re.S):
        found[name] = unescape(inside)
    for name, inside in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, flags=re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = unescape(chosen[1]) if chosen else ""
    return found


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def sentences(answer: Any) -> str:
    """What the summary of faults says."""
    found = re.search(r'id="errors".*?</div>', answer.content.decode(), flags=re.S)
    return re.sub(r"<[^>]+>|\s+", " ", found[0]) if found else f"status {answer.status_code}"


AtDesk = Callable[[str], Desk]
Reported = Callable[..., Receipt]


@pytest.fixture
def at_desk(town: Town) -> AtDesk:
    """``at_desk("county")``: this person, logged in."""
    desks: dict[str, Desk] = {}

    def sit(username: str) -> Desk:
        return desks.setdefault(username, Desk(town.account(username)))

    return sit


@pytest.fixture
def reported(town: Town) -> Reported:
    """``reported("…")``: a resident of the home township reports by phone page, today."""

    def tell(words: str = WORDS, **more: Any) -> Receipt:
        place = tree.children(tree.by_code(HOME_TOWNSHIP))[0]
        return intake.submit(Told(place=place, words=words, **more), PUBLIC)

    return tell
