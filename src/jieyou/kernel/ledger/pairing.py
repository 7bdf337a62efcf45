"""Which of two long lists of ids lack their partner, in flat memory."""

import sqlite3
from collections.abc import Iterator


class Pairing:
    """Collects ids on two sides in any order, on disk (a temporary database), and tells who stands alone."""

    BATCH = 5000

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute(
            "CREATE TABLE side (left INT, id TEXT, note TEXT, PRIMARY KEY (left, id)) WITHOUT ROWID"
        )
        self._waiting: list[tuple[int, str, str]] = []

    def left(self, id: str, note: str = "") -> None:
        self._add(1, id, note)

    def right(self, id: str, note: str = "") -> None:
        self._add(0, id, note)

    def lonely_left(self) -> Iterator[tuple[str, str]]:
        """(id, note) of the left side that are not on the right, by id."""
        return self._lonely(1)

    def lonely_right(self) -> Iterator[tuple[str, str]]:
        return self._lonely(0)

    def close(self) -> None:
        self._db.close()

    def _add(self, side: int, id: str, note: str) -> None:
        self._waiting.append((side, id, note))
        if len(self._waiting) >= self.BATCH:
            self._flush()

    def _flush(self) -> None:
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR IGNORE INTO side VALUES (?, ?, ?)", self._waiting)
        self._db.execute("COMMIT")
        self._waiting.clear()

    def _lonely(self, side: int) -> Iterator[tuple[str, str]]:
        self._flush()
        return self._db.execute(
            "SELECT id, note FROM side AS one WHERE left = ? AND NOT EXISTS"
            " (SELECT 1 FROM side WHERE left = 1 - one.left AND id = one.id) ORDER BY id",
            [side],
        )
