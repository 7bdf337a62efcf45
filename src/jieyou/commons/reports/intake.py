"""The one door by which a concern comes in: phone page, 代录, API. (Workbooks come in by :mod:`.batches`.)"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from jieyou.commons.reports import channels, deadlines, telling
from jieyou.commons.reports.models import Report
from jieyou.commons.reports.signals import alarmed
from jieyou.commons.reports.words import fingerprint, first_words
from jieyou.kernel import statements
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.evidence import store
from jieyou.kernel.evidence.kinds import Kind
from jieyou.kernel.evidence.unwelcome import Unwelcome
from jieyou.kernel.loop import timing
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.remark import remark
from jieyou.kernel.loop.seen import may_see
from jieyou.kernel.loop.situation import facts_of
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.posts import SYSTEM, guest
from jieyou.kernel.people.roles import CLERK
from jieyou.kernel.places import tree
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy import alarm, masking, numbers, sealing, secrets, words
from jieyou.kernel.privacy.plain import plain
from jieyou.kernel.statements import kept

HARM_CLOCK = "report.harm"
SEALED_TITLE = "密封件"
DOOR: frozenset[masking.Kind] = frozenset({"door"})
"""The spot keeps its door number: the unit that goes there has to find it."""
SEALED_WORDS = "（内容已密封）"


@dataclass(frozen=True)
class Receipt:
    """What the reporter takes home: the report and the query secret (shown once, kept only as a digest)."""

    report: Report
    secret: str
    case: Case


@dataclass
class Told:
    """What was said.

    ``client_key``: a random word made by the page, so that sending the same twice comes in once.
    ``photos`` are kept with the report (``Attachment.subject`` is its id), not with the case: evidence
    of the office's own work is another thing. So are ``scans`` (批示件、来文扫描件), of any kind that is welcome.
    ``must_answer``: ``None`` is what holds of the channel. ``at_city``: a county's matter that the city handles itself.
    ``again``: the number is known, and a person has said that this is another matter.
    ``loop``, ``home``, ``facts``: of a mechanism with a door of its own (信访); blank is the concerns' loop, its office, nothing more.
    """

    place: Place
    words: str
    title: str = ""
    where: str = ""
    category: str = ""
    name: str = ""
    phone: str = ""
    accused: bool = False
    accused_words: str = ""
    source: str = "phone_page"
    source_no: str = ""
    source_name: str = ""
    told_at: datetime | None = None
    received_at: datetime | None = None
    source_due: date | None = None
    instruction: str = ""
    instruction_due: date | None = None
    must_answer: bool | None = None
    at_city: bool = False
    again: bool = False
    same_as: UUID | None = None
    client_key: str = ""
    photos: Sequence[File] = ()
    scans: Sequence[File] = ()
    loop: str = ""
    home: Unit | None = None
    facts: dict[str, Any] = field(default_factory=dict)


class KnownNumber(Refused):
    """The source's number is here already: a person decides whether it is the same matter. ``cases``: those he may see."""

    def __init__(self, told: Told, cases: list[Case]) -> None:
        self.cases = cases
        there = "、".join(case.number for case in cases) or "在别的单位"
        super().__init__(
            f"{channels.title(told.source)}编号 {told.source_no} 已经登记过（{there}）。"
            "是同一件，不用再登记；不是同一件，核对后选“照样登记”",
            "source_no",
        )


def submit(told: Told, actor: Actor) -> Receipt:
    """Take in one report and open its case. Raises :class:`Refused` with a sentence per wrong field."""
    _check(told)
    once = _once(told)
    secret = secrets.derived(once) if once else secrets.new_secret()
    key = sha256(once.encode()).hexdigest() if once else None
    try:
        with transaction.atomic():
            return _before(key, secret) or _take(told, actor, secret, key)
    except IntegrityError:
        old = _before(key, secret)
        if old is None:
            raise
        return old


