"""One county with its office and a bureau, and three people."""

from datetime import date
from types import SimpleNamespace

import pytest

from jieyou.kernel.people import units
from jieyou.kernel.people.models import Account
from jieyou.kernel.places import changes
from jieyou.kernel.places.changes import New

SINCE = date(2024, 4, 22)


@pytest.fixture
def town(db: None) -> SimpleNamespace:
    """``office`` and ``bureau`` of 宝塔区; ``li``, ``wang``, ``zhao`` without posts."""
    done = {"on": date(2020, 1, 1), "by": "system", "why": "建库"}
    changes.found(New("延安市", "6106"), **done)
    county = changes.found(New("宝塔区", "610602"), **done)
    return SimpleNamespace(
        county=county,
        office=units.add("宝塔区委社会工作部", "office", county, "system", prefix="BT"),
        bureau=units.add("宝塔区住房和城乡建设局", "bureau", county, "system", short="区住建局"),
        li=Account.objects.create_user("li", "李明", "a long enough one"),
        wang=Account.objects.create_user("wang", "王强"),
        zhao=Account.objects.create_user("zhao", "赵敏"),
    )
