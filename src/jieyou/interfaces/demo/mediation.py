"""人民调解 of the demo city: committees, the alliance of 甘泉 with its years of settled disputes, the menu, recent weeks.

The years before the software are histories by the bulk path, each as the doors would have made it (no clock rule was in force);
the article's year and the recent weeks go through the doors.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from jieyou.interfaces.demo.city import BY, HOME_COUNTY, City, names_of_people
from jieyou.kernel import statements
from jieyou.kernel.calendar import clock
from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop import histories, opening
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.histories import History, Made
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.mechanisms.mediation import applying
from jieyou.mechanisms.mediation.applying import Person
from jieyou.mechanisms.mediation.models import Body, Mediator, Party, Recognition, Visit

ALLIANCE_COUNTY = "610627"
FIRST_YEAR, BEFORE, DURING, FAILED = 2014, 2000, 37, 60
BATCH = 500
DISPUTES = (
    ("neighbour", "{p}两户院墙界线纠纷", "为院墙占地多少争了两年，各说各的理。", "按老界石重新放线，各修各的墙。"),
    ("neighbour", "{p}排水浇地纠纷", "雨水往下院流，下院要求改道。", "上院改修排水渠，下院出工相帮。"),
    ("land", "{p}林地边界纠纷", "退耕林地的边界说不清。", "以现场指认的地埂为界，双方按手印为据。"),
    ("family", "{p}赡养纠纷", "兄弟三人为老人轮流赡养起争执。", "每家四个月，医药费平摊。"),
    ("damage", "{p}牲畜毁苗赔偿纠纷", "羊群进地啃了玉米苗。", "赔偿种子、肥料和工钱。"),
    ("contract", "{p}苹果收购欠款纠纷", "果商收了苹果没有结清货款。", "分两次结清，先付一半。"),
    ("house", "{p}宅基地通行纠纷", "盖房占了后院的路。", "让出两米通行，地面一起硬化。"),
)  # fmt: skip
RECORD = "到场问清了经过，分头说、一起说，双方都让了一步。"
WAYS = "可以依法申请仲裁、请行政机关处理，或者向人民法院起诉。"
SPECIALITIES = ("邻里、宅基地", "婚姻家庭、赡养", "山林土地", "合同、欠款", "损害赔偿", "物业、消费")
LANGUAGES = ("普通话、陕北方言", "陕北方言", "普通话")
ROLES = ("npc_deputy", "party_deputy", "cppcc", "ex_cadre", "sage", "lawyer")
POOLS = ("talker", "mediator", "law")


@dataclass
class Menu:
    """Who there is: committees by county code, their leading mediators, the alliance."""

    city: City
    luck: Random = field(default_factory=lambda: Random(1983))
    bodies: dict[str, Body] = field(default_factory=dict)
    leads: dict[str, Mediator] = field(default_factory=dict)
    people: list[Mediator] = field(default_factory=list)
    alliance: Body | None = None

    @property
    def home(self) -> str:
        """The county of the alliance; where it has no committee here (a small demo), the first that has one."""
        return ALLIANCE_COUNTY if ALLIANCE_COUNTY in self.bodies else min(self.bodies)


def found(city: City) -> Menu:
    """Bodies and people, on the record."""
    menu, names = Menu(city), names_of_people()
    for code, unit in city.committees.items():
        menu.bodies[code] = Body(
            kind="committee", name=unit.name, place=unit.place, unit=unit, since=date(2014, 1, 1)
        )
    place = menu.bodies[menu.home].place
    menu.alliance = Body(kind="alliance", name="“樊九平式”调解联盟", place=place, since=date(2014, 1, 1))
    studio = Body(kind="studio", name="樊九平调解室", place=place, named_by=f"{place.name}司法局")
    pool = Body(kind="pool", name=f"{place.name}调解“专家库”", place=place)
    _keep([*menu.bodies.values(), menu.alliance, studio, pool])
    for code, body in menu.bodies.items():
        _people(menu, code, body, names)
    _keep(menu.people)
    _keep(
        [
            Recognition(
                body=studio,
                title="全国创新社会治理典型案例",
                level="national",
                basis="报道：入选“全国创新社会治理典型案例”",
            )
        ]
    )
    _keep(_visits(menu))
    return menu


def _keep(rows: list[Any]) -> None:
    type(rows[0])._default_manager.bulk_create(rows)
    tracked.adopt(rows, BY, "演示数据")


def _people(menu: Menu, code: str, body: Body, names: list[str]) -> None:
    """Two people's mediators with a desk, then those who are only on the menu."""
    for n, account in enumerate(menu.city.mediators[code]):
        one = _person(menu, body, account.name, True, n)
        one.account = account
        if not n:
            menu.leads[code] = one
            one.alliance = menu.alliance if code == menu.home else None
    for n in range(6):
        _person(menu, body, names.pop(0), n == 0, n)


