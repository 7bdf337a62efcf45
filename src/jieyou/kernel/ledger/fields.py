"""A column for codes and hashes that both databases compare byte by byte."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class Code(models.CharField):  # pyright: ignore[reportMissingTypeArgument]
    """A CharField sorted by code point: SQLite always does, PostgreSQL under ``COLLATE "C"``.

    Verification merges streams sorted by the database with comparisons made in Python; under an ICU ``zh``
    database the default collation would sort ``look:…`` and ``row:…`` differently and the merge would see
    ghosts.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        return {
            **super().db_parameters(connection),
            "collation": "C" if connection.vendor == "postgresql" else None,
        }
