"""Thirteen persons before the same doors, and the things behind them: ours, the neighbour's, a sealed one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from django.core.files.base import ContentFile
from django.test import Client
from mediation.conftest import new_room
from PIL import Image
from support.city import FIRST_DAY, Town

from jieyou.commons.backfill import batches as ledger
from jieyou.commons.backfill import remembering
from jieyou.commons.backfill.models import Headings
from jieyou.commons.changes import making
from jieyou.commons.directory.registers import organisations
from jieyou.commons.lists.models import DutyItem, DutyList
from jieyou.commons.meetings.models import Reply
from jieyou.commons.papers import acts, own, render, word
from jieyou.commons.publication import keeping
from jieyou.commons.publication.models import Published
from jieyou.commons.reports import batches
from jieyou.commons.reports.intake import PUBLIC, Told
from jieyou.commons.reports.models import Report
from jieyou.commons.sheets import coming
from jieyou.commons.triage.models import RoutingRule
from jieyou.interfaces.demo.city import SINCE
from jieyou.interfaces.demo.walk import Item
from jieyou.kernel.calendar import clock
from jieyou.kernel.evidence import store
from jieyou.kernel.evidence.models import Attachment
from jieyou.kernel.loop import amend, opening
from jieyou.kernel.loop.models import Case, ClockRule
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.people import recusal, units
from jieyou.kernel.people.models import Account, ApiKey, Post
from jieyou.kernel.people.posts import appoint, name_deputy
from jieyou.kernel.places import tree
from jieyou.kernel.register import keeping as rows
from jieyou.mechanisms.petitions import offices, taking
from jieyou.mechanisms.proposals import taking as proposing
from jieyou.mechanisms.proposals.taking import Said

#: Persona → the account it logs in with. ``anon`` has none; ``secret`` has a query number only.
LOGINS = {
    "city": "city", "county": "county", "leader": "leader", "town": "township", "bureau": "bureau", "caller": "caller",
    "next": "county-610603", "keeper": "city-sealed", "admin": "admin",
    "audit": "auditor", "anon": "", "secret": "", "accused": "community",
}  # fmt: skip
PERSONAS = tuple(LOGINS)
#: What the sealed report names: a community committee of 桥沟街道's first village.
ACCUSED = "被反映的社区居委会"
#: Words that stand in the sealed report and nowhere else.
SAID = {
    "words": "社区主任霍某某在低保评定上优亲厚友，骡马巷的人都知道。",
    "accused_words": "骡马巷社区居委会霍某某",
    "where": "骡马巷甲字院",
    "name": "尉迟敬",
    "phone": "13909112233",
}
SHOP = {"name": "桥沟鲜果批发部", "kind": "individual", "status": "operating", "status_since": "2021-03-04", "status_source": "实地走访"}  # fmt: skip
MARKS = ("霍某某", "骡马巷", "尉迟敬", "13909112233", "优亲厚友", "账本照片")


@dataclass
class World:
    """The small city with something behind every kind of address. ``ids`` fill the addresses of the table."""

    town: Town
    ids: dict[str, str] = field(default_factory=dict)
    secret: str = ""

    def client(self, persona: str, **options: Any) -> Client:
        """This person's browser, logged in (or with the query number shown)."""
        client = Client(**options)
        if LOGINS[persona]:
            account = Account.objects.get(username=LOGINS[persona])
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        elif persona == "secret":
            plain = Client()
            assert plain.post("/track/", {"secret": self.secret}).status_code == 302
            client.cookies = plain.cookies
        return client


