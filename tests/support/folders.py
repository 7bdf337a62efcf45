"""A folder of each test process's own, gone when the process ends."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def own_folder() -> Path:
    """A new empty folder; xdist workers and the process that started them each get another."""
    path = Path(tempfile.mkdtemp(prefix="jieyou-test-"))
    maker = os.getpid()
    atexit.register(lambda: shutil.rmtree(path, ignore_errors=True) if os.getpid() == maker else None)
    return path
