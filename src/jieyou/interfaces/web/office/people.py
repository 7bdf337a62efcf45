"""人员与岗位: who is there, in which posts; opening and closing accounts, appointing, deputies for times of absence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from jieyou.commons.changes import staffing
from jieyou.interfaces.web import forms
from jieyou.interfaces.web.office import acts, health, recent
from jieyou.interfaces.web.office.acts import Act
from jieyou.interfaces.web.office.pages import WHY
from jieyou.interfaces.web.office.territory import Keeper, KeeperRequest, edits, reads
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop import answers
from jieyou.kernel.loop.declare import Ask
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.models import Account, ApiKey, Deputy, Post, Unit
from jieyou.kernel.people.roles import ADMIN, ALL, AUDITOR, CLEARED
from jieyou.kernel.people.terms import BadPost, in_force
from jieyou.kernel.people.units import current

PAGE, MOST = 50, 500
CRUMBS = (("系统设置", "/desk/settings/"), ("人员与岗位", "/desk/settings/people/"))
#: Posts that only the city gives: what is under seal, and who keeps and audits the office.
OF_THE_CITY = frozenset({CLEARED, ADMIN, AUDITOR})
SHOW = {"": "在用的", "closed": "已停用的", "idle": "没有岗位的"}


def visible(keeper: Keeper) -> QuerySet[Account]:
    """Accounts of the territory: whoever holds or held a post there."""
    rows = Account.objects.order_by("name", "username")
    if keeper.whole:
        return rows
    return rows.filter(pk__in=Post.objects.filter(keeper.inside("unit__place")).values("account"))


def manageable(keeper: Keeper, account: Account) -> bool:
    """Whether the keeper may change this account: none of its present posts lies outside, or is one that the city gives."""
    if not keeper.edits:
        return False
    held = Post.objects.filter(_not_over(), account=account).select_related("unit__place")
    inside = all(keeper.covers(post.unit.place.code) for post in held)
    return keeper.whole or (inside and not any(post.role in OF_THE_CITY for post in held))


def _not_over() -> Q:
    return Q(until__isnull=True) | Q(until__gt=clock.today())


@reads
def people(request: KeeperRequest) -> HttpResponse:
    """The people of the territory, found by name or unit."""
    keeper, q = request.keeper, request.GET.get("q", "").replace("\x00", "").strip()[:40]
    show, page = request.GET.get("show", ""), recent.page_of(request)
    unit = _unit_asked(request)
    office = unit or (None if q or show else _own_office(keeper))
    rows = _narrowed(visible(keeper), q, show, unit)
    now = Post.objects.filter(in_force(clock.today())).select_related("unit").order_by("unit__name")
    found = list(
        rows.prefetch_related(Prefetch("posts", now, to_attr="now"))[(page - 1) * PAGE : page * PAGE + 1]
    )
    context = {
        "here": "settings", "rows": found[:PAGE], "more": len(found) > PAGE, "page": page, "q": q, "show": show, "shows": SHOW,
        "unit": unit, "keeper": keeper, "office": office, "staffing": _posts_of(office) if office and office.kind == "office" else None,
        "query": _query(q, show, unit), "call_back": health.CALL_BACK, "recent": recent.of(keeper, staffing.WHAT),
    }  # fmt: skip
    return render(request, "web/office/people.html", context)


def _unit_asked(request: KeeperRequest) -> Unit | None:
    try:
        key = UUID(request.GET.get("unit", ""))
    except ValueError:
        return None
    return Unit.objects.filter(request.keeper.inside(), pk=key).select_related("place").first()


def _own_office(keeper: Keeper) -> Unit | None:
    return current().filter(kind="office", place=keeper.place).first()


def _narrowed(rows: QuerySet[Account], q: str, show: str, unit: Unit | None) -> QuerySet[Account]:
    held = Post.objects.filter(in_force(clock.today()))
    if unit is not None:
        rows = rows.filter(pk__in=held.filter(unit=unit).values("account"))
    if q:
        there = held.filter(Q(unit__name__contains=q) | Q(role__contains=q)).values("account")
        rows = rows.filter(Q(name__contains=q) | Q(username__startswith=q.lower()) | Q(pk__in=there))
    if show == "closed":
        return rows.filter(is_active=False)
    rows = rows.filter(is_active=True)
    return rows.exclude(pk__in=held.values("account")) if show == "idle" else rows


def _query(q: str, show: str, unit: Unit | None) -> str:
    return urlencode({"q": q, "show": show, "unit": unit.pk.hex if unit else ""})


def _posts_of(unit: Unit) -> list[tuple[str, list[Post]]]:
    """The main posts of an office and who holds them."""
    held = list(Post.objects.filter(in_force(clock.today()), unit=unit).select_related("account"))
    return [(role, [post for post in held if post.role == role]) for role in health.NEEDED]


@edits
@sensitive_variables("text")
def new(request: KeeperRequest) -> HttpResponse:
    """A new account with its first post; the one-time password is shown once."""
    asks = (
        Ask("name", "姓名", "line", at_most=40), Ask("username", "用户名", "line", at_most=40, help="小写字母和数字，一般用姓名拼音，如 gaoxm"),
        Ask("unit", "单位", "unit"), _role_ask(request.keeper), Ask("since", "从哪天起任职", "day"), WHY,
    )  # fmt: skip
    page = acts.FormPage("新增人员", CRUMBS)
    if request.method != "POST":
        return acts.form(request, page, asks, {"since": clock.today().isoformat()})
    typed = forms.read(asks, request.POST)
    try:
        given = answers.clean(asks, forms.raw(asks, typed))
        unit = inside(request.keeper, given["unit"])
        account, text = staffing.add(
            given["username"], given["name"], unit, given["role"], given["since"], request.actor, given["why"]
        )
    except (Refused, BadPost) as no:
        return acts.form(request, page, asks, typed, acts.refused(no))
    return shown_once(request, [(account, text)])


def _role_ask(keeper: Keeper) -> Ask:
    roles = [role for role in ALL if keeper.whole or role not in OF_THE_CITY]
    return Ask("role", "岗位", "choice", choices=tuple((role, role) for role in roles))


def inside(keeper: Keeper, unit: Unit) -> Unit:
    if not keeper.covers(unit.place.code):
        raise Refused(f"{unit.name}不在{keeper.place.name}，不由您管", "unit")
    return unit


def shown_once(request: KeeperRequest, passwords: list[tuple[Account, str]]) -> HttpResponse:
    """One-time passwords to be printed now: they are kept nowhere and cannot be read again."""
    context = {"here": "settings", "passwords": passwords, "days": 7}
    response = render(request, "web/office/once.html", context)
    add_never_cache_headers(response)
    return response


@reads
def person(request: KeeperRequest, key: UUID) -> HttpResponse:
    """One person: posts with their terms, deputies, keys, what was changed."""
    account = get_object_or_404(visible(request.keeper), pk=key)
    held = Post.objects.filter(account=account).select_related("unit__place").order_by("until", "-since")
    may = manageable(request.keeper, account)
    context = {
        "here": "settings", "account": account, "keeper": request.keeper, "may_edit": may, "today": clock.today(),
        "posts": [(post, may and not _over(post)) for post in held.prefetch_related("deputies__account")],
        "lent": Deputy.objects.filter(_not_over(), account=account).select_related("post__unit", "post__account"),
        "keys": ApiKey.objects.filter(_not_over(), account=account), "acts": [one for one in ACTS.values() if may and one.fits(account)],
        "recent": recent.of(request.keeper, staffing.WHAT, account.pk.hex),
    }  # fmt: skip
    return render(request, "web/office/person.html", context)


def _over(post: Post) -> bool:
    return post.until is not None and post.until <= clock.today()


def _main_unit(account: Account) -> Unit | None:
    """The unit whose business a change of the account is: that of its first present post, else of the last."""
    rows = Post.objects.filter(account=account).select_related("unit__place")
    row = rows.filter(in_force(clock.today())).first() or rows.last()
    return row.unit if row else None


def _appoint(request: KeeperRequest, account: Account, given: dict[str, Any]) -> str:
    unit = inside(request.keeper, given["unit"])
    staffing.appoint(
        account, unit, given["role"], given["since"], given["until"], request.actor, given["why"]
    )
    return f"{account.name}已任{unit.name}{given['role']}"


def _away_asks(request: KeeperRequest, account: Account) -> tuple[Ask, ...]:
    held = _held(account)
    whom = tuple(
        (one.pk.hex, one.name) for one in candidates(request.keeper, [p.unit for p in held], account)
    )
    every = (("all", "全部岗位"), *((post.pk.hex, str(post)) for post in held))
    return (
        Ask("posts", "哪些岗位", "choice", choices=every), Ask("account", "谁来代理", "choice", choices=whom),
        Ask("since", "从哪天起", "day"), Ask("last", "到哪天为止（含这一天）", "day"), WHY,
    )  # fmt: skip


def _held(account: Account) -> list[Post]:
    return list(Post.objects.filter(in_force(clock.today()), account=account).select_related("unit__place"))


def candidates(keeper: Keeper, units: list[Unit], but: Account) -> list[Account]:
    """Who can stand in or take over: people in office at the same places today."""
    places = {unit.place_id for unit in units}
    there = Post.objects.filter(in_force(clock.today()), keeper.inside("unit__place"), unit__place__in=places)
    rows = Account.objects.filter(pk__in=there.values("account"), is_active=True).exclude(pk=but.pk)
    return list(rows.order_by("name")[:MOST])


def _away(request: KeeperRequest, account: Account, given: dict[str, Any]) -> str:
    held = [post for post in _held(account) if given["posts"] in ("all", post.pk.hex)]
    deputy = Account.objects.get(pk=UUID(given["account"]))
    staffing.deputise(held, deputy, given["since"], given["last"], request.actor, given["why"])
    return f"{given['since']}至{given['last']}由{deputy.name}代理"


def _rename(request: KeeperRequest, account: Account, given: dict[str, Any]) -> str:
    staffing.rename(account, given["name"], request.actor, given["why"], _main_unit(account))
    return "姓名已更正，原来的名字留在记录里"


def _close(request: KeeperRequest, account: Account, given: dict[str, Any]) -> str:
    staffing.close(account, clock.today(), request.actor, given["why"], _main_unit(account))
    return f"{account.name}的账号已停用，岗位和代理同时结束"


def _reopen(request: KeeperRequest, account: Account, given: dict[str, Any]) -> str:
    staffing.reopen(account, request.actor, given["why"], _main_unit(account))
    return f"{account.name}的账号已启用，岗位要重新任命"


ACTS: dict[str, Act[Account]] = {act.slug: act for act in (
    Act("appoint", "任职", "plus", lambda request, account: (
        Ask("unit", "单位", "unit"), _role_ask(request.keeper), Ask("since", "从哪天起", "day"),
        Ask("until", "到哪天离任（不含这一天）", "day", required=False, help="不写就一直任职；临时借用的写上"), WHY), _appoint,
        says="一个人可以有几个岗位。"),
    Act("away", "外出、休假：指定代理人", "users", _away_asks, _away,
        says="代理期间，代理人也能办这些岗位的事，以自己的名字办，记录里写明代谁。自己办过的件，代理了部领导也不能自己销号。"),
    Act("rename", "更正姓名", "pencil", lambda *_: (Ask("name", "姓名", "line", at_most=40), WHY), _rename),
    Act("once", "重发一次性密码", "key", lambda *_: (WHY,), lambda *_: "",
        says="原来的密码马上作废，登录的地方都会退出。新密码只显示一次，七天内有效。"),
    Act("close", "停用账号", "ban", lambda *_: (WHY,), _close,
        says="人调走、退休用这个。账号不能再登录，岗位、代理、接口密钥今天结束；没办完的事留在岗位上。要有人接的，先办移交。"),
    Act("reopen", "启用账号", "lock-open", lambda *_: (WHY,), _reopen, fits=lambda account: not account.is_active),
)}  # fmt: skip


@edits
@sensitive_variables("text")
def act(request: KeeperRequest, key: UUID, slug: str) -> HttpResponse:
    """One thing that is done with an account."""
    account = get_object_or_404(visible(request.keeper), pk=key)
    one = ACTS.get(slug)
    if one is None or not one.fits(account) or not manageable(request.keeper, account):
        raise Http404("这个账号不由您管理，或者不能这样办")
    page = acts.FormPage(
        f"{one.title}：{account.name}", (*CRUMBS, (account.name, _address(account))), one.says
    )
    if slug == "once":
        return _give_once(request, account, page)
    return acts.run(request, one, account, page, _usual(account))


def _address(account: Account) -> str:
    return reverse("web:person", args=[account.pk])


@sensitive_variables("text")
def _give_once(request: KeeperRequest, account: Account, page: acts.FormPage) -> HttpResponse:
    """Not a sentence but a password comes out of it, which must stand nowhere but on the page."""
    if request.method != "POST":
        return acts.form(request, page, (WHY,), {})
    typed = forms.read((WHY,), request.POST)
    try:
        given = answers.clean((WHY,), typed)
        text = staffing.give_once(account, request.actor, given["why"], _main_unit(account))
    except (Refused, BadPost) as no:
        return acts.form(request, page, (WHY,), typed, acts.refused(no))
    return shown_once(request, [(account, text)])


def _usual(account: Account) -> forms.Typed:
    today = clock.today()
    return {
        "since": today.isoformat(),
        "last": (today + timedelta(days=6)).isoformat(),
        "posts": "all",
        "name": account.name,
    }


END_SAYS = "没办完的事留在岗位上；岗位空了，系统设置的“还缺什么”里会提醒。"


def _end_post(request: KeeperRequest, post: Post, given: dict[str, Any]) -> str:
    staffing.end(post, given["on"], request.actor, given["why"])
    return f"{post.account.name}从{given['on']}起不任{post}"


END_POST: Act[Post] = Act("end", "离任", "ban", lambda *_: (Ask("on", "从哪天起不任", "day"), WHY), _end_post)


def post_or_404(request: KeeperRequest, key: UUID) -> Post:
    """A post in force (or to come) of somebody whom the keeper may change, in the territory."""
    rows = Post.objects.filter(_not_over(), request.keeper.inside("unit__place"), pk=key)
    post = get_object_or_404(rows.select_related("account", "unit__place"))
    if not manageable(request.keeper, post.account):
        raise Http404("这个岗位不由您管理")
    return post


@edits
def end_post(request: KeeperRequest, key: UUID) -> HttpResponse:
    """The holder leaves a post on a day, without a successor."""
    post = post_or_404(request, key)
    crumbs = (*CRUMBS, (post.account.name, _address(post.account)))
    page = acts.FormPage(f"离任：{post.account.name}，{post}", crumbs, END_SAYS)
    return acts.run(request, END_POST, post, page, {"on": clock.today().isoformat()})


@require_POST
@edits
def end_deputy(request: KeeperRequest, key: UUID) -> HttpResponse:
    """A deputyship ends today."""
    rows = Deputy.objects.filter(_not_over(), request.keeper.inside("post__unit__place"), pk=key)
    row = get_object_or_404(rows.select_related("post__account", "post__unit__place", "account"))
    return _at_once(
        request, row.post.account_id, lambda: staffing.end_deputy(row, request.actor, "代理提前结束")
    )


@require_POST
@edits
def end_key(request: KeeperRequest, key: UUID) -> HttpResponse:
    """An API key works no more."""
    row = get_object_or_404(
        ApiKey.objects.filter(_not_over(), account__in=visible(request.keeper)).select_related("account"),
        pk=key,
    )
    if not manageable(request.keeper, row.account):
        raise Http404("这个账号不由您管理")
    return _at_once(
        request,
        row.account_id,
        lambda: staffing.end_key(row, request.actor, "停用接口密钥", _main_unit(row.account)),
    )


def _at_once(request: KeeperRequest, account: UUID, do: Callable[[], Any]) -> HttpResponse:
    try:
        made = do()
    except (Refused, BadPost) as no:
        messages.warning(request, no.sentence)
    else:
        messages.success(request, f"已保存：{made.title}。")
    return redirect("web:person", account)
