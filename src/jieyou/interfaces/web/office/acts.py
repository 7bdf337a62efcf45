"""One act on one thing (a person, a post, a unit, a place): a form, a reason, a change, a sentence. Declared, not hand-made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jieyou.interfaces.web import forms
from jieyou.interfaces.web.office.territory import Keeper, KeeperRequest
from jieyou.kernel.loop import answers
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.terms import BadPost
from jieyou.kernel.people.units import current
from jieyou.kernel.places.changes import BadChange
from jieyou.kernel.places.tree import UnknownPlace

Row = TypeVar("Row")
#: What the doors below refuse with: each has a sentence.
NO = (Refused, BadPost, BadChange, UnknownPlace)


def _always(row: Any) -> bool:
    return True


@dataclass(frozen=True)
class Act(Generic[Row]):
    """``asks`` are drawn for the row; ``do`` makes the change and answers a sentence; ``fits``: can it be done with this row?"""

    slug: str
    title: str
    icon: str
    asks: Callable[[KeeperRequest, Row], tuple[Ask, ...]]
    do: Callable[[KeeperRequest, Row, dict[str, Any]], str]
    fits: Callable[[Row], bool] = _always
    says: str = ""


@dataclass(frozen=True)
class FormPage:
    """What stands around a form: its title, the way back (title, address), a sentence of what will happen."""

    title: str
    crumbs: tuple[tuple[str, str], ...]
    says: str = ""

    @property
    def back(self) -> str:
        return self.crumbs[-1][1]


class TerritoryForm(forms.Form):
    """A form whose units are those of the keeper's territory."""

    def __init__(self, keeper: Keeper, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.keeper = keeper

    @property
    def units(self) -> list[tuple[str, list[Unit]]]:  # type: ignore[override]
        rows = current().filter(self.keeper.inside()).select_related("place")
        return forms.by_kind(list(rows.order_by("kind", "place__code", "name")))


def refused(no: Exception) -> Refused:
    """Any door's refusal as the form shows it."""
    return no if isinstance(no, Refused) else Refused(str(getattr(no, "sentence", no)).rstrip("。"))


def form(
    request: KeeperRequest, page: FormPage, asks: tuple[Ask, ...], typed: forms.Typed, no: Refused | None = None
) -> HttpResponse:  # fmt: skip
    """The form as it stands."""
    drawn = TerritoryForm(request.keeper, asks, typed, None, no.errors if no else {})
    context = {"here": "settings", "page": page, "form": drawn, "sentence": no.sentence if no else ""}
    return render(request, "web/office/act.html", context, status=422 if no else 200)


def run(request: KeeperRequest, act: Act[Row], row: Row, page: FormPage, usual: forms.Typed) -> HttpResponse:
    """GET: the form, filled with what is usual. POST: the act, then back where one came from."""
    asks = act.asks(request, row)
    if request.method != "POST":
        return form(request, page, asks, usual)
    typed = forms.read(asks, request.POST)
    try:
        said = act.do(request, row, answers.clean(asks, forms.raw(asks, typed)))
    except NO as no:
        return form(request, page, asks, typed, refused(no))
    messages.success(request, f"{said}。")
    return redirect(page.back)
