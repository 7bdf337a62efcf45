"""The article's figures of petitions come out of records, and follow them when one record changes."""

from __future__ import annotations

from datetime import date
from random import Random

from jieyou.interfaces.cli.figures import figure
from jieyou.interfaces.demo.petitionyear import YEAR, Year
from jieyou.kernel.indicator.declare import Scope
from jieyou.kernel.places import tree
from jieyou.mechanisms.petitions import indicators
from jieyou.mechanisms.petitions.models import PetitionMediation, PetitionRule, RotaDay
from petitions.letters import Letters


def printed(key: str, place: str = "6106") -> str:
    return figure(key, Scope(tree.by_code(place), *YEAR))["printed"]


def test_the_years_figures_and_what_one_record_changes(letters: Letters) -> None:
    Year(letters.town.city, letters.bureaus, Random(7)).load(30, 19, receptions=False)
    assert [printed(key) for key in ("N31", "N32", "N33", "E28")] == ["5", "30", "63.3", "100.0"]
    one = PetitionMediation.objects.filter(result="success").first()
    assert one is not None
    PetitionMediation.objects.filter(pk=one.pk).update(result="failed")
    assert (printed("N32"), printed("N33")) == ("30", "60.0"), "the last round decides"
    again = {"started_on": one.ended_on, "ended_on": one.ended_on, "document": "agreement"}
    PetitionMediation.objects.create(petition_id=one.petition_id, round=2, result="success", **again)
    assert (printed("N32"), printed("N33")) == ("30", "63.3"), "two rounds are one petition"
    RotaDay.objects.filter(day=date(2024, 9, 3)).update(absent=True)
    assert printed("E28") == "99.6"
    PetitionRule.objects.filter(domain="order").update(in_force_until=date(2025, 1, 1))
    assert printed("N31") == "4"


def test_of_1983_only_1244_successes_print_62_7() -> None:
    read = indicators.success
    for won, said in ((1242, "62.6"), (1243, "62.7"), (1244, "62.7"), (1245, "62.8")):
        ratio = type(read)(read.key, "", "%", "", lambda _, won=won: (won, 1983))
        assert ratio.read(None).printed == said  # type: ignore[arg-type]
