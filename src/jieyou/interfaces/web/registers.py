"""台账: the pages of every register, read off its declaration: list, form, one row with its history, what is sealed in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from jieyou.commons.sheets.models import Sheet
from jieyou.interfaces.web import forms, rowhistory, where
from jieyou.interfaces.web.looks import REASONS
from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy import looks
from jieyou.kernel.privacy.sealing import sealed_fields
from jieyou.kernel.register import asking, keeping, listing
from jieyou.kernel.register.declare import Register, may_keep, may_read, reach
from jieyou.kernel.register.listing import Asked, Page
from jieyou.kernel.register.registry import registers


def register_or_404(request: StaffRequest, code: str, to_keep: bool = False) -> Register:
    """The register as this actor may use it. For others it is not there."""
    found = registers().get(code)
    allowed = found is not None and (may_keep if to_keep else may_read)(found, request.actor)
    if found is None or not allowed:
        raise Http404("没有这个台账，或者不归您用")
    return found


def _row_or_404(request: StaffRequest, register: Register, key: UUID, to_keep: bool = False) -> Any:
    related = ("place", *(part.name for part in register.parts))
    row = get_object_or_404(listing.seen_by(register, request.actor).select_related(*related), pk=key)
    if to_keep and not may_keep(register, request.actor, row.place.code):
        raise Http404("这一条不由您登记")
    return row


@staff
def index(request: StaffRequest) -> HttpResponse:
    """The registers that the actor may use, with how many rows he sees."""
    mine = [one for one in registers().values() if may_read(one, request.actor)]
    if not mine:
        raise Http404("没有台账归您用")
    rows = [(one, listing.count(one, request.actor)) for one in mine]
    return render(
        request, "web/registers.html", {"here": "registers", "rows": rows, "cap": listing.COUNT_CAP}
    )


@staff
def rows(request: StaffRequest, code: str) -> HttpResponse:
    """The list: filters from the address."""
    register = register_or_404(request, code)
    asked = Asked.read(register, request.GET)
    return render(
        request, "web/register.html", _listed(request, register, asked, listing.page_of(asked, request.actor))
    )


@require_POST
@staff
def find(request: StaffRequest, code: str) -> HttpResponse:
    """Rows that name somebody, by telephone or whole name: never in an address, and on the record."""
    register = register_or_404(request, code)
    if not register.parts:
        raise Http404("这个台账里没有要找的人")
    text = request.POST.get("who", "").replace("\x00", "")[:60]
    found = listing.sought(register, text, request.actor)
    context = _listed(request, register, Asked(register), Page(found, 1, False, len(found)))
    response = render(request, "web/register.html", context | {"who": text})
    patch_cache_control(response, no_store=True)
    return response


def _listed(request: StaffRequest, register: Register, asked: Asked, page: Page) -> dict[str, Any]:
    return {
        "here": "registers", "register": register, "asked": asked, "page": page,
        "heads": [register.label(one) for one in register.columns if one.listed and one.name != register.name],
        "rows": [(row, listing.name_of(register, row), listing.line(register, row)) for row in page.rows],
        "selects": [_select(register, one.name, asked) for one in register.narrowing],
        "places": _places(request.actor, register, asked), "chips": _chips(register, asked),
        "prev": asked.address(page=page.number - 1), "next": asked.address(page=page.number + 1),
        "may_keep": may_keep(register, request.actor), "cap": listing.cap_of(asked),
    }  # fmt: skip


def _select(register: Register, name: str, asked: Asked) -> dict[str, Any]:
    field = register.field(name)
    pairs = [(str(value), words) for value, words in field.flatchoices]
    return {"name": name, "label": field.verbose_name, "pairs": pairs, "chosen": asked.chosen.get(name, "")}


def _places(actor: Actor, register: Register, asked: Asked) -> list[Place]:
    """The places right below where one is: of what was chosen, else of the actor's own."""
    tops = reach(actor, register.readers)
    inside = asked.place and any(asked.place.startswith(top) for top in tops)
    base = Place.objects.filter(code__in=[asked.place] if inside else tops, until=None)
    return list(Place.objects.filter(parent__in=base, until=None).exclude(level="grid").order_by("code"))


