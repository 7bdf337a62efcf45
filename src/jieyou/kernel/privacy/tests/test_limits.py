"""So many attempts in a window and no more, whoever counts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from jieyou.kernel.calendar import clock
from jieyou.kernel.privacy import limits
from jieyou.kernel.privacy.models import Attempt

NOON = datetime(2024, 8, 26, 4, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_limit_holds_within_a_window_and_is_new_in_the_next() -> None:
    with clock.moved(NOON):
        assert [limits.allow("ip:1.2.3.4", 3, 60) for _ in range(5)] == [True, True, True, False, False]
        assert limits.allow("ip:1.2.3.5", 3, 60)
    with clock.moved(NOON + timedelta(seconds=59)):
        assert not limits.allow("ip:1.2.3.4", 3, 60)
    with clock.moved(NOON + timedelta(seconds=60)):
        assert limits.allow("ip:1.2.3.4", 3, 60)


@pytest.mark.django_db
def test_a_limit_of_nothing_allows_nothing() -> None:
    assert not limits.allow("ip:1.2.3.4", 0, 60)


@pytest.mark.django_db
def test_no_address_is_kept() -> None:
    limits.allow("ip:1.2.3.4", 3, 60)
    assert "1.2.3.4" not in Attempt.objects.get().key


@pytest.mark.django_db
def test_old_windows_are_forgotten() -> None:
    with clock.moved(NOON):
        limits.allow("a", 3, 60)
    with clock.moved(NOON + timedelta(days=2)):
        limits.allow("a", 3, 60)
        assert limits.forget() == 1
    assert Attempt.objects.count() == 1


@pytest.mark.races
@pytest.mark.usefixtures("committed_db")
def test_eight_at_once_share_one_limit_exactly() -> None:
    def tries(_: int) -> int:
        try:
            with clock.moved(NOON):
                return sum(limits.allow("secret", 20, 60) for _ in range(10))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(tries, range(8))) == 20
    assert Attempt.objects.get().count == 20
