"""Every page of both zones, as a browser would get it: taken from the table of addresses, so that none can be forgotten.

The pages are asked for once, by the person whose they are, and kept as text; a browser then draws that text at any
width, in light or dark, without a server behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory
from permissions.addresses import ROWS
from permissions.table import Row, ask
from permissions.world import World

from jieyou.interfaces.citizen.views import failed

#: Who shows a page: the first of these who gets it. Residents' pages are a stranger's, and of one with a query number.
STAFF = (
    "county", "city", "keeper", "caller", "leader", "bureau", "town", "next", "admin", "audit", "accused", "anon",
)  # fmt: skip
RESIDENTS = ("anon", "secret")
SHOWN = ("200", "403", "409", "422", "429")
PAGE = re.compile(r"^\s*<!doctype html", re.I)
#: What differs between two answers that say the same.
NOISE = re.compile(r'(name="(csrfmiddlewaretoken|client_key)" value="[^"]*")|("X-CSRFToken": "[^"]*")')
ELDER = "24"


@dataclass(frozen=True)
class Page:
    """One answer. ``name`` is its address in letters (``desk-cases-mine``), ``policy`` its Content-Security-Policy."""

    name: str
    path: str
    status: int
    html: str
    policy: str

    @property
    def public(self) -> bool:
        return not self.path.startswith(("/desk/", "/api/"))

    def __str__(self) -> str:
        return self.name


def every(world: World, elder: bool = False) -> list[Page]:
    """All pages of the table and the states that no bare address shows; each once. ``elder``: residents', in 长辈版."""
    found: dict[str, Page] = {}
    for name, path, answer in (*_rows(world, elder), *_states(world, elder)):
        text = (
            ""
            if answer.streaming or not answer["Content-Type"].startswith("text/")
            else answer.content.decode()
        )
        if PAGE.match(text):
            page = Page(
                name, path, answer.status_code, text, answer.headers.get("Content-Security-Policy", "")
            )
            if page.public or not elder:
                found.setdefault(f"{path.startswith('/desk/')}{NOISE.sub('', text)}", page)
    return list(found.values())


def _rows(world: World, elder: bool) -> Iterator[tuple[str, str, Any]]:
    clients = {who: _client(world, who, elder) for who in ({*RESIDENTS} if elder else {*RESIDENTS, *STAFF})}
    for row in ROWS:
        public = not row.path.startswith(("/desk/", "/api/"))
        if (row.path.startswith("/api/v1") and not row.path.endswith("/docs")) or (elder and not public):
            continue
        for persona in RESIDENTS if public else [_first(row)]:
            if persona and row.says[persona] in SHOWN:
                for path in row.addresses(world.ids):
                    yield _name(row, persona), path, ask(clients[persona], row.method, path)


def _first(row: Row) -> str:
    """Who shows it: somebody to whom it is open, else somebody whom it refuses with a sentence."""
    for wanted in SHOWN:
        for who in STAFF:
            if row.says[who] == wanted:
                return who
    return ""


def _name(row: Row, persona: str) -> str:
    words = re.sub(r"\W+", "-", row.path.replace("*", "")).strip("-") or "home"
    return "-".join(
        [words, *(["sent"] if row.method == "POST" else []), *(["mine"] if persona == "secret" else [])]
    )


def _client(world: World, persona: str, elder: bool) -> Client:
    client = world.client(persona)
    client.raise_request_exception = False
    if elder:
        client.cookies["elder"] = ELDER
    return client


