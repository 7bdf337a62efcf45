"""The short way of a request that carries a key: no session, no cookie, no language, no page is behind it.

The routes of all loops are some hundreds; they are looked up by their first and last word, not tried one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils import translation

PREFIX, WORD = "/api/", "Bearer "
#: What the long way would have put on the answer.
HEADERS = {"X-Frame-Options": "DENY", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}


class Direct:
    """Middleware: a request with a key goes to its route at once; every other request takes the long way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response, self.served = get_response, settings.ZONE != "public"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        keyed = request.META.get("HTTP_AUTHORIZATION", "").startswith(WORD)
        if not (self.served and keyed and request.path_info.startswith(PREFIX)):
            return self.get_response(request)
        request.get_host()  # an address that is not ours is refused, as everywhere
        translation.activate(settings.LANGUAGE_CODE)
        match = get_resolver().resolve(request.path_info)
        request.resolver_match = match
        answer = match.func(request, *match.args, **match.kwargs)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        answer.headers.setdefault("Content-Length", str(len(answer.content)))
        return answer


def by_word(routes: tuple[Sequence[Any], str, str], prefix: str) -> URLResolver:
    """The routes below a prefix, as ``path(prefix, routes)`` would have them."""
    patterns, app, namespace = routes
    return _ByWord(RoutePattern(prefix), list(patterns), None, app, namespace)


class _ByWord(URLResolver):
    """Looks only at the routes of the same words: ``jieyou/<number>/verify`` has the words ``jieyou * verify``."""

    _shelves: dict[tuple[str, ...], URLResolver] | None = None

    def resolve(self, path: str) -> Any:
        parts = tuple(path[len(str(self.pattern)) :].split("/"))
        shelves = self._sorted()
        shelf = (
            shelves.get(parts) or shelves.get((parts[0], "*", *parts[2:])) or shelves.get((*parts[:2], "*"))
        )
        return shelf.resolve(path) if shelf else super().resolve(path)

    def _sorted(self) -> dict[tuple[str, ...], URLResolver]:
        if self._shelves is None:
            sorted_: dict[tuple[str, ...], list[URLPattern | URLResolver]] = {}
            for pattern in self.url_patterns:
                words = tuple("*" if "<" in word else word for word in str(pattern.pattern).split("/"))
                sorted_.setdefault(words, []).append(pattern)
            self._shelves = {
                words: URLResolver(self.pattern, some, None, self.app_name, self.namespace)
                for words, some in sorted_.items()
            }
        return self._shelves
