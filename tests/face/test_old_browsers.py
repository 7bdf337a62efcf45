"""Nothing that carries meaning is newer than Chromium 90 (2021), which offices still use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

STATIC = Path(__file__).resolve().parents[2] / "src/jieyou/interfaces/static"
STYLES = sorted(path.name for path in (STATIC / "css").glob("*.css"))
SCRIPTS = sorted(path.name for path in (STATIC / "js").glob("*.js"))
#: Feature → the Chromium that brought it.
NEW_STYLE = {
    r":has\(": 105, r"@container|container-(type|name)\s*:|\bcq[wh]\b": 105, r"color-mix\(": 111, r"oklch\(|\blab\(|\blch\(": 111,
    r"@layer": 99, r"light-dark\(": 123, r"subgrid": 117, r"@scope": 118, r"@property": 85, r"@starting-style": 117,
    r"\d(dvh|svh|lvh|dvw|svw|lvw)\b": 108, r"accent-color\s*:\s*(?!var|auto)": 93, r"text-wrap\s*:": 114, r"aspect-ratio\s*:": 88,
    r"(?<![-\w])(rotate|scale|translate)\s*:": 104, r"&(:|\.|\s|\[)": 112, r":is\(|:where\(": 88, r"@media[^{]*[<>]=?": 104,
    r"-trim\s*:|field-sizing": 123,
}  # fmt: skip
#: What Chromium 90 knows already.
OLD_ENOUGH = 90
NEW_SCRIPT = {
    r"\.at\(": 92, r"structuredClone": 98, r"Object\.hasOwn": 93, r"\.findLast": 97, r"\.toSorted|\.toReversed|\.with\(": 110,
    r"Object\.groupBy": 117, r"\.showPopover|popover": 114, r"\bstatic \{": 94, r"#[a-z]\w* in ": 91, r"Promise\.withResolvers": 119,
    r"querySelector(All)?\([^)]*:has\(": 105, r"import\(|^import ": 0,
}  # fmt: skip


def bare(path: Path) -> str:
    """The text without comments and strings of addresses."""
    return re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text("utf-8"), flags=re.S)


def newer(text: str, features: dict[str, int]) -> list[str]:
    """Features in it that came after Chromium 90."""
    return [name for name, since in features.items() if since > OLD_ENOUGH and re.search(name, text, re.M)]


def without_newer(text: str) -> str:
    """The style as an old browser reads it: declarations and rules that it does not know are gone."""
    for name, since in NEW_STYLE.items():
        if since > OLD_ENOUGH:
            text = re.sub(rf"[^;{{}}]*({name})[^;{{}}]*;", "", text)
    return text


@pytest.mark.parametrize("name", STYLES)
def test_a_style_is_read_by_a_browser_of_2021(name: str) -> None:
    assert newer(bare(STATIC / "css" / name), NEW_STYLE) == []


@pytest.mark.parametrize("name", ["vendor/bootstrap.min.css", *(f"css/{name}" for name in STYLES)])
def test_a_style_loses_nothing_in_an_old_browser(name: str) -> None:
    text = bare(Path(str(finders.find(name))))
    assert without_newer(text) == text


@pytest.mark.parametrize("name", STYLES)
def test_no_rule_stands_inside_a_rule(name: str) -> None:
    depth, deepest = 0, 0
    for char in bare(STATIC / "css" / name):
        depth += (char == "{") - (char == "}")
        deepest = max(deepest, depth)
    assert depth == 0 and deepest <= 2  # a rule inside @media, nothing deeper


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_read_by_a_browser_of_2021(name: str) -> None:
    assert newer(bare(STATIC / "js" / name), NEW_SCRIPT) == []
