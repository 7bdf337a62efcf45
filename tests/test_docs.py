"""What the documentation points at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.pure


def test_each_story_of_the_page_is_a_test() -> None:
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", (ROOT / "docs/stories.md").read_text())
    missing = [
        f"{file}::{name}"
        for file, name in named
        if f"def {name}(" not in (ROOT / "tests/stories" / file).read_text()
    ]
    assert len(named) >= 20 and missing == []


def test_each_link_between_pages_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [(p, to) for p in pages for to in re.findall(r"\]\(([^)#\s]+)[^)]*\)", p.read_text())]
    broken = [(p.name, to) for p, to in links if "://" not in to and not (p.parent / to).exists()]
    assert links and broken == []
