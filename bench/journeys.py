"""Measures a resident's journeys in Chromium and writes them to docs/usability.md: ``.venv/bin/python bench/journeys.py``.

It runs tests/journeys/test_measured.py, which also holds the limits, and keeps the lines that those tests note.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = """# 用起来要几下

在 Chromium 里按手机（390 × 844）一步步点出来的数字，由 `bench/journeys.py` 写成（{day}，{browser}）。
点一下算 1 次；从列表里选一项算 2 次（点开、选中）；打字不算次数。流量是压缩后的，手机里什么都没有存过，包括离线页。
上限写在 `tests/journeys/test_measured.py` 里，超过了测试就不通过。

| 做什么 | 点几次 | 几屏 | 流量 KB | 上限 |
|---|--:|--:|--:|---|
"""
TAIL = """
“反映一件事”从首页点图标开始，到拿到查询编号为止，选到县区。“查办理进度”从首页开始；“评价”从已经打开的进度页开始。

坏网络上的三种情形也由同一组测试走过，每次都只收到一件：提交时断网又恢复；收到了但回执在路上丢了；断网时关掉页面，过后再打开。
"""


def main() -> int:
    """Run the journeys; 0 when all are within their limits and the page is written."""
    sys.path[:0] = [str(ROOT / "tests")]
    from support import browser

    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "lines.md"
        env = {
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
            "JIEYOU_TEST_JOURNEYS": str(lines),
        }
        call = [sys.executable, "-m", "pytest", "-n0", "-m", "browser", "tests/journeys/test_measured.py"]
        code = subprocess.run(call, cwd=ROOT, env=env, stdout=sys.stderr).returncode
        head = HEAD.format(day=date.today().isoformat(), browser=browser.find().version)
        if code == 0:
            (ROOT / "docs/usability.md").write_text(head + lines.read_text("utf-8") + TAIL, "utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
