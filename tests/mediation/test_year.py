"""The figures of mediation come out of records, and follow them when one outcome changes."""

from __future__ import annotations

from datetime import date

from support.city import Town

from jieyou.interfaces.cli.figures import figure
from jieyou.interfaces.demo.mediation import Year, found
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.ledger.verify import verify_database
from jieyou.kernel.loop.models import Case
from jieyou.kernel.places import tree
from jieyou.mechanisms.mediation import indicators
from jieyou.mechanisms.mediation.models import Mediation, Term

SCOPE = (date(2024, 4, 22), date(2025, 4, 22))


def printed(key: str, place: str = "6106") -> str:
    return figure(key, Scope(tree.by_code(place), *SCOPE))["printed"]


def test_the_years_figures_and_what_one_record_changes(town: Town) -> None:
    Year(found(town.city)).load(8, 3, 1)
    scope = Scope(tree.by_code("6106"), *SCOPE)
    assert [printed(key) for key in ("N21", "E06", "E07", "E21")] == ["11", "3", "3", "1"]
    assert indicators.rate.read(scope).printed == "75.0"
    one = Mediation.objects.filter(ended_on__gte=SCOPE[0], ended_on__lte=SCOPE[1], result="success").first()
    assert one is not None
    Mediation.objects.filter(pk=one.pk).update(result="failed")
    assert (printed("N21"), indicators.rate.read(scope).printed) == ("10", "50.0")
    Mediation.objects.filter(pk=one.pk).update(result="success")
    Case.objects.filter(pk=one.pk).update(sealed=True)
    assert printed("N21") == "10", "a sealed case is in no ordinary figure"
    Case.objects.filter(pk=one.pk).update(sealed=False)
    Term.objects.filter(kind="pool", code="law").update(until=date(2025, 1, 1))
    assert printed("E07") == "2"


def test_what_the_bulk_path_wrote_is_what_the_doors_would_have_made(town: Town) -> None:
    Year(found(town.city)).load(3, 1, 1)
    report = verify_database()
    assert report.ok, report.broken
    rows = list(Mediation.objects.filter(case__opened_at__year__lt=2024, result="success"))
    assert {row.form for row in rows} == {"oral"} and all(
        row.effective_at and not row.agreement_no for row in rows
    )
    assert all(
        {"application", "notice", "identity", "record", "agreement", "cover"} <= set(row.pieces)
        for row in rows
    )
