"""Settings of the tests: Jieyou's own, with a home for each process, quick hashing, no wait for the disk.

Only ``JIEYOU_DATABASE_URL`` is taken from outside (the PostgreSQL leg sets it); every other ``JIEYOU_*`` of
the person's shell would make the suite mean something else.
"""

import os

from support.folders import own_folder

for _name in [name for name in os.environ if name.startswith("JIEYOU_") and name != "JIEYOU_DATABASE_URL"]:
    if not _name.startswith(("JIEYOU_TEST_", "JIEYOU_CHROMIUM", "JIEYOU_SCREENS")):
        del os.environ[_name]
_home = own_folder()
os.environ["JIEYOU_HOME"] = str(_home)
os.environ["JIEYOU_SQLITE_SYNCHRONOUS"] = "OFF"

from jieyou.settings import *  # noqa: E402, F403
from jieyou.settings import DATABASES  # noqa: E402

DATABASES["default"]["CONN_MAX_AGE"] = (
    0  # no connection outlives its request: the database is put back under it
)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": _home / "test.sqlite3"}  # a file: threads and WAL as in real use
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # else every test client reads all static files first
