"""移交: what goes over with a post is shown before, then it goes in one click."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jieyou.commons.changes import handing
from jieyou.interfaces.web import forms
from jieyou.interfaces.web.office import recent
from jieyou.interfaces.web.office.acts import refused
from jieyou.interfaces.web.office.pages import WHY
from jieyou.interfaces.web.office.people import candidates, post_or_404
from jieyou.interfaces.web.office.territory import KeeperRequest, edits
from jieyou.kernel.loop import answers
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Account, Post
from jieyou.kernel.people.roles import CLEARED
from jieyou.kernel.people.terms import BadPost


@edits
def hand_over(request: KeeperRequest, key: UUID) -> HttpResponse:
    """GET: what would go over. POST with ``look``: what would go over to this person; without: it goes."""
    post = post_or_404(request, key)
    people = candidates(request.keeper, [post.unit], post.account)
    asks = (
        Ask(
            "account",
            "交给谁",
            "choice",
            choices=tuple((one.pk.hex, f"{one.name}（{one.username}）") for one in people),
        ),
        WHY,
    )
    if request.method != "POST":
        return _page(request, post, asks, {}, None)
    typed = forms.read(asks, request.POST)
    heir = next((one for one in people if one.pk.hex == typed["account"]), None)
    if "look" in request.POST and heir is not None:
        return _page(request, post, asks, typed, heir)
    try:
        given = answers.clean(asks, forms.raw(asks, typed))
        assert heir is not None
        made = handing.hand_over(post, heir, request.actor, given["why"])
    except (Refused, BadPost) as no:
        return _page(request, post, asks, typed, heir, refused(no))
    messages.success(request, f"已办{made.title}。接任人办第一件事以前，可以在下面撤销。")
    return redirect("web:person", post.account_id)


def _page(
    request: KeeperRequest, post: Post, asks: tuple[Ask, ...], typed: forms.Typed, heir: Account | None, no: Refused | None = None
) -> HttpResponse:  # fmt: skip
    context = {
        "here": "settings", "post": post, "goes": handing.preview(post, heir), "heir": heir, "keeper": request.keeper,
        "form": forms.Form(asks, typed, None, no.errors if no else {}), "sentence": no.sentence if no else "",
        "in_hand": handing.IN_HAND if post.role == CLEARED else "", "recent": recent.of(request.keeper, handing.WHAT),
    }  # fmt: skip
    return render(request, "web/office/hand_over.html", context, status=422 if no else 200)
