"""What the tests stand on: their settings, PostgreSQL, browser, and the runner of ``make test``."""
