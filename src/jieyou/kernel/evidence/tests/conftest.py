"""A clerk who uploads, a case, and commits that count."""

from uuid import UUID

import pytest

from jieyou.kernel.ids import uuid7
from jieyou.kernel.people.actor import Actor, Holding


@pytest.fixture
def clerk() -> Actor:
    post = Holding(uuid7(), "宝塔区住房和城乡建设局", "bureau", "承办人", "610602", "county")
    return Actor("staff", uuid7().hex, "王强", (post,))


@pytest.fixture
def case() -> UUID:
    return uuid7()
