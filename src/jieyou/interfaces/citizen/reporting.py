"""我要反映: one page to fill in, one to check, one to take home."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from jieyou.commons.reports import intake
from jieyou.interfaces.citizen import guard, lists, outline, photos
from jieyou.interfaces.citizen.draft import Draft
from jieyou.interfaces.citizen.page import show
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.places import tree
from jieyou.mechanisms.petitions import taking

OLD_PAGE = "这一页放得太久了。您写的内容还在，请再点一次“下一步”。"


@require_http_methods(["GET", "HEAD", "POST"])
def fill_in(request: HttpRequest) -> HttpResponse:
    """The first page: empty, or (POST) as it was filled in, with the next places or what a search found.

    A tile of the home page brings the ``category``, the code on a stairway's notice the ``found`` place.
    """
    asked = {name: request.GET[name] for name in ("category", "found", "petition") if name in request.GET}
    draft = Draft.read(request.POST if request.method == "POST" else asked)
    return _form(request, draft, _take_photos(request, draft))


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The second page: all that will be sent, nothing sent yet."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("citizen:report"))
    draft = Draft.read(request.POST)
    wrongs = _problems(draft) | _take_photos(request, draft)
    return _form(request, draft, wrongs) if wrongs else _check_page(request, draft)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """The report goes in, once. The third page shows the query number, and nobody can call it up again."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("citizen:report"))
    draft = Draft.read(request.POST)
    place, wrongs = draft.place(), _problems(draft)
    if place is None or wrongs:
        return _form(request, draft, wrongs)
    if not guard.may_report(request):
        return _check_page(request, draft, guard.TOO_MANY_REPORTS, status=429)
    try:
        receipt = (taking.take if draft.petition else intake.submit)(draft.told(place), intake.PUBLIC)
    except Refused as no:
        return _form(request, draft, {_NAMES.get(name, name): words for name, words in no.errors.items()})
    photos.forget(draft.client_key)
    return receipt_page(request, receipt)


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Lists of places for the script: ``?under=CODE`` the places right below, ``?q=WORDS`` places by name."""
    if "q" in request.GET:
        found = [{"code": f.code, "name": f.name} for f in lists.find(request.GET["q"])]
    else:
        found = [{"code": p.code, "name": p.name} for p in lists.below(request.GET.get("under", ""))]
    response = JsonResponse({"places": found}, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=3600"
    return response


def came_too_late(request: HttpRequest) -> HttpResponse:
    """A form whose token is no longer good (a page left open for long): shown again, nothing lost."""
    draft = Draft.read(request.POST)
    return _form(request, draft, {"words": OLD_PAGE}, status=403)


_NAMES = {"place": "county"}


def _problems(draft: Draft) -> dict[str, str]:
    return draft.problems(draft.place(), lists.categories())


def _take_photos(request: HttpRequest, draft: Draft) -> dict[str, str]:
    """Put new photos aside, throw away those no longer wanted; a sentence if some were not welcome."""
    photos.drop(draft.client_key, [int(n) for n in request.POST.getlist("drop") if n.isdecimal()])
    uploads = request.FILES.getlist("photos")
    if not uploads:
        return {}
    allowed = [upload for upload in uploads if guard.may_upload(request)]
    wrongs = photos.keep(draft.client_key, allowed)
    if len(allowed) < len(uploads):
        wrongs.append(guard.TOO_MANY_PHOTOS)
    return {"photos": "；".join(wrongs)} if wrongs else {}


def _form(request: HttpRequest, draft: Draft, wrongs: dict[str, str], status: int = 200) -> HttpResponse:
    seek = request.POST.get("seek", "").strip() if request.POST.get("to") == "find" else ""
    return show(
        request,
        "report",
        keep=request.method == "GET",
        status=status,
        draft=draft,
        wrongs=wrongs,
        categories=lists.categories(),
        counties=lists.counties(),
        townships=lists.below(draft.county),
        villages=lists.below(draft.township),
        seek=seek,
        found=lists.find(seek),
        photos=photos.small(draft.client_key),
        outline=outline.kept() is not None,
    )


def _check_page(request: HttpRequest, draft: Draft, wrong: str = "", status: int = 200) -> HttpResponse:
    place = draft.place()
    category = next((c.title for c in lists.categories() if c.code == draft.category), "")
    return show(
        request,
        "check",
        status=status,
        draft=draft,
        category=category,
        wrong=wrong,
        place=" ".join(p.name for p in tree.chain(place)[1:]) if place else "",
        photos=photos.small(draft.client_key),
        harm=intake.harmful(draft.words, draft.where, draft.accused_words),
    )


def receipt_page(request: HttpRequest, receipt: intake.Receipt) -> HttpResponse:
    """The QR picture leads to the page where the number is typed and does not hold the number itself.

    Whoever photographs a printed receipt, and every scanner that keeps or checks the addresses it reads, gets
    nothing but a public address.
    """
    address = request.build_absolute_uri(reverse("citizen:track"))
    picture = segno.make(address, error="m").png_data_uri(scale=6, border=3)
    report = receipt.report
    return show(
        request,
        "receipt",
        secret=receipt.secret,
        picture=picture,
        report=report,
        address=address,
        home=receipt.case.home.name,
        days=lists.first_days(report.place.code),
        petition=receipt.case.loop == "petition",
        proposal=receipt.case.loop == "proposal",
    )
