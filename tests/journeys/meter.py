"""Counts what a journey costs: taps, screens, bytes over the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from gzip import compress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import Locator, Page

HEADERS = 350


def packed(path: str) -> int:
    """A static file as ``jieyou serve`` sends it; the server of the tests does not compress."""
    found = finders.find(path.removeprefix("/static/"))
    return HEADERS + len(compress(Path(str(found)).read_bytes(), 6)) if found else HEADERS


@dataclass
class Meter:
    """One person at one page. A choice in a list is two taps: the list opens, then one is chosen; typing is none."""

    page: Page
    taps: int = 0
    bytes: int = 0
    titles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wire = self.page.context.new_cdp_session(self.page)
        self.wire.send("Network.enable")
        self.asked: dict[str, str] = {}
        self.wire.on(
            "Network.responseReceived",
            lambda got: self.asked.update({got["requestId"]: got["response"]["url"]}),
        )
        self.wire.on("Network.loadingFinished", self._add)

    def _add(self, sent: dict[str, Any]) -> None:
        path = urlsplit(self.asked.get(sent["requestId"], "")).path
        self.bytes += packed(path) if path.startswith("/static/") else int(sent["encodedDataLength"])

    def opens(self, address: str) -> None:
        """The link, the notice's code or the bookmark with which it begins."""
        self.page.goto(address, wait_until="load")
        self.sees()

    def sees(self) -> None:
        """The screen that is there now counts, once for each heading."""
        title = self.page.locator("h1").inner_text()
        if title not in self.titles:
            self.titles.append(title)

    def taps_on(self, what: Locator) -> None:
        what.click()
        self.taps += 1

    def chooses(self, what: Locator, value: str) -> None:
        what.select_option(value)
        self.taps += 2

    def row(self, name: str, limits: str) -> str:
        """A line of the table in docs/usability.md. Headings are as shown; the home page is not counted as a form."""
        return f"| {name} | {self.taps} | {len(self.titles)} | {self.bytes / 1024:.1f} | {limits} |"