def _states(world: World, elder: bool) -> Iterator[tuple[str, str, Any]]:
    """What one sees after filling something in, and when something is wrong."""
    stranger, clerk = _client(world, "anon", elder), _client(world, "county", elder)
    told = {"category": "heating", "words": "暖气不热，家里只有十四度，已经一周了。", "county": "610602",
            "where": "佳苑小区 3 号楼", "client_key": "k" * 32}  # fmt: skip
    yield "report-check-filled", "/report/check/", stranger.post("/report/check/", told)
    yield (
        "report-check-harm",
        "/report/check/",
        stranger.post("/report/check/", told | {"words": "他又打我，我不想活了"}),
    )
    sealed = told | {"accused": "1", "accused_words": "某某局"}
    yield "report-check-sealed", "/report/check/", stranger.post("/report/check/", sealed)
    yield "report-receipt", "/report/sent/", stranger.post("/report/sent/", told)
    yield (
        "report-receipt-sealed",
        "/report/sent/",
        stranger.post("/report/sent/", sealed | {"client_key": "s" * 32}),
    )
    yield "report-found", "/report/", stranger.post("/report/", told | {"to": "find", "seek": "街道"})
    yield "track-wrong", "/track/", stranger.post("/track/", {"secret": "7K2M-Q9XW-4TFA"})
    yield "nowhere", "/nowhere/", stranger.get("/nowhere/")
    yield "failed", "/failed/", failed(_request("/failed/"))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = stranger.cookies
    yield "report-too-late", "/report/check/", strict.post("/report/check/", told)
    yield "track-answered", "/track/", _answered(world, stranger)
    if elder:
        return
    for step in ("decide", "defer"):
        path = f"/desk/cases/{world.ids['tabled']}/{step}/"
        yield f"desk-cases-tabled-{step}", path, clerk.get(path)
        yield f"desk-cases-tabled-{step}-sent", path, ask(clerk, "POST", path)
    ticked = {
        "act": "urge",
        "pick": [world.ids["mine"], world.ids["tabled"]],
        "list": "?loop=jieyou&tab=tracked",
    }
    path = "/desk/together/"
    yield "desk-together", path, clerk.get(path, ticked)
    yield "desk-together-wrong", path, clerk.post(path, ticked | {"sure": "1"})
    yield (
        "desk-together-done",
        path,
        clerk.post(path, ticked | {"sure": "1", "words": "请三个工作日内办结。"}),
    )
    path = f"/desk/meetings/{world.ids['meeting']}/screen/"
    yield "desk-screen-item", path, clerk.get(path, {"item": "1"})
    yield from _committee(world)
    yield from _ledger(clerk)
    yield from _registers(world, clerk)
    proposal = "/desk/proposals/new/"
    yield "desk-proposal-new-wrong", proposal, clerk.post(proposal, {"suggestion": "装灯"})
    yield from _settings(world, _client(world, "admin", elder))
    strict.cookies = clerk.cookies
    yield "desk-failed", "/desk/failed/", failed(_request("/desk/failed/"))
    yield "desk-nowhere", "/desk/nowhere/", clerk.get("/desk/nowhere/")
    yield "desk-too-late", "/desk/password/", strict.post("/desk/password/", {})
    yield "desk-cases-all", "/desk/cases/", clerk.get("/desk/cases/?tab=all")
    yield "desk-cases-none", "/desk/cases/", clerk.get("/desk/cases/?tab=all&q=没有这样的事")
    yield "desk-search-found", "/desk/search/", clerk.get("/desk/search/?q=街道")
    yield "desk-search-phone", "/desk/search/", clerk.post("/desk/search/", {"q": "13812346021"})
    yield (
        "desk-login-wrong",
        "/desk/login/",
        Client().post("/desk/login/", {"username": "nobody", "password": "x"}),
    )


def _committee(world: World) -> Iterator[tuple[str, str, Any]]:
    """What only a mediator of a committee sees: none of the table's persons is one."""
    mediator = Client()
    mediator.force_login(world.town.account("mediator"), backend="django.contrib.auth.backends.ModelBackend")
    case = f"/desk/cases/{world.ids['mediation']}/"
    shown = {
        "list": "/desk/cases/?loop=mediation&tab=all", "case": case, "sign-paper": f"{case}sign_paper/",
        "people": "/desk/mediation/people/", "person": f"/desk/mediation/people/{world.ids['mediator']}/",
        "visits": "/desk/mediation/visits/", "new": "/desk/new/mediation/",
    }  # fmt: skip
    for name, path in shown.items():
        yield f"desk-mediator-{name}", path, mediator.get(path)
    yield "desk-mediator-visits-wrong", shown["visits"], mediator.post(shown["visits"], {})


def _request(path: str) -> HttpRequest:
    return RequestFactory().get(path)