def picture(name: str) -> ContentFile:
    """A photo as a phone takes it."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "grey").save(out, "JPEG")
    return ContentFile(out.getvalue(), name=name)


def made(world: World, sheet: Path) -> World:
    town = world.town
    _community(town)
    mine = town.concern("tracked", matter=4, name="李小明", phone="13812346021")
    town.walk.work(mine, clock.at(FIRST_DAY.replace(month=6, day=10)))
    with clock.moved(clock.at(FIRST_DAY.replace(month=6, day=10))):
        store.keep(mine.case.pk, picture("现场.jpg"), town.actor("county"))
    beside = tell(town, code="610603", photos=[picture("邻县.jpg")], name="张三", phone="13812346022")
    sealed = accuse(town)
    assert mine.receipt is not None
    world.secret = mine.receipt.secret
    world.ids = {
        "no": "BT-2024-9999", "key": "01a20944-b1a8-74e4-bed5-450d9e6c2f11",
        **_of("mine", mine), **_of("next", beside), **_of("sealed", sealed), **_rest(town, mine), "batch": _batch(town, sheet),
        **_afterwards(town), **_called(town), **_ledger(town, sheet.with_name("台账.xlsx")),
        **_papers(town, sealed), **_petitions(town), **_mediated(town), **_proposed(town),
        **_settings(town, mine.case.number), **_registers(town, sheet.with_name("名录.xlsx")),
    }  # fmt: skip
    return world


def _registers(town: Town, path: Path) -> dict[str, str]:
    """An organisation of the village where everything happens, with its contact; a workbook of which one row goes back."""
    clerk, place, register = town.actor("county"), town.item().place, organisations
    row = rows.add(
        register, {**SHOP, "place": place, "contact-name": "贺明", "contact-phone": "13909110044"}, clerk
    )
    book = openpyxl.Workbook()
    for line in (("名称", "类型"), ("没写全的", "个体工商户")):
        book.worksheets[0].append(list(line))
    book.save(path)
    sheet = coming.proceed(coming.begin(register, path.name, clerk), register, path, clerk)
    return {"organisation": str(row.pk), "register_sheet": str(sheet.pk)}


def _petitions(town: Town) -> dict[str, str]:
    """宝塔区's office keeps petitions: one in the open, one under seal, a suggestion, a rota, a rule document."""
    offices.appoint(tree.by_code("610602"), town.unit("office"), "system", "示例")
    place, clerk = town.item().place, town.actor("county")
    with clock.moved(clock.at(FIRST_DAY)):
        told = Told(place=place, words="征地补偿款还差一半，找了几次都没有结果。")
        case = taking.take(told, PUBLIC).case
        sealed = taking.take(
            replace(told, words=SAID["words"], accused=True, accused_words=SAID["accused_words"]), PUBLIC
        ).case
        advice = {
            "title": "规范兑付",
            "advice": "improve",
            "found": "补偿款兑付台账一直没有公开",
            "proposal": "建立兑付台账并按月公示",
        }
        days = {"title": "接访安排", "first_day": "2024-06-03", "last_day": "2024-06-07"}
        rule = {"title": "预防实施办法", "domain": "prevent", "version": "2024年版"}
        made = {code: opening.begin(f"petition_{code}", clerk, raw).number
                for code, raw in (("advice", advice), ("rota", days), ("rule", rule))}  # fmt: skip
    return {
        "petition": case.number,
        "petition_sealed": sealed.number,
        **{f"petition_{k}": n for k, n in made.items()},
    }


def _proposed(town: Town) -> dict[str, str]:
    """人民建议: one in the open, one under seal, a topic that is being drafted."""
    place, clerk = town.item().place, town.actor("county")
    said = Said("老旧小区没有充电的地方。", "在闲置空地统一建充电棚。", original=True)
    topic = {"title": "老旧小区怎么改", "words": "请您说说老旧小区改造最该先改什么、怎样改。"}
    with clock.moved(clock.at(FIRST_DAY)):
        case = proposing.take(Told(place=place, words=""), said, PUBLIC).case
        accused = Told(place=place, words="", accused=True, accused_words=SAID["accused_words"])
        sealed = proposing.take(accused, replace(said, suggestion=SAID["words"]), PUBLIC).case
        drafted = opening.begin("proposal_topic", clerk, topic)
    return {"proposal": case.number, "proposal_sealed": sealed.number, "proposal_topic": drafted.number}


def _community(town: Town) -> None:
    """The community committee of the village where everything happens: nobody of it may learn of the report."""
    place = town.item().place
    unit = units.add(ACCUSED, "community", place, "system")
    account = Account.objects.create_user("community", "霍主任")
    for role in ("承办人", "单位负责人"):
        appoint(account, unit, role, SINCE, "system")


def tell(town: Town, code: str = "610602", **told: Any) -> Item:
    """A resident reports, with a photo."""
    item = town.item(code=code)
    town.walk.tell(item, clock.at(FIRST_DAY), **told)
    return item


def accuse(town: Town) -> Item:
    """A resident reports the community committee: sealed at once."""
    item = town.item()
    more = {name: text for name, text in SAID.items() if name != "words"}
    item.matter = replace(item.matter, words=SAID["words"])
    town.walk.tell(item, clock.at(FIRST_DAY), accused=True, photos=[picture("账本照片.jpg")], **more)
    return item


