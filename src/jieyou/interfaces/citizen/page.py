"""What every public page has: the city's name, 长辈版 and its size of letters, 演示数据, 备案."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from jieyou.interfaces.citizen import dials
from jieyou.kernel.places import tree

ELDER = "elder"
#: Letters of 长辈版 in px: 工信部 asks for 18 at least (the small print is .92 of these) and up to 30.
SIZES = (20, 24, 30)
A_YEAR = 365 * 24 * 3600


def show(
    request: HttpRequest, name: str, *, keep: bool = False, status: int = 200, **words: Any
) -> HttpResponse:
    """Render ``citizen/NAME.html``. Unless ``keep``, no browser or proxy may store the page.

    A form sent by a button of 长辈版 (``to=elder``, ``larger``, ``smaller``) comes back in the other size with all
    that was filled in.
    """
    turned = request.POST.get("to", "")
    letters = step(elder(request), turned)
    city = tree.current().filter(level="city").order_by("code").first()
    base = {
        "city": city.name if city else "",
        "demo": settings.DEMO,
        "filing": dials.filing(),
        "telephone": dials.telephone(),
        "elder": letters,
        "larger": letters and letters < SIZES[-1],
        "smaller": letters > SIZES[0],
    }
    response = render(request, f"citizen/{name}.html", base | words, status=status)
    patch_vary_headers(response, ["Cookie"])
    response["Cache-Control"] = "private, no-cache" if keep else "no-store"
    return remember(response, letters) if turned in STEPS else response


def elder(request: HttpRequest) -> int:
    """The size of letters (px) of a visitor who chose 长辈版; 0 for the usual pages."""
    kept = request.COOKIES.get(ELDER, "")
    chosen = int(kept) if kept.isdecimal() and len(kept) < 3 else 0
    return chosen if chosen in SIZES else SIZES[0] if chosen else 0


STEPS = (ELDER, "larger", "smaller")


def step(letters: int, turned: str) -> int:
    """The size after one of ``STEPS``: on or off, one size up, one size down."""
    if turned == ELDER:
        return 0 if letters else SIZES[0]
    if turned not in STEPS or not letters:
        return letters
    at = SIZES.index(letters) + (1 if turned == "larger" else -1)
    return SIZES[max(0, min(at, len(SIZES) - 1))]


def remember(response: HttpResponse, letters: int) -> HttpResponse:
    """Keep the choice in a cookie that holds nothing but the size."""
    response.set_cookie(
        ELDER, str(letters), max_age=A_YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True
    )
    return response
