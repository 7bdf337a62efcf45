"""A refusal is a sentence. Pure."""

from __future__ import annotations


class Refused(Exception):
    """The step cannot be made. ``sentence`` says why, in words for the person; ``errors`` maps an ask's name to its own."""

    def __init__(self, sentence: str, field: str = "", errors: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.errors = errors or ({field: sentence} if field else {})


class Overtaken(Refused):
    """Somebody else made a step first: the page that was looked at is old."""

    def __init__(self) -> None:
        super().__init__("这件事刚刚有人办过，请看一下最新情况再办")
