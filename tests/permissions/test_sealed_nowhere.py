"""A report about a unit: for it, its township and its county nothing anywhere tells that there is one."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from support.city import FIRST_DAY, Town, new_town

from jieyou.commons.reports import afterwards
from jieyou.commons.reports.intake import PUBLIC, Told
from jieyou.commons.reports.models import Report
from jieyou.interfaces.cli.figures import figure
from jieyou.interfaces.documents.reports import KINDS
from jieyou.kernel.calendar import clock
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.indicator import declared
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.loop import registry
from jieyou.kernel.loop.models import Case
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.places import tree
from jieyou.mechanisms.petitions import taking
from jieyou.mechanisms.proposals import taking as proposing
from jieyou.mechanisms.proposals.taking import Said
from permissions.world import ACCUSED, MARKS, SAID, World, accuse

#: Whoever may learn nothing: the unit named, its township, everybody of the county, bureaus, the city's clerk, the neighbour.
BLIND = ("accused", "town", "county", "leader", "caller", "bureau", "city", "next", "admin", "audit", "anon")
#: Of these every page is compared, of the others the main ones.
NEAREST = ("accused", "town", "county", "city")
#: Loops of the other mechanisms that can hold an accusation or hear of one.
OTHERS = ("petition", "petition_advice", "mediation", "proposal", "proposal_topic", "handover")
YEAR = "?place=610602&from=2024-04-22&to=2025-04-22"
#: Fields that are different each time a page is drawn.
FICKLE = re.compile(r'(name="(csrfmiddlewaretoken|client_key)" value="|"X-CSRFToken": ")[^"]+"')


def pages(who: str, numbers: list[str]) -> list[str]:
    """Lists, tabs, counts, searches, desk and API answers, and the page of each case that somebody may see."""
    main = [
        "/desk/",
        "/desk/cases/?tab=all",
        "/desk/cases/?tab=mine",
        "/desk/notices/",
        "/api/v1/jieyou",
        "/api/v1/reports",
    ]
    if who not in NEAREST:
        return main
    tabs = ("late", "ended", *(s.name for s in registry.loop("jieyou").ribbon() if not s.ended))
    lists = [f"/desk/cases/?tab={tab}" for tab in tabs] + [
        f"/desk/cases/?loop={code}&tab=all" for code in registry.loops()
    ]
    searches = [f"/desk/cases/?tab=all&q={word}" for word in ("密封", "YA", "BT-", "骡马巷", "低保")]
    searches += [f"/desk/search/?q={word}" for word in ("密封", "YA-", "BT-", "骡马巷", "低保")]
    narrowed = [f"/desk/cases/?tab=all&{by}" for by in ("category=other", "sort=due", "county=610602")]
    desks = [f"/desk/?only={only}" for only in ("late", "soon", "back")]
    desks += [f"/desk/cases/?loop={code}&tab=all&q={word}" for code in OTHERS for word in ("密封", "骡马巷")]
    other = [f"/desk/{name}/" for name in ("meetings", "meetings/new", "import", "posts", "reports/new")]
    api = [
        f"/api/v1/jieyou?{by}"
        for by in ("open=true", "mine=true", "place=610602005", "q=密封件", "order=moved")
    ]
    api += [
        f"/api/v1/{name}"
        for name in (
            "assignment",
            "meeting",
            "approval",
            "import",
            "feedback",
            "publication",
            "openapi.json",
            "me",
            "choices/category",
        )
    ]
    own = [
        path
        for n in numbers
        for path in (f"/desk/cases/{n}/", f"/api/v1/{Case.objects.get(number=n).loop}/{n}")
    ]
    api += [f"/api/v1/{code}?size=200" for code in OTHERS]
    numbers_of = [
        f"/desk/figures/{key}/{YEAR}"
        for key in declared.indicators()
        if key.startswith(("petitions.", "proposals."))
    ]
    reports = [f"/desk/bulletins/{kind}/{YEAR}" for kind in KINDS]
    public = ["/", "/report/", "/proposals/", "/mediation/", "/reception/"]
    return [*main, *desks, *lists, *searches, *narrowed, *other, *api, *own, *numbers_of, *reports, *public]


def seen(client: Client, paths: list[str]) -> dict[str, str]:
    """Address → status and body, without what differs by itself."""
    out = {}
    for path in paths:
        answer = client.get(path)
        out[path] = (
            f"{answer.status_code} {answer.headers.get('Location', '')} {FICKLE.sub('', answer.content.decode())}"
        )
    return out


def exported(client: Client) -> list[Any]:
    """What somebody takes home: the whole list of each loop, and the workbook of all figures, cell by cell."""
    files = [client.post("/desk/export/", {"list": f"?loop={code}&tab=all"}) for code in ("jieyou", *OTHERS)]
    files.append(client.get(f"/desk/figures/book.xlsx{YEAR}"))
    return [answer.status_code if answer.status_code != 200 else cells(answer) for answer in files]


def cells(answer: Any) -> list[Any]:
    """The values of a workbook; a page instead of it is itself."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not body.startswith(b"PK"):
        return [FICKLE.sub("", body.decode())]
    book = openpyxl.load_workbook(BytesIO(body))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def accused_everywhere(town: Town) -> list[Case]:
    """The same accusation by every door that takes one: as a concern, as a petition, hidden in a proposal."""
    said = {
        "accused": True,
        "accused_words": ACCUSED,
        "name": SAID["name"],
        "phone": SAID["phone"],
        "where": SAID["where"],
    }
    place = town.item().place
    with clock.moved(clock.at(FIRST_DAY)):
        petition = taking.take(Told(place=place, words=SAID["words"], **said), PUBLIC).case
        proposal = proposing.take(
            Told(place=place, words="", **said), Said("优亲厚友要管一管。", SAID["words"]), PUBLIC
        ).case
    case = accuse(town).case
    assert case is not None
    return [case, petition, proposal]


