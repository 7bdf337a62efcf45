"""Which rule holds for a kind of a unit's papers: its own row, else the one for all."""

from __future__ import annotations

from jieyou.commons.papers.models import PaperRule
from jieyou.kernel.people.models import Unit


def rule_for(kind: str, unit: Unit) -> PaperRule:
    """The unit's own rule, else the general one, else a signed paper without a number (the safe side)."""
    rows = {row.unit_id: row for row in PaperRule.objects.filter(kind=kind, unit__in=[unit.pk])}
    general = PaperRule.objects.filter(kind=kind, unit=None).first()
    return rows.get(unit.pk) or general or PaperRule(kind=kind, form="", signed=True)


def needs_signature(kind: str, unit: Unit) -> bool:
    """Nothing of this kind goes out unsigned."""
    return rule_for(kind, unit).signed
