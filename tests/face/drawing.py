"""Draws kept pages in a browser: no Django behind it, a small server gives out the page that is up."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from django.contrib.staticfiles import finders
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from support.pages import AXE

from face.pages import Page

RULES = (
    "{resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}"
)


PHOTO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path fill="#9ab" d="M0 0h4v3H0z"/></svg>'
#: Pixels of height that one picture can have.
HIGHEST = 8_000


@dataclass(frozen=True)
class Way:
    """How a page is looked at."""

    width: int
    scheme: str = "light"
    elder: bool = False

    @property
    def phone(self) -> bool:
        return self.width < 600

    def __str__(self) -> str:
        return f"{self.width}-{'elder' if self.elder else self.scheme}"


class Hand(ThreadingHTTPServer):
    """Gives out the page that is up, and beside it the static files and axe."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Giving)
        self.up: Page | None = None
        self.styles: dict[str, bytes] = {}
        Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Giving(BaseHTTPRequestHandler):
    server: Hand

    def do_GET(self) -> None:
        """The page itself, or a file that it asks for."""
        path = self.path.split("?")[0]
        if path == "/axe.js":
            return self._give("text/javascript", AXE.read_bytes())
        if path.startswith("/static/"):
            return self._static(path.removeprefix("/static/"))
        if path.startswith("/desk/files/"):
            return self._give("image/svg+xml", PHOTO)
        page = self.server.up
        if page is None or path != page.path.split("?")[0]:
            return self._give("text/plain", b"", 404)
        html = page.html.replace("</head>", '<script src="/axe.js"></script></head>', 1)
        return self._give("text/html", html.encode(), policy=page.policy)

    def _static(self, name: str) -> None:
        kept = finders.find(name)
        body = self.server.styles.get(name) or (Path(str(kept)).read_bytes() if kept else b"")
        self._give(mimetypes.guess_type(name)[0] or "text/plain", body, 200 if kept else 404)

    def _give(self, kind: str, body: bytes, status: int = 200, policy: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if "svg" not in kind else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store" if kind == "text/html" else "max-age=600")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


@dataclass
class Board:
    """A browser in which kept pages can be opened one after the other."""

    browser: Browser
    hand: Hand = field(default_factory=Hand)
    breaches: list[str] = field(default_factory=list)

    @contextmanager
    def seen(self, way: Way, **options: Any) -> Iterator[Easel]:
        """A window of that width; what breaks the Content-Security-Policy is noted."""
        context = self.browser.new_context(
            base_url=self.hand.address, locale="zh-CN", timezone_id="Asia/Shanghai", color_scheme=way.scheme,
            has_touch=way.phone, viewport={"width": way.width, "height": 844 if way.phone else 900},
            service_workers="block", **options,
        )  # fmt: skip
        context.on("console", lambda m: self._hear(m.text))
        context.on("weberror", lambda e: self.breaches.append(f"script: {e.error}"))
        try:
            yield Easel(self.hand, context.new_page(), way)
        finally:
            context.close()

    def _hear(self, said: str) -> None:
        if "Content Security Policy" in said:
            self.breaches.append(said)


@dataclass
class Easel:
    """One window."""

    hand: Hand
    tab: Tab
    way: Way

    def open(self, page: Page) -> Tab:
        self.hand.up = page
        self.tab.goto(page.path)
        return self.tab

    def faults(self, page: Page) -> list[str]:
        """What is wrong with the page as it is drawn now, a sentence each."""
        tab = self.open(page)
        found = [f"{one['id']}: {node['html'][:160]}" for one in tab.evaluate(f"axe.run({RULES})")["violations"]
                 for node in one["nodes"]]  # fmt: skip
        touch = self.way.phone
        least = [60 if self.way.elder else 44, 18 if self.way.elder else 11.9] if touch else [0, 11.9]
        return found + tab.evaluate(CHECKS, least)

    def shoot(self, page: Page) -> bytes:
        """The whole page, or as much of it as a browser can draw at once (the interface's description is longer); the window is
        made as high as it, so that what sticks to an edge lies where it ends."""
        self.open(page)
        size = self.tab.viewport_size or {"width": self.way.width, "height": 900}
        high = min(self.tab.evaluate("document.documentElement.scrollHeight"), HIGHEST)
        self.tab.set_viewport_size({"width": size["width"], "height": max(size["height"], high)})
        png = self.tab.screenshot()
        self.tab.set_viewport_size(size)
        return png


def looked_over(board: Board, way: Way, pages: list[Page]) -> str:
    """All that is wrong with these pages, a line a fault with the pages that have it; empty when all is well."""
    having: dict[str, list[str]] = {}
    with board.seen(way) as easel:
        for page in pages:
            for fault in dict.fromkeys(easel.faults(page)):
                having.setdefault(fault, []).append(str(page))
    lines = [f"{fault}  [{len(names)}: {', '.join(names[:4])}]" for fault, names in having.items()]
    return "\n".join([*lines, *dict.fromkeys(board.breaches)])


#: Wider than the window; too small to be touched (links inside a sentence may be); letters too small; no one title.
CHECKS = """([tap, letters]) => {
  const found = [];
  const html = document.documentElement;
  const wide = html.scrollWidth - html.clientWidth;
  if (wide > 0) found.push(`${wide} px wider than the window`);
  if (document.querySelectorAll("h1").length !== 1) found.push("not exactly one h1");
  const wrong = document.querySelector("#errors, #wrongs");
  if (wrong && !document.title.startsWith("错误：")) found.push("a fault, and the title does not say 错误：");
  if (tap) {
    const kinds = "a[href], button, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, textarea, summary";
    for (const e of document.querySelectorAll(kinds)) {
      const box = e.getBoundingClientRect();
      const hidden = !e.offsetParent || box.width < 2 || e.matches(".skip, .vh, .visually-hidden, .file");
      if (hidden || e.closest("p:not(.note), dd, li.said, .jy-sub, .jy-paper, .jy-quote") && e.tagName === "A") continue;
      if (box.height < tap - 0.5) found.push(`${Math.round(box.height)} px high: ${e.outerHTML.slice(0, 110)}`);
    }
  }
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.offsetParent || e.closest(".vh, .visually-hidden, script, style, kbd")) continue;
    if (parseFloat(getComputedStyle(e).fontSize) < letters) small.add(e.className || e.tagName);
  }
  if (small.size) found.push(`letters under ${letters} px: ${[...small].join(", ")}`);
  return found;
}"""
