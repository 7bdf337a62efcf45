"""The one clock. Everything asks it for the time, so that tests and the demo can move it.

Every ``datetime`` given out is aware and in UTC; every ``date`` is a local calendar day (Asia/Shanghai).
A clock that counts hours adds a plain ``timedelta`` to ``now()``: hours do not know rest days.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
_moved: ContextVar[datetime | None] = ContextVar("jieyou_clock", default=None)


def now() -> datetime:
    """This moment, aware, UTC; stands still inside ``moved``."""
    return _moved.get() or datetime.now(UTC)


def today() -> date:
    """The local calendar day."""
    return local(now())


@contextmanager
def moved(to: datetime) -> Generator[None, None, None]:
    """Inside the block it is ``to`` (aware, else ``ValueError``). Nests; other threads keep their time."""
    token = _moved.set(_utc(to))
    try:
        yield
    finally:
        _moved.reset(token)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """The moment of a local wall-clock time on a local day."""
    return _utc(datetime.combine(day, time(hour, minute), ZONE))


def end_of(day: date) -> datetime:
    """The last second of a local day: a deadline in days is met until then."""
    return _utc(datetime.combine(day, time(23, 59, 59), ZONE))


def local(moment: datetime) -> date:
    """The local calendar day of a moment (aware, else ``ValueError``)."""
    return _utc(moment).astimezone(ZONE).date()


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"时间没有时区：{moment.isoformat()}")
    return moment.astimezone(UTC)
