"""查办理进度: by the query number alone; for half an hour this browser need not type it again."""

from __future__ import annotations

import unicodedata
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jieyou.commons.reports import afterwards, intake
from jieyou.commons.reports.models import RATINGS, Report
from jieyou.interfaces.citizen import guard, progress
from jieyou.interfaces.citizen.page import show
from jieyou.kernel.loop.refused import Refused

MINE, HALF_AN_HOUR = "mine", 1800
LENGTH = 12
NOTHING = "没有查到。请对照提交时给您的查询编号再看一下；编号丢了的，可以拨打 12345 说明情况。"
DONE = {
    "added": "已经补充给经办人。",
    "rated": "谢谢您的评价。",
    "unrated": "好的，不评价也可以。",
    "called": "已经补充。我们会马上安排人看；紧急情况请先打上面的电话。",
}


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """GET: the answer if this browser has shown the number, else the form. POST: the number."""
    if request.method == "POST":
        return _look_up(request)
    report = _mine(request)
    return _answer(request, report) if report else show(request, "track")


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """补充."""
    report, words = _mine(request), request.POST.get("words", "")
    if report is None:
        return _lost(request)
    if not guard.may_add(report.pk):
        return _answer(request, report, {"words": guard.TOO_MANY_WORDS}, words, status=429)
    try:
        said = afterwards.add(report, words)
    except Refused as no:
        return _answer(request, report, {"words": no.sentence}, words)
    return _back("called" if said.harm else "added")


@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """评价, or the wish not to rate."""
    report, words, rating = _mine(request), request.POST.get("words", ""), request.POST.get("rating", "")
    if report is None:
        return _lost(request)
    if rating not in {code for code, _ in RATINGS} | {"none"}:
        return _answer(request, report, {"rating": "请选一项；不想评价就选“不评价”"}, rate_words=words)
    try:
        harm = afterwards.rate(report, rating, words, office_rating=request.POST.get("office_rating", ""))
    except Refused as no:
        return _answer(request, report, {"rating": no.sentence}, rate_words=words)
    return _back("unrated" if rating == "none" else "called" if harm else "rated")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """This browser forgets the number."""
    response = HttpResponseRedirect(reverse("citizen:track"))
    response.delete_cookie(MINE, path=reverse("citizen:track"), samesite="Lax")
    return response


def _look_up(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("secret", "")[:80]
    wrong = not_a_number(typed)
    if wrong:
        return show(request, "track", wrong=wrong, typed=typed)
    if not guard.may_try(request):
        return show(request, "track", wrong=guard.TOO_MANY_TRIES, typed=typed, status=429)
    report = intake.lookup(typed)
    if report is None or report.withdrawn_at:
        return show(request, "track", wrong=NOTHING, typed=typed)
    response = HttpResponseRedirect(reverse("citizen:track"))
    response.set_signed_cookie(
        MINE,
        report.pk.hex,
        salt="citizen.mine",
        max_age=HALF_AN_HOUR,
        path=reverse("citizen:track"),
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
    return response


def not_a_number(typed: str) -> str:
    """What is wrong with its shape, or ``""``: says nothing of any report and costs no try."""
    length = sum(c.isalnum() for c in unicodedata.normalize("NFKC", typed))
    if not length:
        return "请输入查询编号"
    return "" if length == LENGTH else f"查询编号是 {LENGTH} 位字母和数字，您输入了 {length} 位"


def _mine(request: HttpRequest) -> Report | None:
    """The report of this visit's number, read anew."""
    key = request.get_signed_cookie(MINE, "", salt="citizen.mine", max_age=HALF_AN_HOUR)
    reports = Report.objects.select_related("case__home", "case__holder", "place", "case__place")
    return reports.filter(pk=UUID(key), withdrawn_at=None).first() if key else None


def _answer(
    request: HttpRequest,
    report: Report,
    wrongs: dict[str, str] | None = None,
    words: str = "",
    rate_words: str = "",
    status: int = 200,
) -> HttpResponse:
    case, said = report.case, progress.plain(report)
    done = request.GET.get("done", "") if not wrongs else ""
    return show(
        request,
        "answer",
        status=status,
        report=report,
        case=case,
        said=said,
        course=progress.course(said, report),
        promise=progress.promise(report),
        office=progress.office(report),
        joined=report.case_id != report.first_case_id,
        supplements=[] if case.sealed or report.accused else list(report.supplements.order_by("at")),
        wrongs=wrongs or {},
        words=words,
        rate_words=rate_words,
        ratings=RATINGS,
        may_rate=afterwards.may_rate(report),
        both=case.loop == "petition",
        done=DONE.get(done, ""),
        alarm=done == "called",
    )


def _lost(request: HttpRequest) -> HttpResponse:
    """Half an hour is over: the words typed meanwhile are shown back so that they can be copied."""
    return show(
        request,
        "track",
        wrong="已经过了半个小时，为了安全请重新输入查询编号。",
        words=request.POST.get("words", ""),
    )


def _back(done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('citizen:track')}?done={done}")
