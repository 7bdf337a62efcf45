"""Chinese text without words: every two characters that stand side by side are one token. Pure.

Neither SQLite's trigrams nor PostgreSQL's find two characters, and word lists miss names of villages. Tokens are 31-bit
numbers, so that both databases index the same thing; two pairs may share a number, so whoever finds looks at the text again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from zlib import crc32

SHORTEST = 2
#: Longest text of a case that is taken in; what stands behind it is not found.
LONGEST = 20_000


def normal(text: str) -> str:
    """As it is compared: small letters, full-width letters and digits made narrow; every other sign stays."""
    return "".join(_narrow(sign) for sign in text).lower()


def _narrow(sign: str) -> str:
    return (
        unicodedata.normalize("NFKC", sign)
        if "！" <= sign <= "～" and sign not in "，。！？；：（）"
        else sign
    )


def words_of(query: str) -> list[str]:
    """The words of a query, each to be found as it stands; those of one character are too short and left out."""
    return [word for word in normal(query.replace("\x00", "")).split() if len(word) >= SHORTEST]


def token(text: str) -> int:
    """The number of one token."""
    return crc32(text.encode()) & 0x7FFFFFFF


def tokens(text: str, names: Iterable[str] = ()) -> list[int]:
    """The numbers of a normal text's pairs, and of whole names beside it, each once."""
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    return sorted({token(pair) for pair in pairs if not pair.isspace()} | {token(name) for name in names})
