"""Papers of a meeting: 会议通知 and 纪要. No residents' data and no transcript: both come from the decisions."""

from __future__ import annotations

from typing import Any

from jieyou.commons.meetings import agenda, replies
from jieyou.commons.meetings.models import AgendaItem, Attendance, Meeting
from jieyou.commons.papers import acts, follow
from jieyou.commons.papers.declare import BODY, CC, TITLE, TO, PaperKind, Part, Values
from jieyou.commons.papers.layouts import letter, minutes
from jieyou.commons.papers.models import Paper
from jieyou.commons.papers.numbers import day_words
from jieyou.commons.papers.sheet import Cell, Form, Line, Sheet, Title, Written
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor

PRESENT, LEAVE, ISSUE = Part("present", "出席"), Part("leave", "请假"), Part("issue", "期号")
WHEN, ROOM = Part("when", "时间"), Part("room", "地点")
PEOPLE = Part(
    "people", "参会人员", "rows",
    columns=(Part("n", "序号"), Part("unit", "单位"), Part("person", "姓名"), Part("post", "职务"), Part("note", "备注")),
)  # fmt: skip
#: Columns of the two lists in mm, and the height of a row to be signed in.
WIDTHS, ROW = (14.0, 52.0, 24.0, 28.0, 20.0, 18.0), 13.0


def meeting_of(case: Case) -> Case | None:
    """From an item to the meeting where it was tabled last."""
    item = (
        AgendaItem.objects.filter(case=case)
        .select_related("meeting__case__home")
        .order_by("-meeting__held_on")
        .first()
    )
    return item.meeting.case if item else None


def invited(meeting: Meeting) -> list[str]:
    """Units that were told, else those that lead the items."""
    told = Attendance.objects.filter(meeting=meeting).order_by("pk").values_list("unit__name", flat=True)
    leads = AgendaItem.objects.filter(meeting=meeting).exclude(case__holder=None).order_by("position")
    return list(dict.fromkeys(told)) or list(
        dict.fromkeys(leads.values_list("case__holder__name", flat=True))
    )


def titles(meeting: Meeting) -> list[str]:
    """The items that may be named on a paper (a sealed one is on none)."""
    rows = AgendaItem.objects.filter(meeting=meeting, case__sealed=False).order_by("position")
    return list(rows.values_list("case__title", flat=True))


def _notice(case: Case) -> dict[str, Any]:
    meeting = Meeting.objects.get(pk=case.pk)
    when = f"{day_words(meeting.held_on)}{meeting.starts_at and f' {meeting.starts_at}'}"
    agenda_lines = [
        f"{n}. {title}" for n, title in enumerate(["通报上次议定事项落实情况", *titles(meeting)], 1)
    ]
    body = "\n".join([
        f"定于{when}召开{meeting}，现将有关事项通知如下：",
        "一、会议时间", f"{when}。",
        "二、会议地点", f"{meeting.room or '另行通知'}。",
        "三、会议议题", *agenda_lines,
        "四、有关要求",
        "请主要负责同志参加会议；确因公不能参加的，书面请假并委托熟悉情况的负责同志代会。请汇报单位按议题单准备，每项不超过8分钟。",
    ])  # fmt: skip
    return {
        "title": f"关于召开{meeting}的通知",
        "to": "、".join(invited(meeting)) or "各参会单位",
        "body": body,
        "cc": "",
    }


def _minutes(case: Case) -> dict[str, Any]:
    meeting = Meeting.objects.get(pk=case.pk)
    came = Attendance.objects.filter(meeting=meeting).select_related("unit").order_by("pk")
    return {
        "title": f"{meeting}纪要", "body": meeting.minutes or agenda.minutes_text(meeting), "issue": _issue(case),
        "present": "、".join(a.unit.name for a in came if a.state in ("present", "stand_in")),
        "leave": "、".join(a.unit.name for a in came if a.state == "leave"),
        "cc": "各参会单位",
    }  # fmt: skip


def _issue(case: Case) -> str:
    """第×期: given by hand with 印发."""
    return Meeting.objects.values_list("minutes_no", flat=True).get(pk=case.pk)


notice = PaperKind(
    "notice", "会议通知", ("meeting",), _notice, letter, (TITLE, TO, BODY, CC), near=meeting_of
)
meeting_minutes = PaperKind(
    "minutes", "会议纪要", ("meeting",), _minutes, minutes, (TITLE, BODY, PRESENT, LEAVE, CC), more=(ISSUE,), carried=_issue,
    issued_with="issue", near=meeting_of,
)  # fmt: skip


