"""Two units, a clerk, a resident, and a table with sealed columns."""

from uuid import UUID

import pytest
from django.db import connection

from jieyou.kernel import shortly
from jieyou.kernel.people.actor import Actor, Holding
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy.tests.models import Slip

CLERK = UUID("0192f0c1-0000-7000-8000-000000000001")
UNIT = UUID("0192f0c1-0000-7000-8000-0000000000a1")


@pytest.fixture
def slips(db: None) -> None:
    """The table, made within the test's transaction (which SQLite's schema editor would refuse)."""
    editor = connection.schema_editor()
    editor.deferred_sql = []
    with connection.cursor() as cursor:
        cursor.execute(*editor.table_sql(Slip))


@pytest.fixture
def clerk() -> Actor:
    post = Holding(UNIT, "宝塔区委社会工作部", "office", "经办人", "610602", "county")
    return Actor("staff", CLERK.hex, "李明", (post,))


@pytest.fixture
def resident() -> Actor:
    return Actor("guest", "guest:1", "反映人")


@pytest.fixture
def units(db: None) -> tuple[Unit, Unit]:
    county = Place.objects.create(name="宝塔区", level="county", code="610602")
    office = Unit.objects.create(name="宝塔区委社会工作部", short="社工部", kind="office", place=county)
    bureau = Unit.objects.create(name="宝塔区住房和城乡建设局", short="住建局", kind="bureau", place=county)
    return office, bureau


@pytest.fixture(autouse=True)
def heard_anew() -> None:
    """Words of harm are kept for seconds by the process; another test's were rolled back."""
    shortly.forget()
