"""Loading the demo once: the city, the article's year, the recent weeks."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction

from jieyou.interfaces.demo import city as towns
from jieyou.interfaces.demo import recent, year
from jieyou.kernel.calendar import clock
from jieyou.kernel.ledger import checkpoint
from jieyou.kernel.notify.models import Delivery

EDITION = 1
ACCOUNTS = {
    "city": "市委社会工作部 经办人", "county": "宝塔区委社会工作部 经办人、会务人员", "leader": "宝塔区委社会工作部 部领导",
    "bureau": "宝塔区住房和城乡建设局 承办人", "township": "宝塔区桥沟街道办事处 承办人", "caller": "宝塔区委社会工作部 回访人员",
    "city-sealed": "市委社会工作部 密件专办", "admin": "系统管理员",
}  # fmt: skip
Progress = Callable[[str, int, int], None]


def marker() -> dict[str, Any]:
    """What was loaded here, or nothing: ``{"password", "edition", "loaded_at"}``."""
    path = settings.HOME / "demo.json"
    return json.loads(path.read_text()) if path.exists() else {}


def load(progress: Progress, small: bool = False) -> dict[str, Any]:
    """Load the demo into an empty database; a second call only answers what is there. ``small``: two counties."""
    if marker():
        return marker()
    if towns.existing():
        raise RuntimeError("数据库里已有数据，但没有演示标记；演示数据只装进空库")
    password = f"Jieyou-{secrets.token_hex(4)}"
    with transaction.atomic(), clock.moved(clock.at(towns.SINCE, 8)):
        city = towns.found(password, ("610602", "610603") if small else tuple(towns.PREFIXES))
    year.load(city, lambda done, total: progress("一年来的会议和事项", done, total))
    recent.load(city, lambda done, total: progress("最近几周", done, total))
    _seen()
    checkpoint.take()
    found = {"password": password, "edition": EDITION, "loaded_at": clock.now().isoformat(timespec="seconds")}
    (settings.HOME / "demo.json").write_text(json.dumps(found, ensure_ascii=False))
    return found


def _seen() -> None:
    """Notices of the past year were read at the time."""
    old = clock.at(clock.today(), 0).replace(microsecond=0)
    Delivery.objects.filter(at__lt=old, seen_at=None).update(seen_at=old)
