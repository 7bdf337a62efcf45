"""Loading the demo once: the city, the article's year, the recent weeks."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from jieyou.interfaces.demo import (
    assistant,
    duties,
    mediation,
    petitionrecent,
    petitions,
    petitionyear,
    proposals,
    recent,
    registers,
    year,
)
from jieyou.interfaces.demo import city as towns
from jieyou.interfaces.demo.year import ARTICLE, Plan
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import checkpoint
from jieyou.kernel.notify.models import Delivery
from jieyou.kernel.people.models import Account
from jieyou.kernel.places import tree

EDITION = 1
ACCOUNTS = {
    "city": "市委社会工作部 经办人", "county": "宝塔区委社会工作部 经办人、会务人员", "leader": "宝塔区委社会工作部 部领导",
    "bureau": "宝塔区住房和城乡建设局 承办人", "township": "宝塔区桥沟街道办事处 承办人", "caller": "宝塔区委社会工作部 回访人员",
    "city-sealed": "市委社会工作部 密件专办", "petition": "宝塔区信访局 经办人", "petition-city": "延安市信访局 经办人",
    "petition-sealed": "延安市信访局 密件专办", "mediator": "宝塔区人民调解委员会 调解员",
    "mediator2": "宝塔区人民调解委员会 调解员（回访）", "admin": "系统管理员", "county-admin": "宝塔区系统管理员", "auditor": "安全审计员",
}  # fmt: skip
BEGUN = "demo.loading"


class Occupied(Exception):
    """Why the demo is not loaded here, as a sentence."""


Progress = Callable[[str, int, int], None]


def marker() -> dict[str, Any]:
    """What was loaded here, or nothing: ``{"password", "edition", "loaded_at"}``."""
    path = settings.HOME / "demo.json"
    return json.loads(path.read_text()) if path.exists() else {}


def load(
    progress: Progress, small: bool = False, places: Path | None = None, plan: Plan = ARTICLE
) -> dict[str, Any]:
    """Load the demo into an empty database; a second call only answers what is there. ``small``: two counties.

    ``places``: a file ``code,name,level`` of another city; ``plan``: other totals, another seed.
    """
    if marker():
        return marker()
    _clear_the_way()
    password = f"Jieyou-{secrets.token_hex(4)}"
    with transaction.atomic(), clock.moved(clock.at(towns.SINCE, 8)):
        where = towns.Where.of(places) if places else towns.YANAN
        counties = where.counties or tuple(towns.PREFIXES)
        city = towns.found(password, counties[:2] if small else counties, where)
    with transaction.atomic(), clock.moved(clock.at(towns.SINCE, 8)):
        bureaus = petitions.found(city, password)
    year.load(city, lambda done, total: progress("一年来的会议和事项", done, total), plan)
    recent.load(city, lambda done, total: progress("最近几周", done, total))
    _petitions(city, bureaus, progress, small)
    _mediation(city, progress, small)
    proposals.Recent(city).load()
    registers.load(city, *((12, 20) if small else ()))
    progress("台账", 1, 1)
    with transaction.atomic():
        duties.install(city)
    progress("研判助手", 0, 1)
    assistant.load()
    progress("研判助手", 1, 1)
    _seen()
    checkpoint.take()
    found = {
        "password": password,
        "edition": EDITION,
        "accounts": accounts(where),
        "loaded_at": clock.now().isoformat(timespec="seconds"),
    }
    (settings.HOME / "demo.json").write_text(json.dumps(found, ensure_ascii=False))
    (settings.HOME / BEGUN).unlink()
    return found


def accounts(where: towns.Where) -> dict[str, str]:
    """Who to log in as, with this city's names."""
    county, township = tree.by_code(where.home).name, tree.by_code(where.township).name
    return {
        name: words.replace("桥沟街道", township).replace("宝塔区", county)
        for name, words in ACCOUNTS.items()
    }


def _petitions(city: towns.City, bureaus: petitions.Bureaus, progress: Progress, small: bool) -> None:
    """信访: the year's thousands in bulk (a small demo has a hundredth), the recent weeks by the doors."""
    told = petitionyear.Year(city, bureaus, Random(19830))
    told.load(20, 13) if small else told.load()
    progress("信访", 1, 2)
    petitionrecent.Recent(told).load()
    progress("信访", 2, 2)


def _mediation(city: towns.City, progress: Progress, small: bool) -> None:
    """人民调解: the alliance's years in bulk (a small demo has a fiftieth), the article's year and the recent weeks by the doors."""
    with transaction.atomic():
        menu = mediation.found(city)
    progress("人民调解", 1, 2)
    mediation.Year(menu).load(*((30, 7, 2) if small else ()))
    progress("人民调解", 2, 2)


def _clear_the_way() -> None:
    """Into an empty database only. A load of ours that was cut short begins anew on SQLite, elsewhere it says what to do.

    A mark left behind is not enough to clear a database: the demo's own accounts must be in it.
    """
    begun = settings.HOME / BEGUN
    if Account.objects.exists():
        if not (begun.exists() and Account.objects.filter(username="city-sealed").exists()):
            raise Occupied(
                "这个数据库里已经有数据，演示数据只装进空库。请换一个 JIEYOU_HOME 或 JIEYOU_DATABASE_URL。"
            )
        if connection.vendor != "sqlite":
            raise Occupied("上次装载演示数据没有做完。请清空这个数据库后再试。")
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)
        shutil.rmtree(settings.HOME / "checkpoints", ignore_errors=True)
        call_command("migrate", verbosity=0, interactive=False)
    begun.touch()


def _seen() -> None:
    """Notices of the past year were read at the time."""
    old = clock.at(clock.today(), 0).replace(microsecond=0)
    Delivery.objects.filter(at__lt=old, seen_at=None).update(seen_at=old)
