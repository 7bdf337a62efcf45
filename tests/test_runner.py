"""What `make test` counts, and what it says when it has nothing to run on."""

from pathlib import Path

import pytest
from support import browser, postgres, run

REPORT = """<testsuites><testsuite tests="5" failures="1" errors="1" skipped="1"/></testsuites>"""


def test_a_skipped_test_counts_as_failed(tmp_path: Path) -> None:
    report = tmp_path / "junit.xml"
    report.write_text(REPORT)
    assert run.counts(report) == (2, 3)


def test_a_leg_that_wrote_no_report_counts_nothing(tmp_path: Path) -> None:
    assert run.counts(tmp_path / "junit.xml") == (0, 0)


def test_an_unknown_leg_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["sqlite", "mysql"]) == 2
    assert "there is no leg mysql" in capsys.readouterr().err


def test_without_a_server_the_leg_fails_and_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "_system", lambda: None)
    monkeypatch.setattr(postgres, "_embedded", lambda: None)
    [outcome] = run.leg("postgres", [])
    assert not outcome.ok
    assert "apt-get install postgresql" in outcome.on


def test_without_a_browser_the_leg_fails_and_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIEYOU_CHROMIUM", "/nowhere/chromium")
    browser.find.cache_clear()
    [outcome] = run.leg("browser", [])
    browser.find.cache_clear()
    assert not outcome.ok
    assert "playwright install chromium" in outcome.on


def test_the_person_s_own_settings_do_not_reach_the_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIEYOU_HTTPS", "1")
    assert "JIEYOU_HTTPS" not in run.clean()