def people(meeting: Any, leave: bool = False) -> list[dict[str, str]]:
    """Who is expected, unit by unit in the order of inviting; a unit that has not answered has an empty line to write in.
    ``leave``: units that are excused stand in the list too."""
    rows = [row for row in replies.of(meeting) if leave or row.answer != "leave"]
    return [
        {"n": str(n), "unit": row.unit.name, "person": row.person, "post": row.post,
         "note": row.get_answer_display() if row.answer else "未回执",
         "mark": "委托代会" if row.answer == "stand_in" else "" if row.answer else "未回执"}
        for n, row in enumerate(rows, 1)
    ]  # fmt: skip


def _list_of(word: str, leave: bool = False) -> Any:
    def fields(case: Case) -> dict[str, Any]:
        meeting = Meeting.objects.get(pk=case.pk)
        when = f"{day_words(meeting.held_on)}{meeting.starts_at and f' {meeting.starts_at}'}"
        found = people(case.pk, leave)
        return {"title": f"{meeting}{word}", "when": when, "room": meeting.room, "people": found}

    return fields


def _listed(*last: tuple[str, str]) -> Any:
    """A table of the people under a title. ``last``: heading and value's name of the last two columns."""
    heads = tuple(Cell(word, label=True) for word in ("序号", "单位", "姓名", "职务", *(h for h, _ in last)))
    keys = ("n", "unit", "person", "post", *(key for _, key in last))

    def layout(v: Values) -> Sheet:
        rows = [tuple(Cell(row.get(key, ""), size=10.5) for key in keys) for row in v.get("people", [])]
        page = Written().add(
            Title(v["title"]), Line(f"时间：{v.get('when', '')}", f"地点：{v.get('room', '')}")
        )
        table = Form(WIDTHS, tuple((ROW, cells) for cells in (heads, *rows)))
        return page.add(table).sheet(v["title"], v["draft"])

    return layout


signing_in = PaperKind(
    "signing_in", "签到表", ("meeting",), _list_of("签到表"), _listed(("签名", ""), ("备注", "mark")), (TITLE, WHEN, ROOM, PEOPLE),
    inner=True,
)  # fmt: skip
attendees = PaperKind(
    "attendees", "参会名单", ("meeting",), _list_of("参会名单", leave=True), _listed(("参会方式", "note"), ("备注", "")),
    (TITLE, WHEN, ROOM, PEOPLE), inner=True,
)  # fmt: skip


def draft_all(meeting: Case, actor: Actor) -> list[Paper]:
    """纪要 and every 交办单 of a meeting in one click; those that are there already stay as they are.

    Before 会后交办 the orders are of the items, from the decisions as recorded; they become the tasks' own when these are there.
    """
    if Meeting.objects.filter(pk=meeting.pk).count() == 0:
        raise Refused("这不是会议")
    there = Paper.objects.filter(case=meeting, kind="minutes").exclude(state="void").exists()
    made = [] if there else [acts.draft(meeting, "minutes", actor)]
    rows = AgendaItem.objects.filter(meeting=meeting.pk, outcome__in=agenda.HANDED_OUT, case__sealed=False)
    for item in rows.select_related("meeting", "case__home", "case__holder", "case__place").order_by(
        "position"
    ):
        made += _orders(item, actor)
    return made


def _orders(item: AgendaItem, actor: Actor) -> list[Paper]:
    tasks = Case.objects.filter(parent=item.case, loop="assignment").exclude(stage="taken_back")
    if found := list(tasks.select_related("home", "holder", "place", "parent").order_by("number")):
        have = set(
            Paper.objects.filter(case__in=found, kind="order")
            .exclude(state="void")
            .values_list("case", flat=True)
        )
        return [follow.drafted(task, "order", actor) for task in found if task.pk not in have]
    have_for = set(
        Paper.objects.filter(case=item.case, kind="order")
        .exclude(state="void")
        .values_list("about", flat=True)
    )
    return [
        acts.draft(item.case, "order", actor, **order_fields(item, row))
        for row in item.assignments
        if row["unit"]["name"] not in have_for
    ]


def order_fields(item: AgendaItem, row: dict[str, Any]) -> dict[str, Any]:
    """An order's parts from one row of the decision's table."""
    unit = row["unit"]["name"]
    helpers = [other["unit"]["name"] for other in item.assignments if other["kind"] == "co"]
    words = agenda.due_words(row["due"])
    return {
        "about": unit, "to": unit, "due": words.removesuffix("完成"), "basis": f"第{item.meeting.seq_no}次会议议定",
        "helpers": "、".join(helpers) if row["kind"] == "lead" else "",
        "body": f"{row['task']}\n请按时限办结并反馈办理结果，附办理依据；需要延期的，在时限届满前提出。",
    }  # fmt: skip