def _of(name: str, item: Item) -> dict[str, str]:
    """Numbers and keys of a concern, of its report and of the photo with it."""
    assert item.case is not None
    report = Report.objects.get(case=item.case)
    file = Attachment.objects.filter(subject__in=[item.case.pk, report.pk]).first()
    assert file is not None
    return {name: item.case.number, f"{name}_report": str(report.pk), f"{name}_file": str(file.pk)}


def _rest(town: Town, mine: Item) -> dict[str, str]:
    task = Case.objects.get(parent=mine.case, holder=town.unit())
    letter, escalation = _supervised(town, task)
    notice = Delivery.objects.filter(account=town.account("county")).first()
    assert notice is not None
    return {
        "task": task.number, "task_file": str(Attachment.objects.get(subject=task.pk).pk),
        "meeting": Case.objects.get(loop="meeting").number, "approval": Case.objects.get(loop="approval", parent__loop="meeting").number,
        **_listed(town),
        "reading": _frozen(town),
        "letter": letter.number, "escalation": escalation.number,
        "handover": _elsewhere(town), "notice": str(notice.pk), "post": str(Post.objects.filter(account=town.account("county")).first().pk),
    }  # fmt: skip


def _frozen(town: Town) -> str:
    """The county's numbers of a month, on their way to be frozen."""
    month = {"title": "宝塔区 2024年5月数据", "first": "2024-05-01", "last": "2024-05-31", "reason": ""}
    return opening.begin("reading", town.actor("county"), month, clock.at(FIRST_DAY)).number


def _elsewhere(town: Town) -> str:
    """A matter of our own that another door answers: the number of its hand-over."""
    case = town.concern("assess", 3).case
    town.walk.judge(
        Item(town.item(3).matter, town.item(3).place, town.city.offices["610602"], 3, case=case),
        clock.at(FIRST_DAY.replace(day=22)),
    )
    town.act(
        case,
        "to_mediation",
        "leader",
        words="邻里纠纷，先行调解。",
        tell="已转宝塔区人民调解委员会，十五个工作日内有结果。",
    )
    return Case.objects.get(loop="handover", parent=case).number


def _called(town: Town) -> dict[str, str]:
    """A meeting to come: the bureau answered its notice and left a telephone, the township has not answered."""
    day, office = FIRST_DAY + timedelta(days=35), town.city.offices["610602"]
    meeting = town.walk.call_meeting(office, 30, day, clock.at(day - timedelta(days=7)))
    units = [town.unit(), town.unit("街道")]
    town.act(meeting, "invite", "county", clock.at(day - timedelta(days=6)), units=units)
    reply = Reply.objects.select_related("case").get(unit=units[0])
    said = {"answer": "come", "person": "高建军", "post": "局长", "phone": "13909115566"}
    town.act(reply.case, "answer", "bureau", clock.at(day - timedelta(days=5)), **said)
    return {"called": meeting.number, "reply": reply.case.number, "reply_key": str(reply.pk)}


def _afterwards(town: Town) -> dict[str, str]:
    """A matter that ended: its source is owed an answer, and the public board shows it."""
    item = tell(town, source="hotline", source_no="20240520007", photos=[])
    day = clock.at(FIRST_DAY + timedelta(days=1))
    town.walk.register(item, day)
    town.walk.judge(item, day + timedelta(hours=1), recommend="decline")
    town.act(
        item.case, "decline", "leader", reply="您反映的事情不属于解决范围，有关政策已经当面讲清，请您理解。"
    )
    said = {
        "attribute": "active", "reason": "涉及群众较多，应当公开。", "heading": "社区暖气不热", "problem": "部分居民家中温度偏低。",
    }  # fmt: skip
    with clock.moved(day + timedelta(days=1)):
        there = keeping.propose(town.fresh(item.case), town.actor("county"), said)
    town.act(there, "approve", "leader", checked="不涉密，可以公开。")
    row = Published.objects.get()
    owed = Case.objects.get(loop="feedback")
    return {"feedback": owed.number, "publication": there.number, "published": str(row.pk)}


def _mediated(town: Town) -> dict[str, str]:
    """Two neighbours of 宝塔区 before their committee, an agreement to be signed; one person of its menu."""
    room = new_room(town)
    case = room.to_signing()
    return {"mediation": case.number, "mediator": str(room.lead.pk)}