def _chips(register: Register, asked: Asked) -> list[tuple[str, str]]:
    """(words, address without it) of what narrows the list."""
    found = [(f"“{asked.q}”", asked.address(q=""))] if asked.q else []
    if asked.place:
        name = (
            Place.objects.filter(code=asked.place).order_by("-since").values_list("name", flat=True).first()
        )
        found.append((name or asked.place, asked.address(place="")))
    for key, value in asked.chosen.items():
        words = dict(register.field(key).flatchoices).get(value, value)
        found.append((f"{register.field(key).verbose_name}：{words}", asked.address(**{key: ""})))
    return [*found, *([("已移出台账", asked.address(gone=""))] if asked.gone else [])]


@staff
def row(request: StaffRequest, code: str, key: UUID) -> HttpResponse:
    """One row: its columns, what is sealed masked, its history."""
    register = register_or_404(request, code)
    found = _row_or_404(request, register, key)
    keeps = may_keep(register, request.actor, found.place.code)
    history = rowhistory.of(register, found)
    context = {
        "here": "registers", "register": register, "row": found, "name": listing.name_of(register, found),
        "lines": [(register.label(one), register.words(found, one)) for one in register.plain],
        "sealed": sealed_of(register, found), "history": history, "keeps": keeps,
        "story": register.story and (register.story[0], register.story[1](found)),
        "may_undo": keeps and history[0].why != keeping.UNDONE, "turn": len(history),
        "sheet": Sheet.objects.filter(pk=found.intake).first() if found.intake else None,
    }  # fmt: skip
    return render(request, "web/register_row.html", context)


def sealed_of(register: Register, row: Any) -> list[dict[str, str]]:
    """What is sealed in a row and in its parts: key of the address, label, masked words. Blank ones are left out."""
    found = []
    for part in register.parts:
        held = getattr(row, part.name)
        masked = part.filled(held) if held else {}
        names = {one.name: str(one.verbose_name) for one in sealed_fields(type(held))} if held else {}
        found += [
            {"key": f"{part.name}-{name}", "label": f"{part.label}{names[name]}", "masked": words}
            for name, words in masked.items()
            if words
        ]
    return found


@staff
def look(request: StaffRequest, code: str, key: UUID, what: str) -> HttpResponse:
    """GET: ask for the reason. POST: keep the record, then show the one value, nowhere kept."""
    register = register_or_404(request, code)
    found = _row_or_404(request, register, key)
    one = next((one for one in sealed_of(register, found) if one["key"] == what), None)
    if one is None:
        raise Http404("没有这项内容，或者不归您看")
    part, _, field = what.partition("-")
    context: dict[str, Any] = {
        "here": "registers", "register": register, "row": found, "one": one, "name": listing.name_of(register, found),
        "reasons": REASONS,
    }  # fmt: skip
    if request.method == "POST":
        held: Model = getattr(found, part)
        why = request.POST.get("why", "").strip() or request.POST.get("usual", "")
        try:
            context["value"] = looks.reveal(request.actor, held, field, why)
        except looks.NotShown as no:
            context["sentence"] = no.sentence
    response = render(request, "web/register_look.html", context)
    patch_cache_control(response, no_store=True)
    return response


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """A new row."""
    register = register_or_404(request, code, to_keep=True)
    return _form(request, register, None)


@staff
def edit(request: StaffRequest, code: str, key: UUID) -> HttpResponse:
    """Put a row right."""
    register = register_or_404(request, code, to_keep=True)
    return _form(request, register, _row_or_404(request, register, key, to_keep=True))


