"""The command line. Only the answer goes to standard output; progress and sentences go to standard error.

Exit 0: done · 1: refused, with a sentence · 2: wrong use.
"""

import os
import sys


def main() -> None:
    """Entry point of ``jieyou``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jieyou.settings")
    import django
    from django.db.utils import OperationalError, ProgrammingError

    django.setup()
    from jieyou.interfaces.cli.commands import app
    from jieyou.kernel.ledger.source import Unreadable

    try:
        sys.exit(app())
    except Unreadable as fault:
        sys.exit(str(fault))
    except (OperationalError, ProgrammingError) as fault:
        missing = "no such table" in str(fault) or "does not exist" in str(fault)
        sys.exit("数据库还没有准备好，请先运行 jieyou setup。" if missing else f"数据库用不了：{fault}")
