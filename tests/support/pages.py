"""Fixtures of the browser tests: visitors on real pages, who never leave this machine.

``page`` is one visitor; ``visitor(account, phone=True)`` makes as many as a story has persons. Each is a
context of its own (own cookies), zh-CN, Asia/Shanghai. A request to any other machine, an error in a script
or a breach of the Content-Security-Policy fails the test.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    expect,
    sync_playwright,
)

from support.browser import ARGUMENTS, find

ELSEWHERE = re.compile(r"^(https?|wss?)://(?!(127\.0\.0\.1|localhost|\[::1\])(:|/|$))")
AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SECONDS = 30

Visitor = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    # Playwright keeps an event loop in this thread, for which Django would refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(
        timeout=SECONDS * 1000
    )  # as patient as a click; a shared machine has slow minutes, and patience costs nothing
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find().program, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(transactional_db: None, browser: Browser, live_server: Any) -> Iterator[Visitor]:
    """``visitor()`` is a stranger, ``visitor(account)`` is logged in, ``phone=True`` holds a phone.

    Their addresses are relative to the served site: ``page.goto("/desk/")``.
    """
    contexts: list[BrowserContext] = []
    wrongs: list[str] = []

    def come(account: Any = None, *, phone: bool = False, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport=PHONE if phone else DESK,
            has_touch=phone,
            **options,
        )
        context.set_default_timeout(SECONDS * 1000)
        contexts.append(context)
        watch(context, wrongs)
        if account is not None:
            context.add_cookies([session_cookie(account, live_server.url)])
        return context.new_page()

    yield come
    for context in contexts:
        context.close()
    assert not wrongs, "\n".join(wrongs)


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """A stranger at a desk."""
    return visitor()


def watch(context: BrowserContext, wrongs: list[str]) -> None:
    """Note what no page may do."""

    def refuse(route: Route) -> None:
        wrongs.append(f"a page asked another machine for {route.request.url}")
        route.abort()

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            wrongs.append(f"against the Content-Security-Policy: {message.text}")

    context.route(ELSEWHERE, refuse)
    context.on("console", hear)
    context.on("weberror", lambda error: wrongs.append(f"an error in a script: {error.error}"))


def session_cookie(account: Any, url: str) -> Any:
    """The cookie of somebody who is logged in."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def axe(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.1 A and AA on the page as it is now, one line each."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
    return [
        f"{each['id']}: {each['help']} {node['html'][:200]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def shoot(page: Page, name: str, *, full: bool = True) -> None:
    """A picture NAME.png for ``make screens``; nothing in an ordinary run."""
    folder = os.environ.get("JIEYOU_SCREENS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=full)
