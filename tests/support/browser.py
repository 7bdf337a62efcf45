"""Finding a Chromium: the system's, Debian's package when we are root, else the one of Playwright."""

import functools
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PACKAGES = ("chromium", "fonts-noto-cjk")
MISSING = (
    "No Chromium for the browser tests was found, and none could be installed. Install one (Debian: apt-get "
    "install chromium fonts-noto-cjk; elsewhere: .venv/bin/python -m playwright install chromium), "
    "or name it: JIEYOU_CHROMIUM=/path/to/chromium make test"
)


class NoBrowser(RuntimeError):
    """There is no Chromium to be had; the text says what to do."""


@dataclass(frozen=True)
class Found:
    """A Chromium: its program, its version, and whether the machine can draw Chinese."""

    program: str
    version: str
    chinese: bool

    def __str__(self) -> str:
        letters = (
            "Chinese fonts"
            if self.chinese
            else "NO Chinese font: install fonts-noto-cjk, or pictures show boxes"
        )
        return f"{self.version} ({self.program}, {letters})"


@functools.cache
def find() -> Found:
    """The Chromium of this run, installed first if need be. Raises ``NoBrowser``."""
    program = named() or on_path() or from_debian() or from_playwright()
    if program is None:
        raise NoBrowser(MISSING)
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError) as failed:
        raise NoBrowser(f"{program} does not run ({failed}). {MISSING}") from failed
    return Found(program, " ".join(said.stdout.split()[:2]), can_draw_chinese())


def named() -> str | None:
    """The one that ``JIEYOU_CHROMIUM`` names."""
    return os.environ.get("JIEYOU_CHROMIUM") or None


def on_path() -> str | None:
    """The system's."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def from_debian() -> str | None:
    """Debian's package with a Chinese font, where we may install it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    sys.stderr.write(f"installing {' '.join(PACKAGES)} …\n")
    for call in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(call, env=quiet, capture_output=True, text=True)
        if done.returncode:
            sys.stderr.write(f"{' '.join(call)}: {done.stderr.strip()[-300:]}\n")
    return on_path()


def from_playwright() -> str | None:
    """Playwright's own, downloaded if it is not there yet."""
    with sync_playwright() as playwright:
        program = playwright.chromium.executable_path
    if not Path(program).exists():
        sys.stderr.write("no Chromium on this machine: Playwright tries to download one …\n")
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr)
    return program if Path(program).exists() else None


def can_draw_chinese() -> bool:
    """Whether fontconfig knows a font with Chinese."""
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True).stdout.strip())
