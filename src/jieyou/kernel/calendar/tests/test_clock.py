from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest

from jieyou.kernel.calendar import clock

MEETING = datetime(2024, 8, 26, 1, 0, tzinfo=UTC)


def test_the_clock_runs_and_is_aware():
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)


def test_a_moved_clock_stands_still_and_comes_back():
    with clock.moved(MEETING):
        assert clock.now() == clock.now() == MEETING
        assert clock.today() == date(2024, 8, 26)
    assert clock.now() > MEETING + timedelta(days=365)


def test_moves_nest_and_survive_an_error():
    with clock.moved(MEETING):
        with pytest.raises(RuntimeError), clock.moved(MEETING + timedelta(days=7)):
            assert clock.today() == date(2024, 9, 2)
            raise RuntimeError
        assert clock.now() == MEETING


def test_another_thread_keeps_its_own_time():
    seen: list[datetime] = []
    with clock.moved(MEETING):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] != MEETING


def test_today_is_the_local_day_although_it_is_still_yesterday_in_utc():
    with clock.moved(datetime(2024, 12, 31, 16, 0, tzinfo=UTC)):
        assert clock.today() == date(2025, 1, 1)


def test_a_day_begins_at_nine_and_ends_with_its_last_second():
    day = date(2024, 8, 26)
    assert clock.at(day) == MEETING
    assert clock.at(day, 14, 30) - clock.at(day) == timedelta(hours=5, minutes=30)
    assert clock.end_of(day) + timedelta(seconds=1) == clock.at(date(2024, 8, 27), 0)
    assert clock.local(clock.end_of(day)) == day


def test_times_without_a_zone_are_refused():
    with pytest.raises(ValueError, match="时区"):
        clock.local(datetime(2024, 8, 26, 9, 0))
    with pytest.raises(ValueError, match="时区"), clock.moved(datetime(2024, 8, 26, 9, 0)):
        pass
