"""The public rows follow: put up when approved, taken down at once, kept up with the matter. Each change is on the record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jieyou.commons.publication import voices
from jieyou.commons.publication.models import Publication, Published
from jieyou.commons.reports import effects
from jieyou.commons.reports.models import Category
from jieyou.kernel.calendar import clock as watch
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop import engine
from jieyou.kernel.loop.models import Case
from jieyou.kernel.loop.opening import open_case
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.loop.situation import facts_of
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.posts import SYSTEM
from jieyou.kernel.people.roles import CLERK
from jieyou.kernel.places import tree
from jieyou.kernel.statements import kept

JUDGED, WORKED, DONE = "正在研判", "正在办理", "已经办结"
_OVER = ("taken_down", "not_public")


def may_propose(actor: Actor, about: Case) -> bool:
    """A clerk of the office that runs it, for a matter that residents brought in and that is not under seal."""
    return not about.sealed and about.parent_id is None and actor.holds(CLERK, about.home_id) is not None


def of(about: Case) -> list[Publication]:
    """The publications of a case, the newest last."""
    return list(
        Publication.objects.filter(about=about).select_related("case").order_by("case__opened_at", "pk")
    )


def running(about: Case) -> Publication | None:
    """The one that is under way or public."""
    return next((p for p in of(about) if p.case.stage not in _OVER), None)


def propose(about: Case, actor: Actor, raw: dict[str, Any]) -> Case:
    """拟公开: draft and send for review in one go. Raises :class:`Refused` with a sentence."""
    if not may_propose(actor, about):
        raise Refused("这件事不能由您公开")
    there = running(about)
    if there is not None:
        raise Refused(f"这件事已经有公开件 {there.case.number}，请在那里更新")
    with transaction.atomic():
        case = open_case(
            "publication",
            actor,
            title=f"公开：{about.title}",
            place=about.place,
            home=about.home,
            facts={"about": about},
        )
        return engine.advance(case, "submit", actor, raw)


def publish(step: Any) -> None:
    """同意公开: the row is put up, or brought up to date."""
    facts: Publication = step.facts
    about = Case.objects.select_related("place").get(pk=facts.about_id)
    row = Published.objects.filter(publication=step.case.pk).first()
    fresh = row is None
    row = row or Published(publication=step.case.pk, published_on=watch.local(step.at), **_place(about))
    row.heading, row.problem, row.result = facts.heading, facts.problem, facts.result
    row.category, row.live = _category(about), True
    row.voices = voices.shown(about) if facts.counted else None
    row.matter, row.stage, row.updated_on = about.pk, stage_of(about), watch.local(step.at)
    tracked.save(row, step.actor.person, "保密审查通过，公开", force_insert=fresh)


def take_down(step: Any) -> None:
    """撤下: nobody reads it from now on."""
    for row in Published.objects.filter(publication=step.case.pk, live=True):
        _down(row, step.actor.person, "撤下")


def _down(row: Published, by: str, why: str) -> None:
    row.live = False
    tracked.save(row, by, why, update_fields=["live"])


def stage_of(case: Case) -> str:
    """How far it is, in a resident's words."""
    return DONE if not case.open else WORKED if case.holder_id else JUDGED


def on_advanced(sender: object, case: Case, transition: Any, step: Any, **_: Any) -> None:
    """Receiver of ``advanced``: what is public of a matter says how far it is now, and goes when the matter goes under seal."""
    if transition is None or case.parent_id is not None:
        return
    if transition.does is effects.unjoin:
        _recount(case.l5)
    into = step.data.get("into")
    for about in (case, into) if isinstance(into, Case) else (case,):
        _follow(about, into if about is case and isinstance(into, Case) else None, step.at)


def _follow(about: Case, into: Case | None, at: Any) -> None:
    keys = _live_of(about.pk)  # nearly always none
    for row in Published.objects.filter(pk__in=keys) if keys else ():
        if about.sealed:
            _down(row, SYSTEM.person, "事项已密封")
            continue
        now = into or about
        counted = voices.shown(now) if row.voices is not None else None
        told = (stage_of(now), counted, now.pk)
        if told != (row.stage, row.voices, row.matter):
            row.stage, row.voices, row.matter = told
            row.updated_on = watch.local(at)
            tracked.save(row, SYSTEM.person, "事项有新进展")


@kept
def _live_of(about: UUID) -> QuerySet[Any]:
    mine = Publication.objects.filter(about_id=about).values("case")
    return Published.objects.filter(publication__in=mine, live=True).values_list("pk", flat=True)


def _recount(community: str) -> None:
    """Voices left a matter of this community: a number that is too small now is not shown any more."""
    rows = Published.objects.filter(place_code=community, live=True).exclude(voices=None)
    for row in rows:
        counted = voices.shown(Case.objects.get(pk=row.matter))
        if counted != row.voices:
            row.voices = counted
            tracked.save(row, SYSTEM.person, "反映人数有变", update_fields=["voices"])


def _place(about: Case) -> dict[str, str]:
    names = {place.level: place.name for place in tree.chain(about.place)}
    return {
        "place_code": about.l5 or about.l4 or about.l3 or about.l2, "county": names.get("county", ""),
        "township": names.get("township", ""), "community": names.get("village", ""),
    }  # fmt: skip


def _category(about: Case) -> str:
    code = getattr(facts_of(about), "category", "")
    return Category.objects.filter(code=code).values_list("title", flat=True).first() or "" if code else ""
