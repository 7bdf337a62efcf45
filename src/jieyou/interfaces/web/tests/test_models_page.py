"""研判模型: which version is in use, who changes it, training by the worker."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.city import Town

from jieyou.commons.triage import training
from jieyou.commons.triage.models import TrainedModel, Training
from jieyou.interfaces.web.tests.conftest import AtDesk
from jieyou.kernel.calendar import clock

pytestmark = pytest.mark.django_db
DOOR = "/desk/triage/models/"
FIGURES = {"macro_f1": "0.931", "covered": "0.922", "right_when_sure": "0.961", "macro_f1_short": "0.846"}


@pytest.fixture
def two(town: Town, settings: Any, tmp_path: Path) -> list[TrainedModel]:
    """Two versions, the second in use."""
    settings.HOME = tmp_path
    (tmp_path / "m.npz").write_bytes(b"model")
    return [
        TrainedModel.objects.create(
            version=n,
            made_at=clock.now(),
            basis="本市",
            rows=300,
            figures=FIGURES,
            path="m.npz",
            in_use=n == 2,
        )
        for n in (1, 2)
    ]


def test_without_a_model_the_page_says_that_people_decide(at_desk: AtDesk) -> None:
    page = at_desk("county").see(DOOR)
    assert "还没有模型在用" in page and "还差 200 件" not in page
    assert "还差" in at_desk("admin").see(DOOR)


def test_figures_are_shown_and_the_citys_admin_goes_back(at_desk: AtDesk, two: list[TrainedModel]) -> None:
    desk = at_desk("admin")
    page = desk.see(DOOR)
    assert "92.2%" in page and "96.1%" in page and "回退到这一版" in page
    assert desk.client.post(f"{DOOR}1/use/").status_code == 302
    two[0].refresh_from_db()
    assert two[0].in_use and "现在" not in page
    answer = desk.client.post(f"{DOOR}1/use/")
    assert answer.status_code == 422 and "正在使用" in answer.content.decode()


def test_a_countys_clerk_reads_and_changes_nothing(at_desk: AtDesk, two: list[TrainedModel]) -> None:
    desk = at_desk("county")
    page = desk.see(DOOR)
    assert "回退到这一版" not in page and "/desk/figures/triage.agreement/" in page
    assert desk.client.post(f"{DOOR}1/use/").status_code == 404


def test_training_runs_in_the_worker_with_a_bar(at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "counted", lambda: 510)
    desk = at_desk("admin")
    assert desk.client.post(f"{DOOR}train/").status_code == 302
    Training.objects.update(done=3, total=6, words="第 3 折，共 5 折")
    page = desk.see(DOOR)
    assert "正在训练：第 3 折，共 5 折" in page and 'max="6" value="3"' in page
    assert "第 3 折" in desk.client.get(f"{DOOR}progress/").content.decode()
    Training.objects.update(open=False)
    assert desk.client.get(f"{DOOR}progress/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
