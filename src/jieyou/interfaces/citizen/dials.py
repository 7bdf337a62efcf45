"""Numbers and words of the public pages that a city sets from outside (``JIEYOU_*``)."""

from __future__ import annotations

import os

PHOTOS = 6
PHOTO_MEGABYTES = 15


def number(name: str, default: int) -> int:
    """A whole number from the environment."""
    return int(os.environ.get(name) or default)


def tries() -> int:
    """Query numbers that one address may try in ten minutes."""
    return number("JIEYOU_TRACK_TRIES", 10)


def tries_of_all() -> int:
    """Query numbers tried by everybody in ten minutes, from which on each address has fewer tries."""
    return number("JIEYOU_TRACK_TRIES_ALL", 600)


def reports() -> int:
    """Reports from one address in an hour."""
    return number("JIEYOU_REPORTS_PER_HOUR", 10)


def proxies() -> int:
    """Reverse proxies of ours in front of this process, each of which adds to ``X-Forwarded-For``."""
    return number("JIEYOU_PROXIES", 0)


def telephone() -> str:
    """The number that 长辈版 keeps at hand on every page."""
    return os.environ.get("JIEYOU_TELEPHONE") or "12345"


def filing() -> str:
    """备案编号 for the foot of each page."""
    return os.environ.get("JIEYOU_FILING_NO", "")