def _person(menu: Menu, body: Body, name: str, engaged: bool, n: int) -> Mediator:
    luck = menu.luck
    one = Mediator(
        name=name, committee=body, engaged=engaged, role=ROLES[n % len(ROLES)], pool=POOLS[n % len(POOLS)], since=date(2024, 4, 22),
        specialities=luck.choice(SPECIALITIES), languages=luck.choice(LANGUAGES), words="在村里住了几十年，谁家的事都听得进去。",
    )  # fmt: skip
    menu.people.append(one)
    return one


def _visits(menu: Menu) -> list[Visit]:
    """下村轮值 of two weeks from today."""
    today, rows = clock.today(), []
    for code, body in menu.bodies.items():
        mine, places = [one for one in menu.people if one.committee is body], villages(code)
        rows += [
            Visit(
                mediator=mine[n % len(mine)], place=places[n % len(places)], day=today + timedelta(days=2 * n)
            )
            for n in range(7)
        ]
    return rows


def villages(code: str) -> list[Place]:
    """Villages of a county's first townships."""
    townships = tree.children(tree.by_code(code))[:4]
    return [place for one in townships for place in tree.children(one)[:6]] or [tree.by_code(code)]


@dataclass
class Year:
    """What was mediated: years of it in bulk, the article's year and the recent weeks by the doors."""

    menu: Menu
    places: list[Place] = field(default_factory=list)

    def load(self, before: int = BEFORE, during: int = DURING, failed: int = FAILED) -> None:
        """``before`` and ``during`` agreements of the alliance, and beside them ``failed`` that came to nothing."""
        self.places = villages(self.menu.home)
        for batch in self._batches(before, failed):
            with transaction.atomic():
                cases = histories.write([telling.history() for telling in batch])
                statements.load(
                    [row for telling, case in zip(batch, cases, strict=True) for row in telling.parties(case)]
                )
        for n in range(during):
            self.walk(self.menu.home, clock.at(date(2024, 4, 24) + timedelta(days=9 * n), 9), "closed", n)
        for n in range(-(-failed // 15)):
            self.walk(self.menu.home, clock.at(date(2024, 5, 20) + timedelta(days=60 * n), 9), "failed", n)
        self._recent()

    def _batches(self, before: int, failed: int) -> Iterator[list[_Telling]]:
        many, luck = before + failed, self.menu.luck
        lost, days = set(luck.sample(range(many), failed)), (date(2023, 10, 1) - date(FIRST_YEAR, 1, 2)).days
        told = [
            _Telling(self, n, date(FIRST_YEAR, 1, 2) + timedelta(days=n * days // many), n not in lost)
            for n in range(many)
        ]
        for start in range(0, many, BATCH):
            yield told[start : start + BATCH]

    def _recent(self) -> None:
        """宝塔区's last weeks, one at each stage, so that the desk is alive."""
        code = HOME_COUNTY if HOME_COUNTY in self.menu.bodies else self.menu.home
        for n, stage in enumerate(
            ("applied", "choosing", "talks", "signing", "performing", "visiting", "failed")
        ):
            self.walk(code, clock.now() - timedelta(days=6 + n, hours=n), stage, n)

    def walk(self, code: str, at: datetime, upto: str, n: int) -> Case:
        """One dispute by the doors, to a stage."""
        return _Walk(self.menu, code, at, n).to(upto)


@dataclass
class _Walk:
    """A dispute that the committee's two mediators enter for two parties who came in person."""

    menu: Menu
    code: str
    at: datetime
    n: int
    case: Case | None = None

    def to(self, upto: str) -> Case:
        self._open()
        for stage, steps in self._steps(upto).items():
            for who, name, data in steps:
                self._do(who, name, data)
            if stage == upto:
                break
        assert self.case is not None
        return self.case

    def _open(self) -> None:
        kind, title, words, _ = DISPUTES[self.n % len(DISPUTES)]
        place = villages(self.code)[self.n % 20 % len(villages(self.code))]
        said = {"title": title.format(p=place.name.removesuffix("村民委员会").removesuffix("居民委员会")), "place": place.code,
                "source": "apply", "category": kind, "summary": words}  # fmt: skip
        names = names_of_people()
        with clock.moved(self.at):
            self.case = opening.begin("mediation", self._actor(0), said)
            for i in (0, 1):
                person = Person(names[-1 - 2 * self.n - i], f"1390911{self.n:02d}{i:02d}")
                applying.add_party(self.case, person, self._actor(0))

    def _do(self, who: int, name: str, data: dict[str, Any]) -> None:
        assert self.case is not None
        self.at += timedelta(hours=5)
        fresh = Case.objects.select_related("home", "holder", "place").get(pk=self.case.pk)
        with clock.moved(self.at):
            self.case = advance(fresh, name, self._actor(who), data)

    def _actor(self, who: int) -> Actor:
        return self.menu.city.actor(self.menu.city.mediators[self.code][who])

    def _steps(self, upto: str) -> dict[str, list[tuple[int, str, dict[str, Any]]]]:
        lead, talker = self.menu.leads[self.code], self._talker()
        day, (_, _, words, terms) = clock.local(self.at), DISPUTES[self.n % len(DISPUTES)]
        consents = [
            (0, "consent_told", {"side": side, "told": True, "words": "当面告知权利义务，本人同意。"})
            for side in "ab"
        ]
        choice = (
            {"outside": "老支书韩长贵"}
            if self.n % 4 == 3
            else {"pick": (talker if self.n % 2 else lead).pk.hex}
        )
        chosen = [
            (0, "propose_told", {"side": "a", **choice}),
            (0, "agree_told", {"side": "b", "with_side": "a"}),
        ]
        agreement = {"facts": words, "terms": terms, "how": "在村委会当面履行。"}
        signed = [(0, "sign_paper", {"side": side, "signed_on": day + timedelta(days=4)}) for side in "ab"]
        ending = [(0, "fail", {"words": "双方说不到一起。", "ways": WAYS})] if upto == "failed" else []
        return {
            "applied": [consents[0]],
            "choosing": [consents[1], (0, "accept", {})],
            "talks": [*chosen, (0, "begin", {"mediator": lead.pk.hex}), (0, "check", {"checked": True}),
                      (0, "session", {"day": day + timedelta(days=3), "where": "村委会", "record": RECORD})],
            "failed" if ending else "signing": ending or [(0, "draft", agreement)],
            "performing": [*signed, (0, "sign_mediator", {}), (0, "seal", {})],
            "visiting": [(0, "no_court", {}), (0, "perform", {"performed": "whole"})],
            "closed": [(1, "visit", {"satisfied": "good", "hidden": "没有激化隐患。"}),
                       (0, "file", {"piece": "cover", "piece_state": "have"}), (0, "archive", {})],
        }  # fmt: skip

    def _talker(self) -> Mediator:
        body = self.menu.bodies[self.code]
        return next(one for one in self.menu.people if one.committee is body and not one.engaged)


@dataclass
class _Telling:
    """One dispute of the years before, told step by step as the doors would have made it: an oral agreement, or none."""

    year: Year
    n: int
    day: date
    won: bool
    keys: tuple[Any, Any] = field(default_factory=lambda: (uuid7(), uuid7()))
    sides: dict[str, Any] = field(default_factory=dict)
    pieces: dict[str, str] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)

    def history(self) -> History:
        menu, code = self.year.menu, self.year.menu.home
        kind, title, words, terms = DISPUTES[self.n % len(DISPUTES)]
        place = self.year.places[self.n % len(self.year.places)]
        self.sides = {side: {"party": key.hex} for side, key in zip("ab", self.keys, strict=True)}
        facts = {"source": "apply", "category": kind, "summary": words, "sides": deepcopy(self.sides)}
        self._opened(menu.leads[code])
        self._ended(words, terms) if self.won else self._lost()
        name = title.format(p=place.name.removesuffix("村民委员会").removesuffix("居民委员会"))
        unit = menu.city.committees[code]
        return History("mediation", name, place, unit, self._who(0), clock.at(self.day, 9), self.made, facts)

    def parties(self, case: Case) -> list[Party]:
        """Both parties' rows; their names are thought up."""
        names = self.year.menu.luck
        rows = [Party(pk=key, case=case, side=side) for side, key in zip("ab", self.keys, strict=True)]
        for row in rows:
            name = names.choice("张王李赵刘高白贺郝冯") + names.choice(
                ("长山", "春梅", "建国", "秀英", "玉成")
            )
            row.name, row.shown = name, applying.shown(name)
        return rows

    def _who(self, n: int) -> Actor:
        menu = self.year.menu
        return menu.city.actor(menu.city.mediators[menu.home][n])

    def _step(
        self, days: int, hour: int, name: str, data: dict[str, Any], who: int = 0, **facts: Any
    ) -> None:
        at = clock.at(self.day + timedelta(days=days), hour)
        self.made.append(
            Made(name, self._who(who), at, data, facts, outcome="success" if name == "archive" else "")
        )

    def _side(self, side: str, **said: Any) -> dict[str, Any]:
        self.sides = deepcopy(self.sides)
        self.sides[side] |= said
        return self.sides

    def _have(self, *codes: str) -> dict[str, str]:
        self.pieces = self.pieces | dict.fromkeys(codes, "have")
        return self.pieces

    def _opened(self, lead: Mediator) -> None:
        day = self.day.isoformat()
        for hour, side in ((10, "a"), (11, "b")):
            said = {"side": side, "told": True, "words": "当面告知权利义务，本人同意。"}
            kept: dict[str, Any] = {"sides": self._side(side, consent=day, refused="")}
            if side == "b":
                kept["pieces"] = self._have("notice")
            self._step(0, hour, "consent_told", said, 0, **kept)
        self._step(0, 14, "accept", {}, pieces=self._have("application"))
        key = lead.pk.hex
        self._step(
            0,
            15,
            "propose_told",
            {"side": "a", "pick": key, "outside": ""},
            sides=self._side("a", choice=key, agrees=""),
        )
        self._step(
            0,
            16,
            "agree_told",
            {"side": "b", "with_side": "a"},
            sides=self._side("b", agrees="a"),
            choice=key,
        )
        self._step(1, 9, "begin", {"mediator": key}, mediator=key, alliance=self.year.menu.alliance)
        self._step(
            1, 10, "check", {"checked": True, "evidence": []}, identity=True, pieces=self._have("identity")
        )
        told = {"day": self.day + timedelta(days=3), "where": "村委会", "record": RECORD, "evidence": []}
        self._step(3, 10, "session", told, pieces=self._have("record"))

    def _ended(self, words: str, terms: str) -> None:
        said = {"facts": words, "terms": terms, "how": "当场履行。", "perform_by": None}
        at = self.day + timedelta(days=3)
        self._step(3, 16, "by_word", said, facts=words, terms=terms, how="当场履行。", form="oral", effective_at=clock.at(at, 16),
                   result="success", ended_on=at, pieces=self._have("agreement"))  # fmt: skip
        self._step(4, 9, "perform", {"performed": "whole", "words": "", "evidence": []}, performed="whole")
        seen = {"satisfied": "good", "hidden": "没有激化隐患。"}
        self._step(20, 9, "visit", seen, 1, satisfied="good", pieces=self._have("visit"))
        self._step(
            20,
            10,
            "file",
            {"piece": "cover", "piece_state": "have", "evidence": []},
            pieces=self._have("cover"),
        )
        self._step(20, 11, "archive", {})

    def _lost(self) -> None:
        at = self.day + timedelta(days=12)
        self._step(
            12,
            16,
            "fail",
            {"words": "双方说不到一起。", "ways": WAYS},
            ways=WAYS,
            result="failed",
            ended_on=at,
        )
