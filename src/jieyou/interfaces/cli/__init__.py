"""The command line. Only the answer goes to standard output; progress and sentences go to standard error.

Exit 0: done · 1: refused, with a sentence · 2: wrong use.
"""

import os
import sys


def main() -> None:
    """Entry point of ``jieyou``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jieyou.settings")
    import django

    django.setup()
    from jieyou.interfaces.cli.commands import app

    sys.exit(app())
