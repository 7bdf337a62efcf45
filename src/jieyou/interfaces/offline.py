"""The page that a browser shows by itself when the network is gone: its script, one for each zone."""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def worker(request: HttpRequest, page: str) -> HttpResponse:
    """The service worker; it lies at the top of its zone because it may only serve what lies below it."""
    source = Path(str(finders.find("js/offline.js"))).read_text("utf-8")
    response = HttpResponse(source.replace("/offline/", page), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
