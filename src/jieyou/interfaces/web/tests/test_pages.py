"""Rules for templates, style and script that no linter knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

INTERFACES = Path(__file__).resolve().parents[2]
TEMPLATES = [
    *(INTERFACES / "templates/web").glob("*.html"),
    *(INTERFACES / "templates/components").glob("*.html"),
    *(INTERFACES / "templates").glob("[b4-5]*.html"),
]
CSS = (INTERFACES / "static/css/app.css").read_text("utf-8")
JS = (INTERFACES / "static/js/app.js").read_text("utf-8")
ICONS = {
    line.strip()
    for line in (INTERFACES.parents[2] / "frontend/icons.txt").read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
}


def named(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_chinese_has_full_width_punctuation(path: Path) -> None:
    text = re.sub(r"\{[%{#].*?[%}#]\}|<[^>]*>", "〇", path.read_text("utf-8"))
    assert re.findall(r"[一-鿿][,;:!?()][一-鿿〇]|[一-鿿]\.(?=[一-鿿])", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_page_has_a_style_or_a_script_in_it(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:|hx-on", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_form_that_posts_has_its_token(path: Path) -> None:
    forms = re.findall(r'<form[^>]*method="post".*?</form>', path.read_text("utf-8"), re.S)
    assert [form for form in forms if "csrf_token" not in form] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_htmx_says_its_target_on_each_element(path: Path) -> None:
    """htmx 4 no longer inherits it: code that repeats it is right on both."""
    tags = [
        tag
        for tag in re.findall(r"<[a-z]+\b[^>]*>", path.read_text("utf-8"))
        if "hx-get" in tag or "hx-post" in tag
    ]
    assert [tag for tag in tags if "hx-target" not in tag or "hx-swap" not in tag] == []


def test_every_icon_that_is_drawn_is_in_the_sprite() -> None:
    used = set(re.findall(r"{% icon '([a-z0-9-]+)'", "".join(p.read_text("utf-8") for p in TEMPLATES)))
    used |= set(
        re.findall(r'Item\("\w+", "[^"]+", "([a-z0-9-]+)"', (INTERFACES / "web/menu.py").read_text("utf-8"))
    )
    assert used <= ICONS and len(used) > 20


def test_red_is_for_overdue_and_for_faults_only() -> None:
    rules = re.findall(r"([^{}]+)\{[^{}]*var\(--jy-red", CSS)
    assert {rule.strip() for rule in rules} == {
        ".form-control.is-invalid, .form-select.is-invalid", ".jy-errors", ".jy-errors a, .jy-errors li", ".jy-lamp.red i",
        ".jy-lamp.red", ".jy-tabs a.red b", ".jy-table .bad", ".jy-wrong", ".jy-field.bad, .jy-field .bad",
    }  # fmt: skip


def test_the_script_is_small_and_asks_nobody() -> None:
    assert len(JS.encode()) < 8_000
    assert not re.search(r"fetch\(|XMLHttpRequest|eval\(|innerHTML|localStorage", JS)


def contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast of two #rrggbb."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def palette(block: str) -> dict[str, str]:
    found = dict(re.findall(r"--jy-([a-z0-9-]+): (#[0-9a-f]{3,6});", block))
    return {k: v if len(v) == 7 else "#" + "".join(c * 2 for c in v[1:]) for k, v in found.items()}


LIGHT = palette(CSS)
DARK = LIGHT | palette((INTERFACES / "static/css/dark.css").read_text("utf-8"))
PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("surface", "page", "raised", "hover", "grey-soft")),
    ("blue-deep", "surface"), ("blue-deep", "page"), ("blue-deep", "blue-soft"), ("blue-deep", "blue-mid"), ("on-blue", "blue"),
    ("green-ink", "green-soft"), ("amber-ink", "amber-soft"), ("amber-ink", "surface"), ("red-ink", "surface"),
    ("red-ink", "red-soft"), ("violet-ink", "violet-soft"), ("grey-ink", "grey-soft"), ("ink", "blue-soft"), ("ink", "green-soft"),
    ("ink", "amber-soft"), ("ink", "violet-soft"), ("ink", "red-soft"),
]  # fmt: skip


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_of_colours_can_be_read(colours: dict[str, str]) -> None:
    low = {
        (a, b): round(contrast(colours[a], colours[b]), 2)
        for a, b in PAIRS
        if contrast(colours[a], colours[b]) < 4.5
    }
    assert low == {}


def test_each_colour_is_said_once_a_scheme() -> None:
    names = re.findall(r"^ *(--jy-[a-z0-9-]+):", CSS, re.M)
    assert len(names) == len(set(names)) and "prefers-color-scheme" not in CSS
