"""Icons, drawn into the page from the build's sprite: no further request, and no page breaks without it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_SYMBOL = re.compile(r'<symbol id="([\w-]+)" ([^>]*)>(.*?)</symbol>', re.S)


@register.simple_tag
def icon(name: str) -> SafeString:
    """One icon in the colour of the text around it; nothing where the sprite or the icon is missing."""
    found = finders.find("vendor/icons.svg")
    drawn = _sprite(str(found), Path(found).stat().st_mtime_ns).get(name) if found else None
    return mark_safe(drawn or "")  # our own build's file


@lru_cache(maxsize=2)
def _sprite(path: str, changed: int) -> dict[str, str]:
    symbols = _SYMBOL.findall(Path(path).read_text("utf-8"))
    return {name: f'<svg class="ic" aria-hidden="true" {how}>{lines}</svg>' for name, how, lines in symbols}
