"""`jieyou bench register`: a register of many rows in a copy of this database: list, filters, search, one row, the whole taken out.

The rows come in by the bulk door of imports, with a record of each, so that `audit verify` accepts the copy.
"""

from __future__ import annotations

import statistics
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jieyou.commons.directory.models import KINDS, STATUSES
from jieyou.commons.directory.registers import organisations
from jieyou.commons.sheets import going
from jieyou.interfaces.cli.out import progress
from jieyou.kernel import statements
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import SYSTEM, actor_of
from jieyou.kernel.places import tree
from jieyou.kernel.register import asking, keeping

CHUNK = 2_000
WORDS = (
    "宝塔", "延河", "凤凰", "清凉", "枣园", "杨家岭", "南泥湾", "万花", "嘉岭", "桥儿沟", "红枣", "鲜果", "苹果", "小米", "陕北", "黄土", "永坪",
    "瓦窑堡", "金延", "兴盛", "惠民", "同心", "聚源", "恒通", "安康", "鸿运", "长青", "博雅", "启明", "众和",
)  # fmt: skip
TRADES = ("商贸", "物业", "餐饮", "运输", "建筑", "园艺", "电子", "文化", "养老", "教育", "农机", "家政")
ENDS = ("有限公司", "经营部", "合作社", "协会", "服务中心")
LIST = "/desk/registers/organisations/"
#: A clerk's ways through the list: newest first, leafed to the end, narrowed by one and by two, by place; searched for a word
#: that thousands have, for one that hundreds have, for two words, narrowed, for one that nobody has.
PAGES = (
    "", "?page=40", "?kind=enterprise", "?status=lost", "?kind=foundation&status=revoked", "?place=610602", "?place=610602005",
    "?place=610602005&kind=society", "?q=公司", "?q=鲜果", "?q=陕北 园艺", "?q=瓦窑堡&kind=society&place=610681", "?q=电器", "?gone=1",
)  # fmt: skip


def fill(many: int) -> None:
    """So many organisations over all villages of the city."""
    luck, villages = Random(5), list(tree.current().filter(level="village"))
    kinds, statuses = [code for code, _ in KINDS], [code for code, _ in STATUSES]
    with progress("垫台账") as show:
        for start in range(0, many, CHUNK):
            some = range(start, min(start + CHUNK, many))
            with transaction.atomic():
                rows = [_row(n, luck, villages, kinds, statuses) for n in some]
                keeping.add_many(organisations, rows, SYSTEM.person, "量一量")
            show(some[-1] + 1, many)
    statements.analyze()


def _row(n: int, luck: Random, villages: list[Any], kinds: list[str], statuses: list[str]) -> Any:
    first, second, trade, end = luck.choice(WORDS), luck.choice(WORDS), luck.choice(TRADES), luck.choice(ENDS)
    status = luck.choices(statuses, (86, 5, 5, 2, 2))[0]
    raw = {
        "place": luck.choice(villages), "name": f"{first}{second}{trade}{end}{n:06d}", "kind": luck.choice(kinds), "industry": trade,
        "address": f"{second}路{n % 300}号", "status": status, "status_since": date(2015, 1, 1) + timedelta(days=n % 3000),
        "status_source": "市场监管登记",
    }  # fmt: skip
    return keeping.filled(organisations, asking.clean(organisations, raw), SYSTEM, "量一量")


def register(rounds: int) -> dict[str, Any]:
    """Every page in ms of wall and of CPU; the export in seconds, rows and MiB above what the process had before."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(Account.objects.get(username="city"), "django.contrib.auth.backends.ModelBackend")
    row = organisations.model.objects.order_by("-id").values_list("pk", flat=True)[0]
    found = [_page(client, LIST + path, rounds) for path in (*PAGES, f"{row}/", f"{row}/edit/")]
    return {
        "rows": organisations.model.objects.count(), "pages": found, "ms_p95_worst": max(one["ms_p95"] for one in found),
        "cpu_ms_p95_worst": max(one["cpu_ms_p95"] for one in found), "export": _export(),
    }  # fmt: skip


def _page(client: Client, path: str, rounds: int) -> dict[str, Any]:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(path).status_code
    asked, took, used = len(queries), list[float](), list[float]()
    for _ in range(max(rounds, 5)):
        begun, cpu = time.perf_counter(), time.process_time()
        client.get(path)
        took.append((time.perf_counter() - begun) * 1000)
        used.append((time.process_time() - cpu) * 1000)
    return {
        "path": path, "status": status, "queries": asked,
        **{f"{name}_{mark}": round(value, 1) for name, values in (("ms", took), ("cpu_ms", used))
           for mark, value in (("p50", statistics.median(values)), ("p95", sorted(values)[int(len(values) * 0.95)]))},
    }  # fmt: skip


def _export() -> dict[str, Any]:
    actor = actor_of(Account.objects.get(username="city"))
    before = _peak(reset=True)
    begun, cpu = time.perf_counter(), time.process_time()
    sheet = going.proceed(going.begin(organisations, "", actor), organisations, actor)
    path = going.path_of(sheet)
    size = path.stat().st_size
    path.unlink()
    return {
        "rows": sheet.rows, "seconds": round(time.perf_counter() - begun, 1), "cpu_seconds": round(time.process_time() - cpu, 1),
        "file_mib": round(size / 2**20, 1), "memory_mib_before": before, "memory_mib_peak": _peak(),
    }  # fmt: skip


def _peak(reset: bool = False) -> float:
    """The most memory that this process had, in MiB; ``reset``: from now on. 0 where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return round(int(line.split()[1]) / 1024, 1)
