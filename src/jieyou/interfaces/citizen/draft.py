"""What is filled in on the first page. It travels in the page itself: nothing is kept before it is sent."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from uuid import UUID

from jieyou.commons.reports import intake
from jieyou.commons.reports.models import Category
from jieyou.interfaces.citizen import lists, photos
from jieyou.kernel.places.models import Place

SAME = re.compile(r"[0-9a-f]{32}")
KEY = re.compile(r"[A-Za-z0-9_-]{20,64}")
LONGEST = {
    "where": ("具体位置", 100),
    "accused_words": ("单位或干部", 500),
    "name": ("称呼", 40),
    "phone": ("电话", 40),
}


def _new_key() -> str:
    return secrets.token_urlsafe(24)


@dataclass
class Draft:
    """One report being written. Codes of places by level; ``client_key`` is this page's own random word.

    ``same``: the published matter that he means as well (我也一样), by its id. ``petition``: he wants it handled as 信访.
    """

    category: str = ""
    words: str = ""
    county: str = ""
    township: str = ""
    village: str = ""
    where: str = ""
    accused: str = ""
    accused_words: str = ""
    name: str = ""
    phone: str = ""
    same: str = ""
    petition: str = ""
    client_key: str = field(default_factory=_new_key)

    @classmethod
    def read(cls, post: Mapping[str, str]) -> Draft:
        """From a form. Lower places outside of the upper one are forgotten; a found place goes before all."""
        it = cls(
            **{name: post.get(name, "").replace("\x00", "").strip() for name in cls.__dataclass_fields__}
        )
        if not KEY.fullmatch(it.client_key):
            it.client_key = _new_key()
        if not SAME.fullmatch(it.same):
            it.same = ""
        it._settle(post.get("found", ""))
        return it

    def _settle(self, found: str) -> None:
        if found:
            self.county, self.township = found[:6], found[:9] if len(found) > 6 else ""
            self.village = found if self.township and len(found) > len(self.township) else ""
        if not self.township.startswith(self.county or "-"):
            self.township = ""
        if not self.village.startswith(self.township or "-"):
            self.village = ""

    def kept(self) -> dict[str, str]:
        """All answers, for the hidden fields of the next page."""
        return asdict(self)

    def place(self) -> Place | None:
        return lists.deepest(self.county, self.township, self.village)

    def told(self, place: Place) -> intake.Told:
        """What goes in."""
        return intake.Told(
            place=place,
            words=self.words,
            where=self.where,
            category=self.category,
            name=self.name,
            phone=self.phone,
            accused=bool(self.accused),
            accused_words=self.accused_words if self.accused else "",
            client_key=self.client_key,
            photos=photos.files(self.client_key),
            same_as=UUID(self.same) if self.same else None,
        )

    def problems(self, place: Place | None, categories: list[Category]) -> dict[str, str]:
        """A sentence per field that is not right, in the order of the page."""
        wrongs: dict[str, str] = {}
        if self.category not in {c.code for c in categories}:
            wrongs["category"] = "请选一下是哪方面的事"
        if place is None:
            wrongs["county"] = "请选一下事情发生在哪个县区"
        for name, (title, most) in LONGEST.items():
            if len(getattr(self, name)) > most:
                wrongs[name] = f"{title}最多写 {most} 个字，现在 {len(getattr(self, name))} 个字"
        wrongs |= intake.problems(self.words, self.phone)
        return {name: wrongs[name] for name in self.__dataclass_fields__ if name in wrongs}
