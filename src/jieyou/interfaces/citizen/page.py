"""What every public page has: the city's name, 长辈版, 演示数据, 备案."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from jieyou.interfaces.citizen import dials
from jieyou.kernel.places import tree

ELDER = "elder"
A_YEAR = 365 * 24 * 3600


def show(
    request: HttpRequest, name: str, *, keep: bool = False, status: int = 200, **words: Any
) -> HttpResponse:
    """Render ``citizen/NAME.html``. Unless ``keep``, no browser or proxy may store the page.

    A form sent by its 长辈版 button (``to=elder``) comes back in the other size with all that was filled in.
    """
    turned = request.POST.get("to") == ELDER
    large = elder(request) ^ turned
    city = tree.current().filter(level="city").order_by("code").first()
    base = {
        "city": city.name if city else "",
        "demo": settings.DEMO,
        "filing": dials.filing(),
        "elder": large,
    }
    response = render(request, f"citizen/{name}.html", base | words, status=status)
    patch_vary_headers(response, ["Cookie"])
    response["Cache-Control"] = "private, no-cache" if keep else "no-store"
    return remember(response, large) if turned else response


def elder(request: HttpRequest) -> bool:
    """Whether this visitor chose 长辈版."""
    return request.COOKIES.get(ELDER) == "1"


def remember(response: HttpResponse, large: bool) -> HttpResponse:
    """Keep the choice in a cookie of one bit."""
    response.set_cookie(
        ELDER, "1" if large else "0", max_age=A_YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True
    )
    return response
