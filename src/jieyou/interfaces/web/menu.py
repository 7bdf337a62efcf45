"""The main navigation: which pages an actor has use for, and the counts beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Count
from django.urls import reverse

from jieyou.interfaces.web.office.territory import keeper_of
from jieyou.interfaces.web.staff import holding, takes_reports
from jieyou.kernel.loop import registry, seen
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.roles import AUDITOR, BUSINESS, CLEARED, CLERK, HEAD, MEDIATOR
from jieyou.kernel.register.declare import may_read
from jieyou.kernel.register.registry import registers
from jieyou.mechanisms.petitions import offices
from jieyou.mechanisms.proposals import offices as collecting

#: Loops with a line of their own in the navigation; a newly installed one gets a line by itself.
OWN_PLACE = frozenset(
    {
        settings.INTAKE_LOOP,
        "assignment",
        "approval",
        "meeting",
        "import",
        "backfill",
        "feedback",
        "publication",
        "escalation",
        "supervision",
        "reading",
    }
)

#: Loops of the offices alone.
INNER = frozenset({"petition_rota", "petition_rule", "proposal_topic"})


@dataclass(frozen=True)
class Item:
    """One line of the navigation."""

    key: str
    title: str
    icon: str
    url: str
    count: int = 0


@dataclass(frozen=True)
class Group:
    """Lines under one heading. ``folds``: it may be shut, and is as long as nothing waits in it and one is elsewhere."""

    title: str
    items: list[Item]
    folds: bool = True
    here: str = ""

    @property
    def count(self) -> int:
        return sum(item.count for item in self.items)

    @property
    def shut(self) -> bool:
        return self.folds and not self.count and self.here not in {item.key for item in self.items}


def groups(actor: Actor, counts: dict[str, int], here: str = "") -> list[Group]:
    """The navigation by heading: the desk, the numbers, a group for each mechanism, what is kept. ``here``: this page's line."""
    at_work = any(h.role in BUSINESS for h in actor.holdings)
    found = [
        Group("工作台", _desk(actor, counts), folds=False),
        Group("数据", [*_figures(actor), *_registers(actor)], folds=False),
        *(_mechanisms(actor, counts) if at_work else []),
        Group("管理", _keeping(actor), folds=at_work),
    ]
    return [replace(group, here=here) for group in found if group.items]


def _of(loop: str, title: str, icon: str, counts: dict[str, int]) -> Item:
    return Item(loop, title, icon, f"{reverse('web:cases')}?loop={loop}", counts.get(loop, 0))


def _desk(actor: Actor, counts: dict[str, int]) -> list[Item]:
    items = [
        Item("desk", "工作台", "home", reverse("web:desk"), sum(counts.values())),
        Item("notices", "消息", "bell", reverse("web:notices")),
    ]
    if any(h.role in BUSINESS for h in actor.holdings):
        items.append(Item("papers", "公文", "file-text", reverse("web:papers")))
    if _office(actor):
        items.append(_of("approval", "签批", "rubber-stamp", counts))
    return items


def _office(actor: Actor) -> bool:
    return any(h.role in BUSINESS and h.unit_kind == "office" for h in actor.holdings)


def _figures(actor: Actor) -> list[Item]:
    """Numbers are for offices; a unit sees its tasks."""
    if not _office(actor):
        return []
    return [
        Item("cockpit", "驾驶舱", "layout-dashboard", reverse("web:cockpit")),
        Item("figures", "全部数据", "list-check", reverse("web:figures")),
        Item("report_monthly", "报告", "file-text", reverse("web:report", args=["monthly"])),
    ]


def _mechanisms(actor: Actor, counts: dict[str, int]) -> list[Group]:
    """A group for each mechanism, named by its app; the loops that have no line of their own come by themselves."""
    lines: dict[str, list[Item]] = {}
    office, keeper = _office(actor), offices.keeper(actor) is not None
    for loop in registry.loops().values():
        if loop.code not in OWN_PLACE and (loop.code not in INNER or office or keeper):
            label = loop.facts.split(".")[0] if loop.facts else ""
            lines.setdefault(label, []).append(_of(loop.code, loop.title, "clipboard-list", counts))
    mechanisms = [app for app in apps.get_app_configs() if app.name.startswith("jieyou.mechanisms.")]
    named = {app.label for app in mechanisms}
    common = [item for label, items in lines.items() if label not in named for item in items]
    found = [Group("周“解忧”", [*_concerns(actor, counts), *common], folds=False)]
    for app in mechanisms:
        items = [*lines.get(app.label, []), *_more(app.label, actor, office, keeper)]
        found.append(Group(str(app.verbose_name), items))
    return found


