"""`jieyou bench lifecycle` on a city whose sub-districts have their duty lists, as the demo leaves it."""

from __future__ import annotations

from jieyou.interfaces.cli.bench import lifecycle
from jieyou.interfaces.demo import city as towns
from jieyou.interfaces.demo import duties
from jieyou.interfaces.demo.matters import MATTERS
from jieyou.kernel.calendar import clock
from jieyou.kernel.loop.models import Case


def test_every_matter_of_the_bench_goes_from_report_to_archive(db: None) -> None:
    with clock.moved(clock.at(towns.SINCE, 8)):
        city = towns.found("解忧-demo-2026", ["610602"])
        duties.install(city)
    figures = lifecycle(city, len(MATTERS))
    ended = Case.objects.filter(loop="jieyou", stage="archived")
    assert figures["lifecycles"] == ended.count() == len(MATTERS)
    assert figures["steps"] >= 20 * len(MATTERS)
