"""What a message calls for at once: a person, or a seal. Proposals to the clerk; nothing is kept of them."""

from __future__ import annotations

from dataclasses import dataclass

from jieyou.kernel.privacy import words
from jieyou.kernel.privacy.alarm import Alarm, listener


@dataclass(frozen=True)
class Signs:
    """``harm``: somebody must look now. ``accuses``: a cadre or an office may be accused; whether it is sealed a clerk decides."""

    harm: list[Alarm]
    accuses: list[Alarm]

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        return tuple(sorted((hit.start, hit.end) for hit in (*self.harm, *self.accuses)))

    @property
    def harm_words(self) -> list[str]:
        return list(dict.fromkeys(f"{hit.kind}：{hit.word}" for hit in self.harm))

    @property
    def accusing_words(self) -> list[str]:
        return list(dict.fromkeys(hit.word for hit in self.accuses))


def signs(text: str) -> Signs:
    """Two queries; the words made ready are kept by the process."""
    return Signs(listener(words.in_force()).hear(text), listener(words.of_accusation()).hear(text))