def passed_on(town: Town, cases: list[Case]) -> None:
    """The keeper hands each of them to the discipline inspection."""
    for case in cases:
        town.act(case, "pass_discipline", "city-sealed", paper_no="移〔2024〕1号", passed_on="2024-05-20",
                 words="移送霍某某一事")  # fmt: skip


def figures() -> list[Any]:
    """Every indicator and every figure of the article, for the city, the county, the township and the village."""
    village = new_town().item().place.code
    scopes = [
        Scope(tree.by_code(code), date(2024, 4, 22), date(2025, 4, 22))
        for code in ("6106", "610602", "610602005", village)
    ]
    read = [
        (key, scope.place.code, repr(one.read(scope)))
        for scope in scopes
        for key, one in declared.indicators().items()
    ]
    return [*read, *([figure(key, scope) for key in declared.figure_ids()] for scope in scopes)]


@pytest.fixture
def town(world: World) -> Town:
    return world.town


@pytest.fixture
def numbers(world: World) -> list[str]:
    names = ("mine", "next", "task", "meeting", "approval", "batch", "ledger", "feedback", "publication")
    return [world.ids[name] for name in names]


@pytest.mark.once
@pytest.mark.parametrize("who", BLIND)
def test_not_a_byte_differs_before_and_after(who: str, world: World, numbers: list[str]) -> None:
    client, paths = world.client(who), pages(who, numbers)
    Delivery.objects.update(seen_at=clock.now())  # opening a case reads its notices, and the bell counts less
    with clock.moved(clock.now()):  # pages say "today" and lamps count days: the clock stands still
        before, taken = seen(client, paths), exported(world.client(who)) if who in NEAREST else []
        cases = accused_everywhere(world.town)
        assert [case.sealed for case in cases] == [True, True, True]
        assert seen(client, paths) == before
        passed_on(world.town, cases)
        if who in ("accused", "county"):
            assert seen(client, paths) == before
        assert (exported(world.client(who)) if who in NEAREST else []) == taken


@pytest.mark.once
def test_no_figure_counts_it(world: World) -> None:
    """Every number of every report is read off these; the pages with them are compared above, person by person."""
    with clock.moved(clock.now()):
        counted, cases = figures(), accused_everywhere(world.town)
        assert figures() == counted
        passed_on(world.town, cases)
        assert figures() == counted


@pytest.mark.once  # its page and its lists are asked for on both databases, in test_every_url.py
@pytest.mark.parametrize("kind", ["petition", "proposal"])
def test_a_sealed_petition_and_a_sealed_proposal_have_no_address_of_their_own(
    kind: str, world: World
) -> None:
    number = world.ids[f"{kind}_sealed"]
    report = Report.objects.select_related("case").get(case__number=number)
    fields = ("name", "phone", "told_words", "accused_words")
    paths = [f"/desk/cases/{number}/", f"/api/v1/{kind}/{number}", *(f"/desk/reports/{report.pk}/{field}/" for field in fields),
             *(f"/desk/cases/{number}/{name}/" for name in report.case.declared.transitions)]  # fmt: skip
    for who in BLIND:
        if who != "anon":
            client = world.client(who)
            assert {client.get(path).status_code for path in paths} == {404}, who
    told = Delivery.objects.filter(case_id=report.case_id).exclude(account__username="city-sealed")
    assert not told.exists() and not [
        mark for mark in MARKS if mark in report.words + report.title + report.where
    ]


