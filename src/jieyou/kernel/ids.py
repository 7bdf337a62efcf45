"""Keys: UUIDv7 (RFC 9562 §5.7), made where the record is born. Python 3.11 has none, so `uuid-utils`."""

from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> UUID:
    """A new time-ordered key."""
    return _uuid7()
