"""One pattern for many words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable


def trie(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words; first characters are shared, so a search looks at few of them."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[:1], []).append(word[1:])
    if set(heads) == {""}:
        return ""
    parts = [re.escape(head) + trie(rest) for head, rest in heads.items() if head]
    group = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
    return f"(?:{group})?" if "" in heads else group