def walk_on(world: World) -> None:
    """Two more concerns: one that was answered (its query number as ``answered``), one that lies before a meeting."""
    answered = world.town.concern("visit").receipt
    tabled = world.town.concern("meeting").case
    assert answered and tabled
    world.ids.update(answered=answered.secret, tabled=tabled.number)


def _answered(world: World, stranger: Client) -> Any:
    """What a resident reads who got his answer and may rate it."""
    return stranger.post("/track/", {"secret": world.ids["answered"]}, follow=True)


def _settings(world: World, admin: Client) -> Iterator[tuple[str, str, Any]]:
    """What an office admin sees before a change is kept, and the one-time password that is shown once."""
    calendar, people = "/desk/settings/calendar/new/", "/desk/settings/people/"
    told = {"kind": "local", "year": "2024", "text": "2024-06-07 休 停工", "title": "关于停工一天的通知", "source": "市政府",
            "published_on": "2024-06-01", "why": "施工"}  # fmt: skip
    yield "desk-settings-calendar-seen", calendar, admin.post(calendar, told)
    clocks = "/desk/settings/rules/clocks/"
    yield "desk-settings-clocks-reckoned", clocks, admin.get(f"{clocks}?start=2025-09-28")
    hand_over = f"/desk/posts/{world.ids['post']}/hand-over/"
    heir = world.town.account("caller").pk.hex
    yield "desk-posts-hand-over-looked", hand_over, admin.post(hand_over, {"account": heir, "look": "1"})
    file = SimpleUploadedFile(
        "花名册.csv",
        "姓名,用户名,单位,岗位\n高晓梅,gaoxm,宝塔区住房和城乡建设局,承办人\n王强,wq,没有的局,承办人\n".encode(),
    )
    preview = admin.post(f"{people}import/", {"file": file}).url
    yield "desk-settings-people-preview", preview, admin.get(preview)
    yield "desk-settings-people-once", preview, admin.post(preview, {"why": "启用系统"})


def _ledger(clerk: Client) -> Iterator[tuple[str, str, Any]]:
    """The way of a running ledger: columns, ways of writing, preview, each also with something wrong."""
    rows = (("事项名称", "责任单位", "办理状态", "反映时间", "上会次数"), ("路灯不亮", "区住建局", "正在办理", "2025.3.7", "第3次"),
            ("停水", "供热公司", "见附页", "3月7日", ""), ("井盖缺失", "", "", "2025年13月7日", ""))  # fmt: skip
    out, book = BytesIO(), openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(out)
    file = SimpleUploadedFile("老台账.xlsx", out.getvalue())
    columns = clerk.post("/desk/ledger/", {"file": file, "place": "610602"}).url
    yield "desk-ledger-columns", columns, clerk.get(columns)
    told = dict(
        zip((f"s0-c{n}" for n in range(5)), ("title", "units", "stage", "told_at", "seq_no"), strict=True)
    )
    yield "desk-ledger-columns-wrong", columns, clerk.post(columns, told)
    values = clerk.post(columns, told | {"s0-take": "on"}).url
    yield "desk-ledger-values", values, clerk.get(values)
    yield "desk-ledger-values-wrong", values, clerk.post(values, {"n-1": "没有的局"})
    preview = clerk.post(values, {}).url
    yield "desk-ledger-preview", preview, clerk.get(preview)


def _registers(world: World, clerk: Client) -> Iterator[tuple[str, str, Any]]:
    """A workbook on its way into a register, and one on its way out."""
    out, book = BytesIO(), openpyxl.Workbook()
    key = f"{UUID(world.ids['organisation']).hex}-1"
    for row in (
        ("名称", "信用代码", "县区", "台账行号"),
        ("没写全的", "91", "宝塔区", ""),
        ("改了名的", "", "", key),
    ):
        book.worksheets[0].append(list(row))
    book.save(out)
    register = "/desk/registers/organisations/"
    file = SimpleUploadedFile("名录.xlsx", out.getvalue())
    preview = clerk.post(f"{register}import/", {"file": file}).url
    yield "desk-registers-preview", preview, clerk.get(preview)
    going = clerk.post(f"{register}export/", {"list": "?"}).url
    yield "desk-registers-export", going, clerk.get(going)
