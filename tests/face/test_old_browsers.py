"""Nothing that carries meaning is newer than Chromium 90 (2021), which offices still use. How it looks there: test_every_page.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from face.older import NEW_SCRIPT, NEW_STYLE, as_old, bare, newer

STATIC = Path(__file__).resolve().parents[2] / "src/jieyou/interfaces/static"
STYLES = sorted(path.name for path in (STATIC / "css").glob("*.css"))
SCRIPTS = sorted(path.name for path in (STATIC / "js").glob("*.js"))


def style(name: str) -> str:
    return bare(Path(str(finders.find(name))).read_text("utf-8"))


@pytest.mark.parametrize("name", ["vendor/bootstrap.min.css", *(f"css/{name}" for name in STYLES)])
def test_a_style_is_read_by_a_browser_of_2021(name: str) -> None:
    assert newer(style(name), NEW_STYLE) == []


@pytest.mark.parametrize("name", STYLES)
def test_no_rule_stands_inside_a_rule(name: str) -> None:
    depth, deepest = 0, 0
    for char in style(f"css/{name}"):
        depth += (char == "{") - (char == "}")
        deepest = max(deepest, depth)
    assert depth == 0 and deepest <= 2  # a rule inside @media, nothing deeper


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_read_by_a_browser_of_2021(name: str) -> None:
    assert newer(bare((STATIC / "js" / name).read_text("utf-8")), NEW_SCRIPT) == []


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("a{color:red;color:color-mix(in srgb,red,blue)}", "a{color:red;}"),
        ("a:has(b){color:red}i{top:0}", "i{top:0}"),
        ("@media print{p{print-color-adjust:exact;width:1px}}", "@media print{p{;width:1px}}"),
        ("a{height:100vh;height:100dvh}/* :has() */", "a{height:100vh;}"),
    ],
)
def test_an_old_browser_drops_what_it_does_not_know_and_nothing_else(new: str, old: str) -> None:
    assert as_old(new) == old
