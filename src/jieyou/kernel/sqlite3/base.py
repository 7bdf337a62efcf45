"""SQLite as Django speaks it, with two things changed: writers wait in a line, and a statement's marks are turned once.

SQLite lets one connection write at a time. The others sleep and look again, in steps of up to 100 ms: with four callers the
slowest request in twenty waited for such a sleep (docs/benchmarks.md). Here a transaction first takes a lock of this process
(given on at once), then one on a file beside the database, looked at every fifth of a millisecond. Whoever waits longer than
the connection's ``timeout`` goes on and lets SQLite say that the database is locked.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.utils import CursorWrapper

#: Longest statement whose turned text is kept.
LONGEST = 8_000
#: Seconds between two looks at the file's lock, at first and after so many looks.
SOON, LATER, LOOKS = 0.0002, 0.001, 100


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose writing transactions stand in line."""

    _place: _Line | None = None

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)

    def cursor(self) -> Any:
        """As Django's; without the ceremony where nobody looks on and nothing is due."""
        special = self.queries_logged or self.health_check_enabled
        if special or self.connection is None or self._thread_ident != threading.get_ident():
            return super().cursor()
        return Hand(self.connection.cursor(factory=Cursor), self)

    def _start_transaction_under_autocommit(self) -> None:
        if self.transaction_mode == "IMMEDIATE" and not self.is_in_memory_db():
            line = _line(str(self.settings_dict["NAME"]), os.getpid())
            self._place = line if line.enter(float(self.settings_dict["OPTIONS"].get("timeout", 5))) else None
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._step_out()
            raise

    def _commit(self) -> None:
        super()._commit()
        self._step_out()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._step_out()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._step_out()

    def _step_out(self) -> None:
        place, self._place = self._place, None
        if place is not None:
            place.leave()


class _Line:
    """The line of one process for one database."""

    def __init__(self, name: str) -> None:
        self._here = threading.Lock()
        self._file = os.open(f"{name}.line", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def enter(self, seconds: float) -> bool:
        """Wait for one's turn; says whether it came."""
        until = time.monotonic() + seconds
        if not self._here.acquire(timeout=seconds):
            return False
        looks = 0
        while not self._locked():
            if time.monotonic() > until:
                self._here.release()
                return False
            looks += 1
            time.sleep(SOON if looks < LOOKS else LATER)
        return True

    def leave(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._here.release()

    def _locked(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@lru_cache(maxsize=64)
def _line(name: str, process: int) -> _Line:
    """One for each process: a child that was forked must not share its parent's lock."""
    return _Line(name)


class Cursor(base.SQLiteCursorWrapper):
    """Django's cursor; the text of a statement is turned from ``%s`` to ``?`` once."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        if param_names is not None or len(query) > LONGEST:
            return super().convert_query(query, param_names=param_names)
        return _turned(query)


class Hand(CursorWrapper):
    """A cursor in Django's hand, the short way: the driver's errors become Django's where there are any."""

    def execute(self, sql: Any, params: Any = None) -> Any:
        if self.db.execute_wrappers or self.db.needs_rollback:
            return super().execute(sql, params)
        try:
            return self.cursor.execute(sql, params)
        except base.Database.Error:
            with self.db.wrap_database_errors:
                raise

    def fetchall(self) -> Any:
        try:
            return self.cursor.fetchall()
        except base.Database.Error:
            with self.db.wrap_database_errors:
                raise


@lru_cache(maxsize=2048)
def _turned(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
