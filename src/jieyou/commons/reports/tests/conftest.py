"""A county and its city, with their offices and clerks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from jieyou.kernel.people import units
from jieyou.kernel.people.models import Account
from jieyou.kernel.people.posts import actor_of, appoint
from jieyou.kernel.places import load, tree

SINCE = date(2024, 4, 22)
PLACES = """code,name,level
6106,延安市,city
610602,宝塔区,county
610603,安塞区,county
610602005,桥沟街道,township
610602005001,杨家岭社区居委会,village
"""
PEOPLE = {
    "city_clerk": ("city_office", "经办人"), "keeper": ("city_office", "密件专办"), "clerk": ("office", "经办人"),
    "second": ("office", "经办人"), "head": ("office", "部领导"), "neighbour": ("other_office", "经办人"),
    "officer": ("bureau", "承办人"), "bureau_clerk": ("bureau", "经办人"),
}  # fmt: skip


@pytest.fixture
def town(db: None, tmp_path: Path) -> SimpleNamespace:
    """Places ``city county``, offices, and people as actors, all by name."""
    (tmp_path / "places.csv").write_text(PLACES, encoding="utf-8")
    load.load_csv(tmp_path / "places.csv", "system", date(2020, 1, 1))
    at = SimpleNamespace(
        city=tree.by_code("6106"), county=tree.by_code("610602"), next_county=tree.by_code("610603")
    )
    at.city_office = units.add("延安市委社会工作部", "office", at.city, "system", prefix="YA")
    at.office = units.add("宝塔区委社会工作部", "office", at.county, "system", prefix="BT")
    at.other_office = units.add("安塞区委社会工作部", "office", at.next_county, "system", prefix="AS")
    at.bureau = units.add("宝塔区住房和城乡建设局", "bureau", at.county, "system")
    for username, (unit, role) in PEOPLE.items():
        account = Account.objects.create_user(username, username)
        appoint(account, getattr(at, unit), role, SINCE, "system")
        setattr(at, username, actor_of(account))
    return at
