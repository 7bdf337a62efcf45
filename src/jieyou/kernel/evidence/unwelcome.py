"""A file that is not taken, and why: a sentence that says what to do. Pure."""

from __future__ import annotations


class Unwelcome(Exception):
    """The file is not taken; ``sentence`` is for the person who chose it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