def _once(told: Told) -> str:
    """The page's random word with all that was filled in: with other words it is another report."""
    filled = (told.place.pk.hex, told.title, told.words, told.where, told.category, told.name, told.phone,
              str(told.accused), told.accused_words)  # fmt: skip
    return "\x1f".join((told.client_key, *filled)) if told.client_key else ""


def _before(key: str | None, secret: str) -> Receipt | None:
    old = Report.objects.select_related("case").filter(client_key=key).first() if key else None
    return Receipt(old, secret, old.case) if old else None


def problems(said: str, phone: str) -> dict[str, str]:
    """What is not right with the words and the telephone: a sentence each, by name."""
    errors: dict[str, str] = {}
    if len(said) < 5:
        errors["words"] = "请说说是什么事，至少 5 个字"
    if len(said) > 5000:
        errors["words"] = f"最多 5000 个字，现在 {len(said)} 个字"
    if phone and not _is_phone(phone):
        errors["phone"] = "电话号码好像不对，请再看一下；也可以不填"
    return errors


def _is_phone(text: str) -> bool:
    """A mobile, or a landline with or without its area code."""
    digits = re.sub(r"[\s\-()]", "", plain(text))
    return numbers.is_telephone(digits) or re.fullmatch(r"[2-8]\d{6,7}", digits) is not None


def _check(told: Told) -> None:
    for name in ("words", "title", "where", "name", "phone", "accused_words", *_LINES):
        setattr(told, name, getattr(told, name).replace("\x00", "").strip())
    errors = problems(told.words, told.phone) | _too_long(told)
    if errors:
        raise Refused("；".join(errors.values()), errors=errors)


_LINES = {
    "source_no": ("原编号或来文号", 80),
    "source_name": ("来源系统或来文单位", 80),
    "instruction": ("批示原文", 2000),
}


def _too_long(told: Told) -> dict[str, str]:
    return {
        name: f"{title}最多写 {most} 个字，现在 {len(getattr(told, name))} 个字"
        for name, (title, most) in _LINES.items()
        if len(getattr(told, name)) > most
    }


def harmful(*texts: str) -> bool:
    """Whether a person must look at once (自伤、家暴、伤害儿童)."""
    return bool(alarm.alarm("\n".join(texts), words.in_force()))


def _take(told: Told, actor: Actor, secret: str, key: str | None) -> Receipt:
    now, home = watch.now(), told.home or home_of(told.place, told.accused, actor, told.at_city)
    series = channels.series()
    scope = series.scope(told.source, home)
    if not told.again and (before := channels.known(told.source, told.source_no, scope)):
        raise KnownNumber(told, list({r.case_id: r.case for r in before if may_see(actor, r.case)}.values()))
    harm = harmful(told.title, told.words, told.where, told.accused_words)
    masked = masking.mask(told.words)
    title = SEALED_TITLE if told.accused else masking.mask(told.title)[:200] or first_words(masked)
    case = open_case(
        told.loop or settings.INTAKE_LOOP, actor, title=title, place=told.place, home=home,
        sealed=told.accused, facts={"source": told.source, "category": told.category, "harm": harm, **told.facts},
        said=telling.told(title, masked),
    )  # fmt: skip
    report = new_report(told, case, masked, now, harm)
    report.scope, report.must_answer = scope, wants_answer(told, series)
    report.secret, report.client_key = secrets.secret_key(secret), key
    statements.insert(report)
    _keep_files("photos", told.photos, {"image"}, report, actor)
    _keep_files("scans", told.scans, store.EVERYTHING, report, actor)
    if deadlines.days_of(report):
        deadlines.write(case, now)
    if harm:
        call_a_person(report, case, now)
    return Receipt(report, secret, case)


def wants_answer(told: Told, series: channels.Series) -> bool:
    """Whether the source is fed back at the end: as was said, else as holds of the channel."""
    return told.source in series.answers if told.must_answer is None else told.must_answer


def _keep_files(
    name: str, uploads: Sequence[File], kinds: Collection[Kind], report: Report, actor: Actor
) -> None:
    for upload in uploads:
        try:
            store.keep(report.pk, upload, actor, kinds)
        except Unwelcome as no:
            raise Refused(no.sentence, name) from None


