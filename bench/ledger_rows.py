"""How long a running ledger takes to come in: machine time, on the small city of the tests.

``python bench/ledger_rows.py [--rows 1000] [--postgres URL] [--runs 3] [--json]``

The workbook is made up by ``tests/support/ledgers.py`` (two-row headings, merged cells, odd dates, free words for the stage,
short names of units, totals, notes; 40 past meetings). Each run is a process of its own on an empty database: the mapping is
proposed, a dry run, the run, the same file once more, the ledger checked, undo, the ledger checked again. Medians.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from import_rows import database, peak, timed

ROOT = Path(__file__).resolve().parents[1]
TIMES = ("propose_s", "dry_s", "run_s", "again_s", "undo_s", "rss_mb")


def main() -> int:
    """Run, take medians, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=1000)
    words.add_argument("--postgres", default="", help="address of a server: postgres://…")
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--json", action="store_true")
    words.add_argument("--one", type=int, default=0, help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.one:
        print(json.dumps(one(given.one)))
        return 0
    out = {
        name: median([apart(given.rows, url) for _ in range(given.runs)])
        for name, url in (("sqlite", ""), ("postgresql", given.postgres))
        if url or name == "sqlite"
    }
    if given.json:
        print(json.dumps(out, ensure_ascii=False))
    for name, figures in () if given.json else out.items():
        print(name, "  ".join(f"{key} {value}" for key, value in figures.items()))
    return 0


def median(results: list[dict[str, Any]]) -> dict[str, Any]:
    """The middle of each time; the counts must be the same in each run."""
    counts = [{k: v for k, v in r.items() if k not in TIMES} for r in results]
    if any(each != counts[0] for each in counts):
        raise SystemExit(f"runs differ: {counts}")
    return counts[0] | {key: round(statistics.median(r[key] for r in results), 2) for key in TIMES}


def apart(rows: int, url: str) -> dict[str, Any]:
    """One run in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="jieyou-bench-") as home, database(url) as address:
        settings = {name: value for name, value in os.environ.items() if not name.startswith("JIEYOU_")}
        settings |= {
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
            "JIEYOU_HOME": home,
            "DJANGO_SETTINGS_MODULE": "jieyou.settings",
        }
        settings |= {"JIEYOU_DATABASE_URL": address} if address else {}
        call = [sys.executable, __file__, "--one", str(rows)]
        done = subprocess.run(call, env=settings, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def one(rows: int) -> dict[str, Any]:
    """Everything once, in this process."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from support import ledgers

    from jieyou.commons.backfill import batches, remembering
    from jieyou.interfaces.demo.city import found
    from jieyou.kernel.ledger.verify import verify_database
    from jieyou.kernel.people.models import Account
    from jieyou.kernel.people.posts import actor_of
    from jieyou.kernel.places import tree

    call_command("migrate", verbosity=0)
    found("解忧-demo-2026", ("610602",))
    file = ledgers.write(settings.HOME / "台账.xlsx", rows)
    actor, place = actor_of(Account.objects.get(username="county")), tree.by_code("610602")
    office = batches.office_for(place, actor)
    mapping, proposed = timed(lambda: remembering.propose(file, office, place))
    preview, dry = timed(lambda: batches.dry_run(file, place, actor, mapping))
    batch, took = timed(lambda: batches.run(file, place, actor, mapping))
    memory, proved = peak(), verify_database().ok
    again, repeat = timed(lambda: batches.run(file, place, actor, remembering.propose(file, office, place)))
    _, undone = timed(lambda: batches.undo(batch, actor))
    return {name: getattr(batch, name) for name in (*batches.COUNTS, "items", "meetings")} | {
        "dry_run_said_so": all(getattr(preview, n) == getattr(batch, n) for n in batches.COUNTS),
        "again_accepted": again.accepted, "proved": proved, "proved_after_undo": verify_database().ok,
        "propose_s": proposed, "dry_s": dry, "run_s": took, "again_s": repeat, "undo_s": undone, "rss_mb": memory,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