@pytest.mark.parametrize("who", BLIND)
def test_its_own_addresses_are_not_there(who: str, world: World) -> None:
    client, number = world.client(who), world.ids["sealed"]
    report = Report.objects.get(case__number=number)
    file = Attachment.objects.get(subject=report.pk)
    paths = [f"/desk/cases/{number}/", f"/desk/files/{file.pk}/", f"/api/v1/reports/{report.pk}", f"/api/v1/jieyou/{number}",
             *(f"/desk/reports/{report.pk}/{field}/" for field in ("name", "phone", "told_words", "accused_words", "instruction_told")),
             *(f"/desk/cases/{number}/{name}/" for name in report.case.declared.transitions)]  # fmt: skip
    refused = {client.get(path).status_code for path in paths}
    assert refused == ({302, 401} if who == "anon" else {404})
    if who == "anon":
        return
    found = client.get("/desk/cases/", {"q": number, "tab": "all"})
    assert found.status_code == 200 and "没有符合条件的事项" in found.content.decode()
    assert not [mark for mark in MARKS if mark in found.content.decode()]


def test_it_is_not_there_though_the_accused_unit_has_work_of_its_own(world: World) -> None:
    """The township has a task, and with it a desk, notices, neighbours along it."""
    assert Case.objects.filter(holder=world.town.unit("街道"), open=True).exists()
    assert Report.objects.filter(accused=True, place=world.town.item().place).exists()
    told = Delivery.objects.filter(case_id=Case.objects.get(number=world.ids["sealed"]).pk)
    assert set(told.values_list("account__username", flat=True)) == {"city-sealed"}


def test_the_keeper_finds_it_where_his_work_is_and_reads_it_with_a_reason(world: World) -> None:
    keeper, number = world.client("keeper"), world.ids["sealed"]
    for path in ("/desk/", "/desk/cases/?tab=all", "/desk/cases/?tab=mine", "/desk/notices/"):
        assert number in keeper.get(path).content.decode(), path
    page = keeper.get(f"/desk/cases/{number}/").content.decode()
    shown = ("账本照片",)  # a photo has a name
    assert "密封件" in page and not [mark for mark in MARKS if mark in page and mark not in shown]
    reveal = f"/desk/reports/{world.ids['sealed_report']}/accused_words/"
    assert "霍某某" in keeper.post(reveal, {"why": "核对是否涉及干部"}).content.decode()


def test_nobody_handles_it_by_api_not_even_the_keeper(world: World) -> None:
    listed = world.client("keeper").get("/api/v1/jieyou?size=200").content.decode()
    assert world.ids["mine"] in listed and world.ids["sealed"] not in listed
    assert json.loads(listed)["count"] == Case.objects.filter(loop="jieyou", sealed=False).count()


def test_what_its_reporter_adds_later_is_told_to_the_keeper_alone(world: World) -> None:
    report = Report.objects.select_related("case").get(pk=world.ids["sealed_report"])
    before = set(Delivery.objects.values_list("pk", flat=True))
    assert afterwards.add(report, "霍某某昨天又来威胁我，我想自杀").harm
    fresh = Delivery.objects.exclude(pk__in=before)
    assert set(fresh.values_list("account__username", flat=True)) == {"city-sealed"}
    for who in BLIND:
        page = world.client(who).get("/desk/").content.decode()
        assert "危险" not in page and "霍某某" not in page


def test_the_reporter_himself_reads_no_word_of_it_on_a_borrowed_phone(world: World) -> None:
    item = accuse(world.town)
    assert item.receipt is not None
    phone = Client()
    page = phone.post("/track/", {"secret": item.receipt.secret}, follow=True).content.decode()
    assert "密封件" in page
    assert not [mark for mark in MARKS if mark in page]
    assert ACCUSED not in page


def test_unsealed_by_mistake_the_name_still_does_not_reach_the_unit_that_gets_the_case(world: World) -> None:
    """解除密封 makes it an ordinary case; who was named stays with the offices."""
    town, item = world.town, accuse(world.town)
    case = town.act(item.case, "unseal", "city-sealed", words="不涉及单位和干部")
    town.act(case, "register", "county", title="低保办理有疑问", category="other")
    town.act(
        case,
        "judge",
        "county",
        category="other",
        urgency="normal",
        level="county",
        recommend="meeting",
        reason="请民政核对",
    )
    unit = town.unit("街道")
    town.act(case, "to_consult", "leader", lead=unit, co_units=[])
    report = Report.objects.get(case=case)
    holder, office = world.client("town"), world.client("county")
    page = f"/desk/cases/{case.number}/"
    assert holder.get(page).status_code == 200
    assert "涉及对象" not in holder.get(page).content.decode()
    path = f"/desk/reports/{report.pk}/accused_words/"
    assert holder.get(path).status_code == holder.post(path, {"why": "看看"}).status_code == 404
    assert office.get(path).status_code == 200
