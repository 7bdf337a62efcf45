"""Which rule holds for a kind of a unit's papers: its own row, else the one for all."""

from __future__ import annotations

from django.db.models import Q

from jieyou.commons.papers.models import PaperRule
from jieyou.kernel.ledger import tracked
from jieyou.kernel.ledger.canon import clean
from jieyou.kernel.loop.refused import Refused
from jieyou.kernel.people.actor import Actor
from jieyou.kernel.people.models import Unit
from jieyou.kernel.people.roles import CLERK, HEAD, MEETING_CLERK


def rule_for(kind: str, unit: Unit) -> PaperRule:
    """The unit's own rule, else the general one, else a signed paper without a number (the safe side)."""
    rows = {row.unit_id: row for row in PaperRule.objects.filter(Q(unit=unit) | Q(unit=None), kind=kind)}
    return rows.get(unit.pk) or rows.get(None) or PaperRule(kind=kind, form="", signed=True)


def needs_signature(kind: str, unit: Unit) -> bool:
    """Nothing of this kind goes out unsigned."""
    return rule_for(kind, unit).signed


def change(kind: str, unit: Unit, prefix: str, form: str, signed: bool, actor: Actor) -> PaperRule:
    """The unit's own rule from now on; numbers that were given stay. Raises :class:`Refused`."""
    words = clean(prefix).strip()
    if not any(actor.holds(role, unit.pk) for role in (CLERK, MEETING_CLERK, HEAD)):
        raise Refused(f"公文设置由{unit.name}{CLERK}、{MEETING_CLERK}、{HEAD}更改")
    if len(words) > 30 or any(letter in words for letter in "〔〕[]0123456789"):
        raise Refused("发文字头最多 30 个字，不带年份和括号，如：延解忧办", "prefix")
    if form not in dict(PaperRule.FORMS):
        raise Refused("请选一种编号方式", "form")
    row = PaperRule.objects.filter(kind=kind, unit=unit).first() or PaperRule(kind=kind, unit=unit)
    row.prefix, row.form, row.signed, row.basis = words, form, signed, "本单位规定"
    tracked.save(row, actor.person, "更改公文规则")
    return row
