"""`jieyou serve`: web, worker and tick together; all stop on SIGTERM. Production runs them apart."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Annotated

import typer
from django.core.management import call_command

from jieyou.interfaces.cli.out import say

TICK_EVERY = 60  # seconds


def serve(
    port: Annotated[int, typer.Option()] = 8000,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    workers: Annotated[int, typer.Option()] = 2,
) -> None:
    """Serve the pages, do the queued work, let time tick."""
    call_command("migrate", verbosity=0, interactive=False)
    granian = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
        "--blocking-threads", "2", "--log-level", "warning", "jieyou.wsgi:application",
    ]  # fmt: skip
    helper = [sys.executable, "-m", "jieyou", "worker"]
    children = [subprocess.Popen(command) for command in (granian, helper)]
    say(f"解忧已启动：http://{host}:{port}/ （群众） http://{host}:{port}/desk/ （工作人员）")
    sys.exit(_watch(children))


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    """Wait until a child ends or somebody says stop; then stop them all."""
    stopping: list[int] = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, _: stopping.append(number))
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + 10
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if stopping else 1


def worker() -> None:
    """The queue and the clock, without pages: queued tasks, `tick` every minute, a checkpoint a day."""
    queue = subprocess.Popen([sys.executable, "-m", "django", "db_worker", "--interval", "1"], env=_env())
    stopping: list[int] = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, _: stopping.append(number))
    last = 0.0
    while not stopping and queue.poll() is None:
        if time.monotonic() - last >= TICK_EVERY:
            subprocess.run([sys.executable, "-m", "jieyou", "tick"], stdout=subprocess.DEVNULL, check=False)
            last = time.monotonic()
        time.sleep(0.2)
    queue.terminate()
    queue.wait(10)


def _env() -> dict[str, str]:
    return os.environ | {"DJANGO_SETTINGS_MODULE": "jieyou.settings"}
