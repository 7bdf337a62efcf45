"""`/api/`: the API of version 1, of every loop and register that is installed. Inner zone only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import re_path

from jieyou.interfaces.api.build import build
from jieyou.interfaces.api.direct import by_word
from jieyou.interfaces.api.refusals import refuse
from jieyou.kernel.loop import registry
from jieyou.kernel.register.registry import registers

api = build(list(registry.loops().values()), list(registers().values()))


def nothing(request: HttpRequest) -> HttpResponse:
    """Any other address below ``/api/``."""
    return refuse(404, "没有这个接口，请看 /api/v1/docs")


urlpatterns = [by_word(api.urls, "v1/"), re_path("", nothing)]
