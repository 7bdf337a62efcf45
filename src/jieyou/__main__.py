"""``python -m jieyou`` is ``jieyou``."""

from jieyou.interfaces.cli import main

main()
