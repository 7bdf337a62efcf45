"""``filter(among(keys))``: which of many keys, as one value of a statement.

The ORM's ``__in`` writes a mark for each key, in every branch of a list: of five branches and 500 keys the text alone took a
third of the page. And of ``IN (SELECT …)`` PostgreSQL makes a join, which it begins at the wrong end where it takes few rows
for fewer: an array is read first, and its keys are looked up, as SQLite does it anyway.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Lookup, QuerySet


def among(keys: Sequence[UUID] | QuerySet[Any]) -> Among:
    """The condition that the row's own key is one of these (a list, or a query for one column); none of an empty list."""
    return Among(F("pk"), keys.query if isinstance(keys, QuerySet) else keys)


class Among(Lookup[Any]):
    """The column is one of these keys."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        postgres = connection.vendor == "postgresql"
        if hasattr(self.rhs, "as_sql"):
            rows, more = self.process_rhs(compiler, connection)
            return f"{column} = ANY(ARRAY{rows})" if postgres else f"{column} IN {rows}", (*params, *more)
        keys = list(self.rhs)
        if postgres:
            return f"{column} = ANY(%s)", (*params, keys)
        return f"{column} IN (SELECT value FROM json_each(%s))", (*params, json.dumps([k.hex for k in keys]))
