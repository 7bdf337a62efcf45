"""A county with two townships for stories about changes; the whole of Yan'an for stories about finding."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support import pristine

from jieyou.kernel.places import load, tree
from jieyou.kernel.places.models import Place

SMALL = """code,name,level
6106,延安市,city
610602,宝塔区,county
610603,安塞区,county
610602100,枣园镇,township
610602101,河庄坪镇,township
610603100,砖窑湾镇,township
610602100200,枣园村,village
610602100201,下砭沟村,village
610602100202,裴庄村,village
610602101200,李家洼村,village
610602101201,石圪塔村,village
610603100200,杨桥畔村,village
"""
BEGAN = date(2020, 1, 1)


@pytest.fixture
def at(db: None, tmp_path: Path) -> Callable[[str], Place]:
    """``at("610602100")``: a place of the small tree as the database has it now."""
    (tmp_path / "small.csv").write_text(SMALL, encoding="utf-8")
    load.load_csv(tmp_path / "small.csv", "system", BEGAN)
    return tree.by_code


@pytest.fixture(scope="module")
def yanan_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the test database with the whole of Yan'an in it, for one module."""
    with django_db_blocker.unblock():
        if not pristine.kept("yanan"):
            load.load_yanan("system")
            pristine.take("yanan")
        pristine.use("yanan")
    yield
    with django_db_blocker.unblock():
        pristine.use(pristine.PRISTINE)


@pytest.fixture
def yanan(yanan_database: None, db: None) -> None:
    """All places of Yan'an; what a test does to them is gone after it."""