def _form(request: StaffRequest, register: Register, found: Any) -> HttpResponse:
    asks = asking.asks(register, found)
    top = _top(request.actor, register, found)
    said = request.POST if request.method == "POST" else _where(found)
    picked = where.picked(top, said)
    typed = forms.read(asks, request.POST) if request.method == "POST" else _typed(register, found)
    if request.method != "POST" or "deepen" in request.POST:
        return _draw(request, register, found, forms.Form(asks, typed), picked)
    try:
        place = picked.place.code if picked.place else ""
        kept = _keep(request, register, found, {**forms.raw(asks, typed), "place": place})
    except Refused as no:
        return _draw(request, register, found, forms.Form(asks, typed, None, no.errors), picked, no)
    messages.success(request, f"已保存：{listing.name_of(register, kept)}。改错了可以在“改动记录”里撤销。")
    return redirect("web:register_row", register.code, kept.pk)


def _keep(request: StaffRequest, register: Register, found: Any, raw: dict[str, Any]) -> Any:
    if found is None:
        return keeping.add(register, raw, request.actor)
    why = request.POST.get("why", "").replace("\x00", "").strip()[:200] or keeping.CHANGED
    return keeping.change(register, found, raw, request.actor, why, _turn(request))


def _turn(request: StaffRequest) -> int:
    word = request.POST.get("turn", "")
    return int(word) if word.isdecimal() and len(word) < 7 else 0


def _top(actor: Actor, register: Register, found: Any) -> str:
    """Below which place one may choose: the actor's own that the row lies in, or the first."""
    tops = reach(actor, register.keepers)
    return next((top for top in tops if found is not None and found.place.code.startswith(top)), tops[0])


def _where(found: Any) -> dict[str, str]:
    if found is None:
        return {}
    return {"place-county": found.l3, "place-township": found.l4, "place-village": found.l5}


def _typed(register: Register, found: Any) -> forms.Typed:
    if found is None:
        return {}
    return {
        one.name: forms.retyped(asking.ask(register, one), getattr(found, one.name)) for one in register.plain
    }


def _draw(
    request: StaffRequest, register: Register, found: Any, form: forms.Form, picked: where.Picked, no: Refused | None = None
) -> HttpResponse:  # fmt: skip
    context = {
        "here": "registers", "register": register, "row": found, "form": form, "picked": picked, "lies": True,
        "name": listing.name_of(register, found) if found else "", "sentence": no.sentence if no else "",
        "errors": no.errors if no else {}, "turn": request.POST.get("turn") or (keeping.turn(found) if found else ""),
        "why": request.POST.get("why", ""),
    }  # fmt: skip
    return render(request, "web/register_form.html", context, status=422 if no else 200)


@require_POST
@staff
def take_off(request: StaffRequest, code: str, key: UUID) -> HttpResponse:
    """A row leaves the register."""
    register = register_or_404(request, code, to_keep=True)
    found = _row_or_404(request, register, key, to_keep=True)
    try:
        keeping.take_off(register, found, request.actor, request.POST.get("why", "").replace("\x00", ""))
    except Refused as no:
        messages.warning(request, f"没有移出：{no.sentence}。")
    else:
        messages.success(request, "已移出台账，记录还在；移错了可以撤销。")
    return redirect("web:register_row", code, key)


@require_POST
@staff
def undo(request: StaffRequest, code: str, key: UUID) -> HttpResponse:
    """Take the last change back."""
    register = register_or_404(request, code, to_keep=True)
    found = _row_or_404(request, register, key, to_keep=True)
    try:
        if keeping.turn(found) != _turn(request):
            raise Refused("刚刚有人改过，请看一下最新情况再办")
        keeping.undo(register, found, request.actor)
    except Refused as no:
        messages.warning(request, f"不能撤销：{no.sentence}。")
    else:
        messages.success(request, "已撤销上一次改动。")
    return redirect("web:register_row", code, key)
