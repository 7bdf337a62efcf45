"""Tags of the staff pages: icon, lamp, form field, navigation."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jieyou.commons.meetings import agenda
from jieyou.interfaces.web import menu, ribbon
from jieyou.interfaces.web.days import day_words, moment_words
from jieyou.interfaces.web.forms import Field, Form
from jieyou.interfaces.web.lamps import Lamp
from jieyou.interfaces.web.tabs import capped as _capped
from jieyou.kernel.loop import registry

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One icon of the sprite; it says nothing by itself, words stand beside it."""
    return format_html(
        '<svg class="ic" aria-hidden="true"><use href="{}#{}"></use></svg>', static("vendor/icons.svg"), name
    )


@register.simple_tag
def lamp(light: Lamp) -> SafeString:
    """A lamp with its shape, its words and the exact day."""
    return format_html(
        '<span class="jy-lamp {}" title="{}"><i></i>{}</span>', light.tone, light.title, light.words
    )


@register.simple_tag
@cache
def bars(loop: str, stage: str) -> SafeString:
    """Where a stage lies among the eight, as small bars: a list of fifty has few different ones."""
    states, words = ribbon.mini(registry.loop(loop), stage)
    drawn = format_html_join("", '<i class="{}"></i>', ((state,) for state in states))
    return format_html('<div class="jy-bars" role="img" aria-label="{}">{}</div>', words, drawn)


@register.inclusion_tag("components/field.html")
def field(one: Field, form: Form) -> dict[str, Any]:
    """One field of a form with its label, help and fault."""
    return {"field": one, "ask": one.ask, "form": form}


@register.inclusion_tag("components/nav.html", takes_context=True)
def nav(context: dict[str, Any]) -> dict[str, Any]:
    """The main navigation, of the pages that this actor has use for."""
    request = context["request"]
    here = context.get("here", "")
    return {"groups": menu.groups(request.actor, menu.desk_counts(request), here), "here": here}


@register.simple_tag(takes_context=True)
def unread(context: dict[str, Any]) -> str:
    """How many notices were not read yet, for the bell; empty for none."""
    count = menu.unread(context["request"])
    return "" if not count else "99+" if count > 99 else str(count)


@register.simple_tag(takes_context=True)
def theme(context: dict[str, Any]) -> str:
    """``light`` or ``dark`` as chosen, or nothing: then the machine's own setting counts."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in ("light", "dark") else ""


@register.simple_tag
def demo() -> bool:
    """Is this the demonstration, which every page must say?"""
    return bool(settings.DEMO)


@register.filter
def moment(at: datetime | None) -> str:
    """``11-23 15:04``."""
    return moment_words(at) if at else ""


@register.filter
def day(value: date | None) -> str:
    """``11月23日（周一）``."""
    return day_words(value) if value else ""


@register.filter
def iso(at: datetime | None) -> str:
    """For ``<time datetime>``."""
    return at.isoformat(timespec="seconds") if at else ""


@register.filter
def ordinal(n: int) -> str:
    """一、二、…"""
    return agenda.ordinal(n)


@register.filter
def due(value: Any) -> str:
    """``11月23日前完成`` or ``7个工作日内完成``."""
    return agenda.due_words(value)


@register.filter
def capped(count: int | None) -> str:
    """A count, or 1万+."""
    return _capped(count)


@register.filter
def of(names: dict[str, str], key: str) -> str:
    """The words for a code; the code itself where nobody knows it."""
    return names.get(key, key)


@register.filter
def span_url(span: str, asked: Any) -> str:
    """The same page for another kind of period, the running one."""
    return "?" + urlencode({"place": asked.scope.place.code, "span": span})


@register.filter
def last_url(span: str, asked: Any) -> str:
    """The same page for the period before the running one."""
    return "?" + urlencode({"place": asked.scope.place.code, "span": span, "back": 1})


@register.filter
def place_url(code: str, asked: Any) -> str:
    """The same page for another place."""
    return asked.address(place=code)


@register.filter
def add_px(value: float, more: float) -> float:
    """A coordinate moved by so much."""
    return round(value + more, 1)


@register.filter
def at(rows: list[Any], n: int) -> Any:
    """The n-th of a list, from 0."""
    return rows[n]
