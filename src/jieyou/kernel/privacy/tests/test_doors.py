"""Sealed text has one door: nobody outside of `privacy` opens a token himself."""

import re
from pathlib import Path

import jieyou

ROOT = Path(jieyou.__file__).parent
OPENERS = re.compile(r"\b(?:open_sealed|open_field)\b")


def test_only_privacy_opens_what_is_sealed() -> None:
    inside = ROOT / "kernel" / "privacy"
    others = [p for p in ROOT.rglob("*.py") if inside not in p.parents and "tests" not in p.parts]
    assert [path for path in others if OPENERS.search(path.read_text(encoding="utf-8"))] == []
