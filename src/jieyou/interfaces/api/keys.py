"""Who asks: a key (`Authorization: Bearer jy_…`), or the staff session. ``request.actor`` either way.

A key that is no key is counted by address: guessing is answered with 429. A session needs the CSRF token for
everything that changes something, a key does not.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import AuthenticationError, AuthorizationError, HttpError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from jieyou.interfaces.api import known
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.posts import actor_of
from jieyou.kernel.privacy import limits

NO_KEY = "请在请求头 Authorization 里写“Bearer 接口密钥”，或先登录"
BAD_KEY = "接口密钥不对，或已经停用"
TOO_MANY = "错误的密钥试得太多了，请过几分钟再试"
NO_TOKEN = "缺少防伪标记（CSRF）：用登录身份办理时，请在请求头 X-CSRFToken 里带上它"

#: So many wrong keys from one address in so many seconds.
WRONG, SECONDS = 20, 300


class Key(HttpBearer):
    """接口密钥."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        actor = known.actor(token) if token.startswith("jy_") else None
        if actor is None:
            raise _wrong(request)
        return admit(request, actor)


class Session(APIKeyCookie):
    """The session cookie of the staff pages."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: Any) -> Actor | None:
        if not request.user.is_authenticated or request.user.once:
            return None  # a one-time password opens only the page where it is changed
        if check_csrf(request):
            raise AuthorizationError(403, NO_TOKEN)
        return admit(request, actor_of(request.user))

    def authenticate(self, request: HttpRequest, key: str | None) -> None:
        """Not used: the session itself says who it is."""


def admit(request: Any, actor: Actor) -> Actor:
    """Who asks, once per request."""
    request.actor = actor
    return actor


def _wrong(request: HttpRequest) -> HttpError:
    address = request.META.get("REMOTE_ADDR", "")
    if limits.allow(f"api-key:{address}", WRONG, SECONDS):
        return AuthenticationError(401, BAD_KEY)
    return HttpError(429, TOO_MANY)
