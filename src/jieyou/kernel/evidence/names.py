"""File names as people may safely see and download them. Pure."""

from __future__ import annotations

import re
import unicodedata

from jieyou.kernel.privacy.masking import mask

_LONGEST = 80
_FORBIDDEN = re.compile(r'[<>:"|?*\\/%;]')


def parted(name: str) -> tuple[str, str]:
    """(stem, ending in lower case) of the last part of a path; "" when there is none that looks like one."""
    base = re.split(r"[\\/]", name)[-1].strip()
    stem, dot, ending = base.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,5}", ending):
        return base, ""
    return stem, f".{ending.lower()}"


def clean(stem: str, ending: str) -> str:
    """A file name without control and direction characters, without telephones, of moderate length."""
    text = "".join(c for c in unicodedata.normalize("NFC", stem) if unicodedata.category(c)[0] != "C")
    text = mask(_FORBIDDEN.sub("_", text)).replace("*", "x")
    text = re.sub(r"\s+", " ", text).strip(" .")[:_LONGEST].strip(" .")
    return f"{text or '附件'}{ending}"
