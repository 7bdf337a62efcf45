"""The benches run: lifecycle on a city whose sub-districts have their duty lists, as the demo leaves it; triage on few messages."""

from __future__ import annotations

import pytest
import typer

from jieyou.interfaces.cli import benchtriage
from jieyou.interfaces.cli.bench import bench, lifecycle
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


def test_the_desk_assistant_is_timed_among_few_messages_as_among_a_million(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, few in {"SINGLE": 20, "BATCH": 40, "TAUGHT": 80, "SMALL": 200}.items():
        monkeypatch.setattr(benchtriage, name, few)
    figures = benchtriage.triage(400)
    assert figures["messages"] == 400 and figures["batch_per_second"] > 0
    assert 0 < figures["one_ms_p50"] <= figures["one_ms_p95"] and figures["peak_rss_mib"] > 0


@pytest.mark.parametrize(
    ("name", "says"), [("pages", "请先运行 jieyou demo load"), ("speed", "没有名为 speed 的量法")]
)
def test_without_a_city_or_with_another_name_there_is_nothing_to_measure(
    name: str, says: str, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as refused:
        bench(name)
    assert refused.value.exit_code == 1 and says in capsys.readouterr().err
