"""Makes the fixtures of ``tests/support`` known to all tests, those beside the code in ``src`` too."""

pytest_plugins = ["support.fixtures", "support.pages", "support.city"]
