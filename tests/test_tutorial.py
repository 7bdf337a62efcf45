"""docs/add-a-mechanism.md, done as it says, by a newcomer who can only read."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/add-a-mechanism.md"
BLOCK = re.compile(r"`src/jieyou/mechanisms/(street_lamps/[\w./]+)`\n\n```\w+\n(.*?)```", re.S)

WALK = """
from jieyou.kernel.evidence import store
from jieyou.kernel.loop import opening
from jieyou.kernel.loop.engine import advance
from jieyou.kernel.loop.refused import Refused
from jieyou.interfaces.demo import city
from django.core.files.base import ContentFile
from jieyou.interfaces.demo.papers import completion_sheet

town = city.found("", ("610602",))
clerk = town.actor(town.offices["610602"].clerk)
bureau, mender = town.units["610602", "城管"], town.actor(town.bureaus["610602", "城管"])
case = opening.begin("street_lamps", clerk, {"title": "桥沟街道一盏路灯不亮", "place": "610602005"})
advance(case, "send", clerk, {"unit": bureau.name})
try:
    advance(case, "mend", mender, {"report": "换了灯泡，亮了。"})
except Refused as no:
    print(no.sentence)
completion_sheet(case, mender)
advance(case, "mend", mender, {"report": "换了灯泡，亮了。"})
advance(case, "lit_again", clerk)
print(case.number[:5], case.outcome, case.open, case.events.count())

from django.test import Client
staff = Client(headers={"host": "127.0.0.1"})
staff.force_login(town.offices["610602"].clerk, "django.contrib.auth.backends.ModelBackend")
assert "新建报修件" in staff.get("/desk/cases/?loop=street_lamps").content.decode()
made = staff.post("/desk/new/street_lamps/", {"title": "又一盏不亮", "place": "610602005"})
assert made.status_code == 302, made.content.decode()
page = staff.get(made.headers["Location"]).content.decode()
print("又一盏不亮" in page and "派单" in page)
"""


def run(home: Path, *command: str) -> str:
    env = os.environ | {
        "JIEYOU_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "newcomer",
        "PYTHONPATH": f"{home}:{ROOT / 'src'}",
    }
    env.pop("JIEYOU_DATABASE_URL", None)
    done = subprocess.run([sys.executable, *command], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.once  # it brings a database of its own
def test_a_newcomer_adds_a_small_loop(tmp_path: Path) -> None:
    files = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(files) == 3
    for name, text in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    lines = sum(len([x for x in text.splitlines() if x.strip()]) for _, text in files) + 1
    assert lines <= 40, f"the page promises forty lines, it has {lines}"
    settings = 'from jieyou.settings import *\nINSTALLED_APPS += ["street_lamps"]\n'
    (tmp_path / "newcomer.py").write_text(settings, encoding="utf-8")
    run(tmp_path, "-m", "jieyou", "setup")
    (tmp_path / "walk.py").write_text("import django\ndjango.setup()\n" + WALK, encoding="utf-8")
    told = run(tmp_path, str(tmp_path / "walk.py"))
    assert "请附上办理依据" in told
    assert "BT-LD lit False 4" in told
    assert told.rstrip().endswith("True")
    run(tmp_path, "-m", "jieyou", "loops", "draw", "street_lamps", "--out", str(tmp_path / "lamps.svg"))
    assert "路灯报修" in (tmp_path / "lamps.svg").read_text(encoding="utf-8")
    assert "没有发现问题" in run(tmp_path, "-m", "jieyou", "check")
