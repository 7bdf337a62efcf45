"""Coming in and going out, one's own password and look, one's posts, deputies."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from jieyou.interfaces.web.staff import StaffRequest, staff
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import chain
from jieyou.kernel.people import posts
from jieyou.kernel.people.models import Account, Deputy, Post
from jieyou.kernel.people.terms import BadPost, in_force

YEAR = 365 * 24 * 3600


class Entry(AuthenticationForm):
    """User name and password; wrong ones are answered with one sentence, whichever of them it was."""

    error_messages = {
        "invalid_login": "用户名或密码不对。连续输错 5 次会锁定 30 分钟。",
        "inactive": "这个账号已经停用，请联系本单位的系统管理员。",
        "over": "这个一次性密码已经过期，请系统管理员重新发一个。",
    }

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if user.once and user.once < clock.now():
            raise ValidationError(self.error_messages["over"], code="over")


class Login(LoginView):
    """The staff's door."""

    template_name = "web/login.html"
    authentication_form = Entry
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = _demo()
        accounts = list(demo.get("accounts", {}).items())
        return super().get_context_data(
            **kwargs, demo_accounts=accounts, demo_password=demo.get("password", "")
        )


class Logout(LogoutView):
    """Out, and back to the door."""


def _demo() -> dict[str, Any]:
    """What loading the demonstration wrote down (``accounts``, ``password``); nothing anywhere else."""
    path = settings.HOME / "demo.json"
    return json.loads(path.read_text("utf-8")) if settings.DEMO and path.exists() else {}


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the machine is set. A cookie; nothing is kept about the person."""
    back = request.POST.get("next", "")
    response = redirect(back if _ours(request, back) else resolve_url("web:desk"))
    chosen = request.POST.get("theme", "")
    if chosen in ("light", "dark"):
        response.set_cookie(
            "theme", chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS
        )
    else:
        response.delete_cookie("theme")
    return response


def _ours(request: HttpRequest, address: str) -> bool:
    return bool(address) and url_has_allowed_host_and_scheme(
        address, {request.get_host()}, request.is_secure()
    )


@sensitive_post_parameters()
@staff
def password(request: StaffRequest) -> HttpResponse:
    """One's own password; the other sessions of the account end with the old one."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = form.save()
        Account.objects.filter(pk=account.pk).update(once=None)
        update_session_auth_hash(request, account)
        chain.append("password", f"account:{account.pk.hex}", {"person": request.actor.person})
        messages.success(request, "密码已经修改。")
        return redirect("web:desk")
    status, rules = 422 if form.errors else 200, "".join(password_validators_help_texts())
    return render(request, "web/password.html", {"here": "", "form": form, "rules": rules}, status=status)


@staff
def my_posts(request: StaffRequest) -> HttpResponse:
    """My posts, terms and deputies."""
    return _posts_page(request)


def _posts_page(
    request: StaffRequest, sentence: str = "", about: UUID | None = None, status: int = 200
) -> HttpResponse:
    today = clock.today()
    mine = Post.objects.filter(account=request.user).select_related("unit").order_by("until", "since")
    lent = Deputy.objects.filter(_not_over(today), account=request.user).select_related(
        "post__unit", "post__account"
    )
    context = {
        "here": "posts",
        "mine": mine.prefetch_related("deputies__account"),
        "lent": lent,
        "today": today,
        "usual_end": today + timedelta(days=7),
        "colleagues": colleagues(request),
        "sentence": sentence,
        "about": about,
        "typed": request.POST,
    }
    return render(request, "web/posts.html", context, status=status)


def _not_over(day: date) -> Q:
    return Q(until__isnull=True) | Q(until__gt=day)


def colleagues(request: StaffRequest) -> list[Account]:
    """Who can be named as a deputy: whoever holds a post in one of the actor's units today."""
    there = Post.objects.filter(in_force(clock.today()), unit__in=request.actor.units).values("account")
    return list(
        Account.objects.filter(pk__in=there, is_active=True).exclude(pk=request.user.pk).order_by("name")
    )


@require_POST
@staff
def deputy(request: StaffRequest, key: UUID) -> HttpResponse:
    """Name a deputy for one of one's own posts."""
    post = Post.objects.filter(pk=key, account=request.user).first()
    if post is None:
        raise Http404("这不是您的岗位")
    try:
        account = _account(request, colleagues(request))
        since, until = _day(request, "since", "开始日期"), _day(request, "until", "结束日期")
        posts.name_deputy(
            post,
            account,
            since,
            until,
            request.actor.person,
            request.POST.get("why", "").strip() or "指定代理人",
        )
    except BadPost as no:
        return _posts_page(request, no.sentence, key, 422)
    messages.success(request, f"已指定{account.name}在{since}至{until - timedelta(days=1)}代理{post}。")
    return redirect("web:posts")


def _account(request: StaffRequest, among: list[Account]) -> Account:
    found = next((a for a in among if a.pk.hex == request.POST.get("account", "")), None)
    if found is None:
        raise BadPost("请选择人员。")
    return found


def _day(request: StaffRequest, name: str, label: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise BadPost(f"请填写{label}，写成 2026-11-23 这样。") from None
