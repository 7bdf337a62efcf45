"""Rows that are right become reports and cases, by the bulk path: some statements for hundreds of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.conf import settings

from jieyou.commons.reports import channels, deadlines, intake, telling
from jieyou.commons.reports.checking import Checked, phones
from jieyou.commons.reports.intake import HARM_CLOCK, SEALED_TITLE, Told
from jieyou.commons.reports.models import Batch, Category, Report
from jieyou.commons.reports.signals import alarmed
from jieyou.commons.reports.whereabouts import Whereabouts
from jieyou.commons.reports.words import first_words
from jieyou.kernel.loop.bulk import CHUNK, NewCase, open_many
from jieyou.kernel.loop.models import Case
from jieyou.kernel.notify import outbox
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import CLERK, HEAD
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy import alarm, masking, sealing, words


@dataclass
class Taker:
    """Takes rows into one batch. What all rows share (categories, places, alarm words) is read once."""

    batch: Batch
    place: Place
    actor: Actor
    source_of: Callable[[Checked], str]
    series: channels.Series
    at: datetime

    def take(self, rows: Sequence[Checked]) -> None:
        """Take these rows in. The caller's transaction holds."""
        told = [self._told(row) for row in rows]
        masked = [masking.mask(one.words) for one in told]
        harm = [self._harmful(f"{one.title}\n{one.words}\n{one.where}") for one in told]
        fresh = [self._case(*each) for each in zip(rows, told, masked, harm, strict=True)]
        cases = open_many(settings.INTAKE_LOOP, self.actor, fresh, self.at)
        made = [self._report(*each) for each in zip(rows, told, cases, masked, harm, strict=True)]
        Report.objects.bulk_create(made, batch_size=CHUNK)
        deadlines.start_many(made, self.at)
        self._call_people([report for report in made if report.harm])

    def _told(self, row: Checked) -> Told:
        return Told(
            place=self._place_of(row), words=row.words, title=row.title, where=row.where, name=row.name,
            category=self._categories.get(row.category, ""), phone=row.phone, accused=row.accused,
            source=self.source_of(row), source_no=row.number, told_at=row.told_at,
            source_name=row.source_name, received_at=row.received_at, source_due=row.source_due, instruction=row.instruction,
            instruction_due=row.instruction_due, must_answer=row.must_answer,
        )  # fmt: skip

    def _case(self, row: Checked, told: Told, masked: str, harm: bool) -> NewCase:
        title = SEALED_TITLE if told.accused else masking.mask(told.title)[:200] or first_words(masked)
        facts = {
            "source": told.source, "category": told.category, "harm": harm,
            "from": self.batch.case.number, "row": row.row.number, "source_no": told.source_no,
            "source_told": masking.mask(row.source),
        }  # fmt: skip
        home = self.home_of(told.place, told.accused)
        return NewCase(
            title,
            told.place,
            home,
            facts,
            told.accused,
            (HARM_CLOCK,) if harm else (),
            telling.told(title, masked),
        )

    def _report(self, row: Checked, told: Told, case: Case, masked: str, harm: bool) -> Report:
        report = intake.new_report(told, case, masked, self.at, harm)
        report.batch, report.category_told = self.batch, row.category
        report.scope = self.series.scope(told.source, self.batch.case.home)
        report.must_answer = intake.wants_answer(told, self.series)
        if row.phone:
            report.phone_blind = sealing.blind(phones(row.phone)[0], "phone")
        return report

    def _call_people(self, harmful: list[Report]) -> None:
        """One urgent notice for the whole batch: dozens at once would hide each other. Sealed ones go their own way."""
        for report in harmful:
            if report.accused:
                alarmed.send(Report, report=report, case=report.case)
        if any(not report.accused for report in harmful):
            batch = self.batch.case
            people = outbox.holding({(batch.home_id, CLERK), (batch.home_id, HEAD)})
            words = (
                f"{batch.number} 正在导入，其中有的反映涉及人身安全，已排在最前，请马上看，两小时内派人处置"
            )
            outbox.tell(people, f"harm{batch.pk.hex}", "紧急：导入的反映中有涉及人身安全的内容", words, batch, self.at,
                        urgent=True)  # fmt: skip

    def home_of(self, place: Place, accused: bool) -> Unit:
        """The office that runs it, looked up once for each county: whoever imports a list sifts it."""
        key = (place.code[:6], accused)
        if key not in self._homes:
            self._homes[key] = intake.home_of(place, accused, self.actor, at_city=True)
        return self._homes[key]

    def _place_of(self, row: Checked) -> Place:
        key = self._whereabouts.at(row.where) if row.where else None
        return self._below[key] if key else self.place

    def _harmful(self, text: str) -> bool:
        return bool(self._listener.hear(text))

    @cached_property
    def _homes(self) -> dict[tuple[str, bool], Unit]:
        return {}

    @cached_property
    def _below(self) -> dict[UUID, Place]:
        return {p.pk: p for p in tree.under(self.place).exclude(level="grid").exclude(pk=self.place.pk)}

    @cached_property
    def _whereabouts(self) -> Whereabouts[UUID]:
        return Whereabouts((p.pk, p.name, p.code) for p in self._below.values())

    @cached_property
    def _categories(self) -> dict[str, str]:
        return dict(Category.objects.filter(until=None).values_list("title", "code"))

    @cached_property
    def _listener(self) -> alarm.Listener:
        return alarm.listener(words.in_force())