def _more(label: str, actor: Actor, office: bool, keeper: bool) -> list[Item]:
    """Lines of a mechanism that are no loop's."""
    items: list[Item] = []
    if label == "petitions" and keeper:
        year = f"{reverse('web:report', args=['petitions'])}?span=year"
        items += [] if office else [Item("report_petitions", "信访年报", "file-text", year)]
        items.append(Item("petition_new", "登记信访", "pencil", reverse("web:petition_new")))
    if label == "proposals" and collecting.keeper(actor) is not None:
        items.append(Item("proposal_new", "登记建议", "pencil", reverse("web:proposal_new")))
    if label == "mediation" and holding(actor, MEDIATOR):
        items.append(Item("mediators", "说事人菜单", "users", reverse("web:mediators")))
        items.append(Item("visits", "下村轮值", "calendar-event", reverse("web:mediation_visits")))
    if label == "mediation" and (office or holding(actor, MEDIATOR)):
        items.append(Item("mediation_bodies", "调解组织", "id-badge", reverse("web:mediation_bodies")))
    return items


def _concerns(actor: Actor, counts: dict[str, int]) -> list[Item]:
    url = reverse("web:cases")
    items = [Item("cases", "解忧事项", "clipboard-list", url, counts.get(settings.INTAKE_LOOP, 0))]
    if takes_reports(actor):
        items += [
            Item("assess", "逐件研判", "message-report", reverse("web:assess")),
            Item("hot", "热点", "users", reverse("web:hot")),
            Item("report", "代录反映", "pencil", reverse("web:report_new")),
            Item("import", "导入 Excel", "table-import", reverse("web:imports")),
            Item("ledger", "补录台账", "history", reverse("web:ledger")),
        ]
    items.append(_of("assignment", "交办任务", "list-check", counts))
    if _office(actor):
        watched = counts.get("escalation", 0) + counts.get("supervision", 0)
        items += [
            Item(
                "meetings",
                "周“解忧”会议",
                "calendar-event",
                reverse("web:meetings"),
                counts.get("meeting", 0),
            ),
            Item("watched", "督办", "flag", reverse("web:supervision"), watched),
            _of("feedback", "反馈来件单位", "send", counts),
            _of("publication", "信息公开", "speakerphone", counts),
        ]
    return items


def _registers(actor: Actor) -> list[Item]:
    mine = [one for one in registers().values() if may_read(one, actor)]
    return [Item("registers", "台账", "columns", reverse("web:registers"))] if mine else []


def _keeping(actor: Actor) -> list[Item]:
    items = [Item("duties", "职责清单", "scale", reverse("web:duties"))] if actor.holdings else []
    if any(h.unit_kind == "office" for h in actor.holdings):
        items.append(Item("routing", "派单规则", "arrow-right", reverse("web:routing")))
        items.append(Item("models", "研判模型", "message-report", reverse("web:models")))
    if holding(actor, CLERK, HEAD, CLEARED, kind="office"):
        items.append(Item("recusals", "回避", "eye-off", reverse("web:recusals")))
    if keeper_of(actor):
        items.append(Item("settings", "系统设置", "settings", reverse("web:settings")))
    items.append(Item("posts", "岗位与交接", "id-badge", reverse("web:posts")))
    if holding(actor, AUDITOR):
        items.append(Item("looks", "查看留痕", "eye", reverse("web:looks")))
    return items


def desk_counts(request: Any) -> dict[str, int]:
    """How many open cases lie on the actor's desk, by loop. One query a request."""
    if not hasattr(request, "_desk_counts"):
        rows = seen.inbox(request.actor).order_by().values("loop").annotate(n=Count("pk"))
        request._desk_counts = {row["loop"]: row["n"] for row in rows}
    return request._desk_counts


def unread(request: Any) -> int:
    """Notices of the account that were not seen yet. One query a request."""
    if not hasattr(request, "_unread"):
        mine = Delivery.objects.filter(account=request.user, channel="in_app", seen_at=None)
        request._unread = mine[:100].count()
    return request._unread


def count_again(request: Any) -> None:
    """Notices were read in this request."""
    del request._unread
