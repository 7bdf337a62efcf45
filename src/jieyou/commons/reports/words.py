"""Titles and fingerprints of what was said. Pure."""

import re
from hashlib import sha256

_ENDS = re.compile(r"[。！？!?；;\n\r]")
_SPACE = re.compile(r"\s+")


def first_words(text: str, limit: int = 40) -> str:
    """The first sentence, cut to ``limit`` characters: a title until a clerk gives a better one."""
    sentence = next((part.strip() for part in _ENDS.split(text) if part.strip()), "群众反映")
    return sentence if len(sentence) <= limit else sentence[: limit - 1] + "…"


def fingerprint(title: str, words: str) -> str:
    """SHA-256 of title and words with white space taken out: the same message, however it was copied."""
    return sha256(_SPACE.sub("", f"{title}\x1f{words}").encode()).hexdigest()