def _papers(town: Town, sealed: Item) -> dict[str, str]:
    """A draft of the county's, an order that went out to the bureau, a letter about the sealed report, a template."""
    county, task = town.actor("county"), Case.objects.get(loop="assignment", holder=town.unit())
    went = acts.issue(acts.draft(task, "order", county), county)
    draft = acts.draft(task, "urging", county)
    secret = acts.draft(town.fresh(sealed.case), "transfer_discipline", town.actor("city-sealed"))
    page = ContentFile(word.draw(render.sheet(draft)), name="催办单.docx")
    own_one = own.upload(draft.declared, town.unit("office"), page, county, render.values(draft))
    return {
        "paper": str(draft.pk),
        "paper_out": str(went.pk),
        "paper_sealed": str(secret.pk),
        "template": str(own_one.pk),
    }


def _settings(town: Town, mine: str) -> dict[str, str]:
    """Something that the office admin changed: 安塞区 has a limit of its own."""
    key, place, values = (
        {"code": "jieyou.assess"},
        tree.by_code("610603"),
        {"title": "研判时限", "length": 4, "unit": "workday"},
    )
    with making.change(
        "clocks", "研判时限", town.actor("admin"), "办公会议定", place, "jieyou.assess"
    ) as change:
        amend.amend(ClockRule, key, place, clock.today(), "system", change.why, values)
    post, soon = (
        Post.objects.get(account=town.account("county"), role="经办人"),
        clock.today() + timedelta(days=30),
    )
    deputy = name_deputy(post, town.account("caller"), soon, soon + timedelta(days=7), "system")
    key, _ = ApiKey.new(town.account("county"), "数据对接", soon)
    unit, place = town.unit("公安"), tree.children(tree.by_code("610602"))[0]
    alias = units.add_alias(unit, "区分局", "system", "老台账的写法")
    shut = recusal.recuse(Case.objects.get(number=mine).pk, "system", "当事人", unit=unit)
    rows = {
        "change": change,
        "deputy": deputy,
        "api_key": key,
        "unit": unit,
        "alias": alias,
        "place": place,
        "recusal": shut,
    }
    return {"person": str(post.account_id)} | {name: str(row.pk) for name, row in rows.items()}


def _listed(town: Town) -> dict[str, str]:
    """A departments' list of 宝塔区 with one item (a township's list would judge every task of this world)."""
    place = tree.by_code("610602")
    made = DutyList.objects.create(
        kind="department", title="部门职责清单", place=place, edition="示例", source="示例", since=SINCE
    )
    item = DutyItem.objects.create(
        duty_list=made, code="BM-1", category="duty", text="城市供热管理", unit=town.unit()
    )
    rule = RoutingRule.objects.first()
    assert rule is not None
    return {"duty_list": str(made.pk), "duty_item": str(item.pk), "routing_rule": str(rule.pk)}


def _supervised(town: Town, task: Case) -> tuple[Case, Case]:
    """A letter about the task that is not signed yet, and a proposal to escalate it."""
    at = clock.at(FIRST_DAY.replace(month=6, day=12))
    words = {"ground": "催办两次没有进展，群众意见大", "demand": "三个工作日内书面回复"}
    town.act(task, "letter", "county", at, letter="supervision_letter", **words)
    town.act(task, "escalate", "county", at, escalate="两家单位说法不一，县级协调不下来")
    return Case.objects.get(loop="supervision"), Case.objects.get(loop="escalation")


def _batch(town: Town, path: Path) -> str:
    """Two rows out of a workbook: one comes in, one goes back to be mended."""
    book = openpyxl.Workbook()
    for row in (
        ("编号", "标题", "内容"),
        ("A-1", "路灯不亮", "北大街路灯坏了半个月，晚上看不见路"),
        ("A-2", "空的", ""),
    ):
        book.worksheets[0].append(list(row))
    book.save(path)
    place = tree.by_code("610602")
    return batches.run(path, place, town.actor("county")).case.number


def _ledger(town: Town, path: Path) -> dict[str, str]:
    """Two rows of a running ledger: one comes in, one goes back; what its headings mean is remembered."""
    book = openpyxl.Workbook()
    for row in (
        ("事项名称", "办理状态", "办结时间"),
        ("老台账里的路灯", "已办结", ""),
        ("老台账里的井盖", "", "2024-13-40"),
    ):
        book.worksheets[0].append(list(row))
    book.save(path)
    place, clerk = tree.by_code("610602"), town.actor("county")
    batch = ledger.run(path, place, clerk, remembering.propose(path, town.unit("office"), place))
    return {"ledger": batch.case.number, "headings": str(Headings.objects.get().pk)}