def call_a_person(report: Report, case: Case, at: datetime) -> None:
    """Words of harm: a clock of hours starts and people are told now, whatever the queue."""
    facts = facts_of(case)
    if not facts.harm:  # said later: on the record before anybody can act on it
        facts.harm = True
        facts.save(update_fields=["harm"])
        case = remark(case.pk, "harm_noticed", "发现涉及人身安全的内容", SYSTEM, {}, at)
    clocks = timing.Clocks(case)
    clocks.start(HARM_CLOCK, at)
    clocks.save()
    Case.objects.filter(pk=case.pk).update(due=case.due, provisional=case.provisional)
    alarmed.send(Report, report=report, case=case)


def new_report(told: Told, case: Case, masked: str, now: datetime, harm: bool) -> Report:
    """The unsaved report: masked words in the open, what was really said sealed on assignment."""
    hidden = told.accused or masked != told.words
    ordered = masking.mask(told.instruction)
    return Report(
        case=case, first_case=case, place=told.place, where="" if told.accused else masking.mask(told.where, DOOR)[:120], title=case.title,
        words=SEALED_WORDS if told.accused else masked,
        told_words=_in_full(told) if hidden else "",
        name=told.name, phone=told.phone,
        name_blind=sealing.blind(told.name, "name"), phone_blind=sealing.blind(told.phone, "phone"),
        source=told.source, source_no=told.source_no[:80], source_name=told.source_name[:80], received_at=told.received_at,
        source_due=told.source_due, instruction_due=told.instruction_due, same_as=told.same_as,
        instruction=SEALED_WORDS if told.accused and told.instruction else ordered,
        instruction_told=told.instruction if told.accused or ordered != told.instruction else "", fingerprint=fingerprint(told.title, told.words),
        category=told.category, told_at=told.told_at, registered_at=now, accused=told.accused,
        accused_words=told.accused_words, harm=harm,
    )  # fmt: skip


def _in_full(told: Told) -> str:
    """What goes under seal: of an accusation the spot as well, for it may name somebody."""
    return f"{told.words}\n具体位置：{told.where}" if told.accused and told.where else told.words


def home_of(place: Place, accused: bool, actor: Actor, at_city: bool = False) -> Unit:
    """Who runs it: the office of the place, whoever writes it down; the city's for what lies in no county, for what the
    city's clerk keeps (市级办理) and for everything under seal."""
    levels = tree.levels_of(place)
    if not accused and (own := _own_office(actor, place, at_city)) is not None:
        return own
    codes = [levels["l2"]] if accused else [levels["l3"], levels["l2"]]
    for code in filter(None, codes):
        if found := _offices("office", code):
            return found[0]
    raise Refused("这个地方还没有设置受理单位，请拨打 12345", "place")


@kept
def _unit(key: UUID) -> QuerySet[Unit]:
    return Unit.objects.filter(pk=key)


@kept
def _offices(kind: str, code: str) -> QuerySet[Unit]:
    return Unit.objects.filter(kind=kind, place__code=code, until=None).order_by("pk")


def _own_office(actor: Actor, place: Place, at_city: bool) -> Unit | None:
    """The clerk's own office: a county's or a smaller one for its own places, the city's only where it says so."""
    for post in actor.holdings:
        mine = post.role == CLERK and post.unit_kind == "office" and place.code.startswith(post.place_code)
        if mine and (at_city or post.place_level != "city"):
            return _unit(post.unit)[0]
    return None


def lookup(secret: str) -> Report | None:
    """The report of a query secret, or ``None``. Callers limit the rate."""
    return Report.objects.select_related("case", "place").filter(secret=secrets.secret_key(secret)).first()


def guest_of(report: Report) -> Actor:
    """The reporter, by his secret: a guest who can reach this one case."""
    return guest(report.pk, cases=[report.case_id])


#: Whoever sends in a report: nobody's name is asked.
PUBLIC = Actor(kind="guest", person="guest:public", name="群众")
