"""How fast a workbook comes in, and in how much memory.

``python bench/import_rows.py FILE.xlsx [--postgres URL] [--times 10] [--runs 3] [--json]``

Each run is a process of its own on an empty database (SQLite in a temporary folder with ``synchronous=FULL``; on
PostgreSQL a database of its own below URL): dry run, run, the same file once more, undo, the ledger checked. Printed are
medians: rows a second, rows a second of this process's own processor time (what an idle machine would give at
most, on a shared one the steadier figure), peak memory (RSS) of the whole process, and how much of it came with the import. ``--times 10``
does the same with a workbook ten times as long (numbers and words changed so that no row is known).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

SOURCE = Path(__file__).resolve().parents[1] / "src"
PLACES = "code,name,level\n6106,延安市,city\n610602,宝塔区,county\n"
KEYS = ("dry_rows_s", "rows_s", "rows_cpu_s", "again_rows_s", "undo_s", "verify_s", "rss_mb", "grown_mb")


def main() -> int:
    """Run, take medians, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("file", type=Path)
    words.add_argument("--postgres", default="", help="address of a server: postgres://…")
    words.add_argument("--times", type=int, default=1)
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--json", action="store_true")
    words.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.one:
        print(json.dumps(one(given.file)))
        return 0
    with tempfile.TemporaryDirectory(prefix="jieyou-bench-") as folder:
        file = (
            given.file if given.times == 1 else longer(given.file, given.times, Path(folder) / "longer.xlsx")
        )
        out = {
            name: median([apart(file, url) for _ in range(given.runs)])
            for name, url in (("sqlite", ""), ("postgresql", given.postgres))
            if url or name == "sqlite"
        }
    if given.json:
        print(json.dumps(out, ensure_ascii=False))
    for name, figures in () if given.json else out.items():
        print(name, "  ".join(f"{key} {value}" for key, value in figures.items()))
    return 0


def median(results: list[dict[str, Any]]) -> dict[str, Any]:
    """The middle of each figure; the counts must be the same every time."""
    counts = [{k: v for k, v in r.items() if k not in KEYS} for r in results]
    if any(each != counts[0] for each in counts):
        raise SystemExit(f"runs differ: {counts}")
    return counts[0] | {key: round(statistics.median(r[key] for r in results), 1) for key in KEYS}


def apart(file: Path, url: str) -> dict[str, Any]:
    """One run in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="jieyou-bench-") as home, database(url) as address:
        settings = {name: value for name, value in os.environ.items() if not name.startswith("JIEYOU_")}
        settings |= {
            "PYTHONPATH": str(SOURCE),
            "JIEYOU_HOME": home,
            "DJANGO_SETTINGS_MODULE": "jieyou.settings",
        }
        settings |= {"JIEYOU_DATABASE_URL": address} if address else {}
        call = [sys.executable, __file__, str(file), "--one"]
        done = subprocess.run(call, env=settings, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


@contextmanager
def database(url: str) -> Any:
    """A database of this run's own on the server; nothing where there is no server (then it is SQLite)."""
    if not url:
        yield ""
        return
    import psycopg

    name = f"bench_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{url.rpartition('/')[0]}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def one(file: Path) -> dict[str, Any]:
    """Everything once, in this process."""
    import django

    django.setup()
    from jieyou.commons.reports import batches
    from jieyou.kernel.ledger import verify
    from jieyou.kernel.places import tree

    actor = found()
    place = tree.by_code("610602")
    before = peak()
    preview, dry = timed(lambda: batches.dry_run(file, place, actor))
    start = time.process_time()
    batch, took = timed(lambda: batches.run(file, place, actor))
    busy = time.process_time() - start
    after = peak()
    again, repeat = timed(lambda: batches.run(file, place, actor))
    proof, verified = timed(verify.verify_database)
    _, undone = timed(lambda: batches.undo(batch, actor))
    counts = {k: v for k, v in batches.summary(batch).items() if k != "batch"}
    same = counts == {k: v for k, v in batches.summary(preview).items() if k != "batch"}
    return counts | {
        "dry_run_said_so": same, "again_accepted": again.accepted, "proved": proof.ok,
        "proved_after_undo": verify.verify_database().ok, "dry_rows_s": preview.rows / dry, "rows_s": batch.rows / took,
        "rows_cpu_s": batch.rows / busy,
        "again_rows_s": again.rows / repeat, "undo_s": undone, "verify_s": verified, "rss_mb": after,
        "grown_mb": after - before,
    }  # fmt: skip


def peak() -> float:
    """The most memory this process ever had, in MB (``ru_maxrss`` would count the parent's before ``exec``)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def timed(work: Any) -> tuple[Any, float]:
    """What it gives, and how many seconds it took."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def found() -> Any:
    """A county with its office and one clerk."""
    from datetime import date

    from django.conf import settings
    from django.core.management import call_command

    from jieyou.kernel.people import roles, units
    from jieyou.kernel.people.models import Account
    from jieyou.kernel.people.posts import actor_of, appoint
    from jieyou.kernel.places import load, tree

    call_command("migrate", verbosity=0)
    places = settings.HOME / "places.csv"
    places.write_text(PLACES, encoding="utf-8")
    load.load_csv(places, "system", date(2020, 1, 1))
    office = units.add("宝塔区委社会工作部", "office", tree.by_code("610602"), "system", prefix="BT")
    account = Account.objects.create_user("clerk", "经办人甲")
    appoint(account, office, roles.CLERK, date(2024, 4, 22), "system")
    return actor_of(account)


def longer(file: Path, times: int, target: Path) -> Path:
    """The first sheet over and over, each time with other numbers and words."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    header, *rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    book = xlsxwriter.Workbook(str(target), {"strings_to_urls": False, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, header)
    for turn in range(times):
        for number, row in enumerate(rows, turn * len(rows) + 1):
            sheet.write_row(
                number, 0, [f"{turn}：{cell}" if i in (0, 1, 3) else cell for i, cell in enumerate(row)]
            )
    book.close()
    return target


if __name__ == "__main__":
    sys.exit(main())
