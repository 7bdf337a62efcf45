"""Django's SQLite backend with a line for writers, see :mod:`.base`."""
