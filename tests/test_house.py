"""The rules of the house that no linter knows."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src/jieyou"
SOURCES = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
PAGES = [
    path
    for kind in ("html", "css", "js", "svg")
    for path in PACKAGE.rglob(f"*.{kind}")
    if "vendor" not in path.parts
]
ELSEWHERE = re.compile(r"""(?:src|href|url|action)\s*[=(]\s*["']?(?:https?:)?//(?!127\.0\.0\.1|localhost)""")


def test_no_file_of_the_kernel_is_longer_than_300_lines() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in (PACKAGE / "kernel").rglob("*.py")}
    assert {str(path): length for path, length in lengths.items() if length > 300} == {}


def test_nobody_imports_our_own_packages_inside_a_function() -> None:
    """It usually hides a cycle. Where Django is only being set up, models cannot be imported any earlier."""
    hidden = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        if path.name != "apps.py"
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and "django.setup()" not in ast.unparse(function)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and "jieyou" in ast.unparse(node)
    ]
    assert hidden == []


def test_no_page_style_or_script_asks_another_machine() -> None:
    assert [str(path.relative_to(ROOT)) for path in PAGES if ELSEWHERE.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "name", ["package-lock.json", *(f"requirements/{n}.txt" for n in ("base", "build", "test"))]
)
def test_a_lock_file_names_no_place_to_download_from(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert '"resolved"' not in text
    assert not re.search(r"index-url|find-links|\.(whl|tgz|tar\.gz)", text)


def test_every_locked_python_package_has_a_hash() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        blocks = re.split(r"\n(?=[a-z])", path.read_text("utf-8"))
        assert [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_both_readmes_have_the_same_chapters_and_commands() -> None:
    english, chinese = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))
    assert len(re.findall(r"^#+ ", english, re.M)) == len(re.findall(r"^#+ ", chinese, re.M))
    assert re.findall(r"^\s*(make \w+)", english, re.M) == re.findall(r"^\s*(make \w+)", chinese, re.M)


def test_every_upload_says_that_no_secret_goes_on_the_net() -> None:
    pages = (PACKAGE / "interfaces/templates").rglob("*.html")
    uploads = {
        page.name: page.read_text("utf-8") for page in pages if 'type="file"' in page.read_text("utf-8")
    }
    assert uploads and [name for name, text in uploads.items() if "涉密、工作秘密不上网" not in text] == []
