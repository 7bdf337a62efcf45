"""Items that are right become cases where they stand, with their reports, assignments and places on agendas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Max

from jieyou.commons.backfill.choosing import Choosing
from jieyou.commons.backfill.models import Filled, LedgerBatch
from jieyou.commons.backfill.reading import Item, Reader
from jieyou.commons.meetings.models import AgendaItem, Attendance, Meeting
from jieyou.commons.reports import telling
from jieyou.commons.reports.intake import HARM_CLOCK
from jieyou.commons.reports.models import Report
from jieyou.commons.reports.words import fingerprint
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop import backfill, bulk
from jieyou.kernel.loop.answers import plain
from jieyou.kernel.loop.backfill import Past
from jieyou.kernel.loop.models import Case
from jieyou.kernel.notify import outbox
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import CLERK, HEAD
from jieyou.kernel.privacy import alarm, masking, sealing, words

#: Stages of a meeting that has been held: only there can an item of the past stand on the agenda.
HELD = ("held", "signing", "issued", "past")
#: What is written into the record under its own name; the rest stands under “told”.
HIDDEN = ("title", "words", "name", "phone", "line", "year", "accused", "told")


@dataclass
class Meetings:
    """The meetings that a workbook tells of: those that we have, those to be made, and what does not agree.

    ``days``: number → (day, item) of the first line that dates it; ``there``: number → the office's own.
    """

    office: Unit
    days: dict[int, tuple[date, Item]] = field(default_factory=dict)
    there: dict[int, Meeting] = field(default_factory=dict)

    def note(self, items: Sequence[Item]) -> None:
        """Read the numbers and days of some lines; a day that does not agree with another one is a fault of its cell."""
        numbers = {number for item in items for number in item.meetings} - self.there.keys()
        rows = Meeting.objects.filter(unit=self.office, seq_no__in=numbers).select_related("case")
        self.there |= {row.seq_no: row for row in rows}
        for item in items:
            day = item.days.get("held_on")
            if day is None or len(item.meetings) != 1:
                continue
            number = item.meetings[0]
            old, own = self._known(number), self.days.get(number)
            other = old.held_on if old else own[0] if own else day
            if other != day:
                item.wrong["held_on"] = (
                    f"第{number}次会议的日期对不上：已有的是 {other}，这一行是 {day}，请核对会议次数"
                )
            elif not item.wrong:
                self.days.setdefault(number, (day, item))

    def can(self, number: int) -> bool:
        """Is there such a meeting, or will there be: held, and dated?"""
        old = self._known(number)
        return old.case.stage in HELD if old else number in self.days

    def is_new(self, number: int) -> bool:
        return number in self.days and self._known(number) is None

    def _known(self, number: int) -> Meeting | None:
        """One that was not taken back with its batch."""
        row = self.there.get(number)
        return None if row is None or (not row.case.open and row.case.outcome == backfill.WITHDRAWN) else row


@dataclass
class Filler:
    """Fills one batch."""

    batch: LedgerBatch
    actor: Actor
    reader: Reader
    meetings: Meetings
    at: datetime

    @property
    def office(self) -> Unit:
        return self.batch.case.home

    @property
    def choosing(self) -> Choosing:
        return self.reader.choosing

    def fill_meetings(self, numbers: Sequence[int]) -> None:
        """Make the meetings of these numbers that are not there. The caller's transaction holds."""
        for number in numbers:
            if self.meetings.is_new(number):
                self._meeting(number, *self.meetings.days[number])

    def fill(self, items: Sequence[Item]) -> list[Case]:
        """Bring these items in. The caller's transaction holds."""
        harm = [self._harmful(item) for item in items]
        rows = [self._past(item, bad) for item, bad in zip(items, harm, strict=True)]
        cases = backfill.fill(settings.INTAKE_LOOP, self.actor, rows, self.at)
        Filled.objects.bulk_create(
            self._filled(item, case) for item, case in zip(items, cases, strict=True)
        )  # fmt: skip
        pairs = list(zip(items, cases, harm, strict=True))
        reports = [
            self._report(item, case, bad)
            for item, case, bad in pairs
            if item.words or item.name or item.phone
        ]
        Report.objects.bulk_create(reports, batch_size=bulk.CHUNK)
        self._agenda(list(zip(items, cases, strict=True)))
        if any(bad and case.open for _, case, bad in pairs):
            self._call_people()
        return cases

    def tell_units(self) -> None:
        """Each unit that got open tasks hears once, of all of them."""
        mine = Filled.objects.filter(batch=self.batch).values("case")
        tasks: dict[UUID, list[Case]] = {}
        for task in Case.objects.filter(parent__in=mine, open=True).order_by("pk"):
            if task.holder_id:
                tasks.setdefault(task.holder_id, []).append(task)
        for unit, own in tasks.items():
            said = f"{self.office.name}补录了交给本单位、还在办的任务 {len(own)} 件，请核对，时限从今天算起"
            people = outbox.holding({(unit, own[0].desk_role)})
            outbox.tell(people, f"fill{self.batch.pk.hex}", "补录了在办任务", said, own[0], self.at)

    def _past(self, item: Item, harm: bool) -> Past:
        stage = self.choosing.loop.stages[item.stage]
        meeting = next(
            (self.meetings.there[n] for n in reversed(item.meetings) if n in self.meetings.there), None
        )
        lead = item.units[0] if item.units else None
        helping = list(dict.fromkeys([*item.units[1:], *item.co_units]))
        facts = {
            **{key: value for key, value in item.values.items() if value}, "reach": item.reach, "harm": harm and not stage.ended,
            "plan": item.said("plan"), "funding": item.said("funding")[:200], "decision": item.said("decision"),
            "reply": item.said("reply"), "lead": lead, "co_units": plain(helping), "meeting": meeting, "outcome": item.outcome,
        }  # fmt: skip
        kept = {key: value for key, value in facts.items() if value not in (None, "", [])}
        due = item.days.get("due")
        due = due if due and due >= watch.local(self.at) else None
        title = masking.mask(item.title)[:200]
        return Past(
            title, item.place or self.batch.place, self.office, item.stage, holder=lead, facts=kept,
            told=self._told(item) | ({"meeting": meeting.case} if meeting else {}),
            outcome=(item.values.get("result") or "") if stage.ended else "", ended_on=item.days.get("ended_on"),
            starts=(HARM_CLOCK,) if kept.get("harm") else (), children=self._children(item, title, helping, due),
            said=telling.told(title, masking.mask(item.words or item.title)),
        )  # fmt: skip

    def _children(
        self, item: Item, title: str, helping: list[Unit], due: date | None
    ) -> list[tuple[str, Past]]:
        """The assignments of a case that is handed out or in hand, one a unit."""
        stage = self.reader.children.get(item.stage)
        if stage is None or not item.units:
            return []
        task = " ".join(item.said("decision").split())[:200] or title
        pairs = [(item.units[0], "lead"), *((unit, "co") for unit in helping if unit != item.units[0])]
        starts = () if due else ("assignment.due",)
        shared = {"due": {"day": due.isoformat()} if due else None, "progress": item.said("progress")}
        return [
            ("assignment", Past(task, item.place or self.batch.place, self.office, stage, holder=unit, kind=kind, due=due,
                                starts=starts, facts={"task": task, "unit": unit, **shared}, told={"from": self._where(item)}))
            for unit, kind in pairs
        ]  # fmt: skip

    def _told(self, item: Item) -> dict[str, Any]:
        """For the record: where it stood, its old number, and every cell as it was told, personal numbers covered."""
        sheet = self.reader.mapping.sheet(item.line.sheet)
        assert sheet is not None
        said = {
            sheet.titles[sheet.columns.index(key)]: item.said(key)
            for key in item.line.cells
            if key not in HIDDEN and item.said(key)
        }
        said |= {title: masking.mask(words_) for title, words_ in item.line.told.items()}
        satisfied = {"satisfied": item.values.get("satisfied", "")} if sheet.has("satisfied") else {}
        return {"from": self._where(item), "source_no": item.number, "told": said, **satisfied}

    def _where(self, item: Item) -> str:
        return f"{self.batch.filename}“{item.line.sheet}”第 {item.line.row} 行（{self.batch.case.number}）"

    def _filled(self, item: Item, case: Case) -> Filled:
        return Filled(
            case=case, batch=self.batch, office=self.office, sheet=item.line.sheet[:60], row=item.line.row, key=item.key,
            number=item.known_by, told_on=item.days.get("told_at"), ended_on=item.days.get("ended_on"),
        )  # fmt: skip

    def _report(self, item: Item, case: Case, harm: bool) -> Report:
        """What the resident said, where the row tells it: words masked, name and telephone sealed."""
        said = item.words or item.title
        masked, told = masking.mask(said), item.days.get("told_at")
        satisfied = item.values.get("satisfied", "")
        where = masking.mask(item.where) if item.where != case.place.name else ""
        return Report(
            case=case, first_case=case, place=case.place, where=where[:120], title=case.title, words=masked,
            told_words=said if masked != said else "", name=item.name, phone=item.phone,
            name_blind=sealing.blind(item.name, "name"), phone_blind=sealing.blind(item.phone.split("、")[0], "phone"),
            source=item.values.get("source") or "import", source_no=item.number, fingerprint=fingerprint(item.title, said),
            category=item.values.get("category", ""), category_told=item.line.words("category")[:60],
            told_at=watch.at(told, 0) if told else None, registered_at=self.at, harm=harm,
            reply=item.said("reply"), rating=satisfied,
        )  # fmt: skip

    def _agenda(self, pairs: list[tuple[Item, Case]]) -> None:
        """Each item stands on the agenda of the meetings that its row names, with outcome and decision at the last of them."""
        rows: list[AgendaItem] = []
        for item, case in pairs:
            held = [self.meetings.there[n] for n in item.meetings if n in self.meetings.there]
            for meeting in held:
                last = meeting is held[-1]
                rows.append(AgendaItem(
                    meeting=meeting, case=case, position=self._position(meeting), outcome=item.outcome if last else "",
                    decision=item.said("decision") if last else "",
                ))  # fmt: skip
        AgendaItem.objects.bulk_create(rows, batch_size=bulk.CHUNK)
        tracked.adopt(rows, self.actor.person, backfill.TITLE)

    def _position(self, meeting: Meeting) -> int:
        if meeting.pk not in self._positions:
            self._positions[meeting.pk] = (
                AgendaItem.objects.filter(meeting=meeting).aggregate(n=Max("position"))["n"] or 0
            )
        self._positions[meeting.pk] += 1
        return self._positions[meeting.pk]

    def _meeting(self, number: int, day: date, item: Item) -> None:
        facts = {
            "unit": self.office, "level": self.office.place.level, "seq_no": number, "held_on": day,
            "chair": " ".join(item.said("chair").split())[:60], "room": item.said("room")[:80],
            "minutes_no": " ".join(item.said("minutes_no").split())[:60],
        }  # fmt: skip
        title, stage = f"服务群众周“解忧”第{number}次会议", "issued" if facts["minutes_no"] else "past"
        row = Past(
            title,
            self.office.place,
            self.office,
            stage,
            facts=facts,
            told=self._told(item),
            ended_on=day,
            outcome="held",
        )
        old = self.meetings.there.get(number)
        if old is not None:
            case = backfill.again(old.case, self.actor, row, self.at)
        else:
            (case,) = backfill.fill("meeting", self.actor, [row], self.at)
        self.meetings.there[number] = Meeting.objects.select_related("case").get(pk=case.pk)
        Filled.objects.update_or_create(
            case=case, defaults={"batch": self.batch, "office": self.office, "sheet": item.line.sheet[:60], "row": item.line.row,
                                 "key": f"meeting:{number}", "told_on": day},
        )  # fmt: skip
        for unit in item.attend:
            Attendance.objects.get_or_create(meeting_id=case.pk, unit=unit, defaults={"state": "present"})

    def _harmful(self, item: Item) -> bool:
        said = f"{item.title}\n{item.words}\n{item.where}"
        return bool(alarm.alarm(said, self._alarm_words))

    def _call_people(self) -> None:
        """One urgent notice for the batch, as for an import of messages."""
        case = self.batch.case
        people = outbox.holding({(case.home_id, CLERK), (case.home_id, HEAD)})
        said = f"{case.number} 正在补录，其中有还没办结、涉及人身安全的事项，请马上看，两小时内派人处置"
        outbox.tell(
            people,
            f"harm{case.pk.hex}",
            "紧急：补录的事项中有涉及人身安全的内容",
            said,
            case,
            self.at,
            urgent=True,
        )

    @cached_property
    def _positions(self) -> dict[UUID, int]:
        return {}

    @cached_property
    def _alarm_words(self) -> tuple[alarm.Word, ...]:
        return words.in_force()
