"""Measures the journeys of residents and of clerks in Chromium and writes them to docs/usability.md: ``.venv/bin/python bench/journeys.py``.

It runs tests/journeys/test_measured.py, test_measured_staff.py and test_by_keyboard.py, which also hold the limits, and keeps the
lines that they note.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = (
    "tests/journeys/test_measured.py", "tests/journeys/test_measured_staff.py", "tests/journeys/test_by_keyboard.py",
)  # fmt: skip
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

STAFF = """
## 经办人、部领导（电脑，1440 × 900）

从打开的列表（会议页面、工作台）开始，到页面说办好了为止；秒数是脚本一步步点的时间，不含人想和打字的时间。
上限写在 `tests/journeys/test_measured_staff.py` 里。

| 做什么 | 点几次 | 几屏 | 脚本用了几秒 | 上限 |
|---|--:|--:|--:|---|
"""
STAFF_TAIL = """
“交办 20 件”是在“待研判”里点第一件、按住 Shift 点第二十件、点“转办”、填一行任务、提交；20 件各走各的一步，有没办成的，结果页一件件写着为什么。
“导入 300 行、改 10 行”是上传、看预检、下载标红的表格、导入其余 290 行，表里改好 10 行再传一次。
"""
KEYS = """
## 只用键盘（电脑，1440 × 900）

来件从“导入 Excel”进来，建议由本市学出来的模型给；从“逐件研判”的第一件到“没有待登记、待研判的反映”，手不离键盘。秒数是机器的时间：按键、存、开下一页，
不含人读反映、想和打字的时间；20 件用满 3 分钟，每件留给人的时间是 3 分钟减去这些秒，再除以 20。上限写在 `tests/journeys/test_by_keyboard.py` 里。

| 做什么 | 按键几次 | 打字几个 | 机器用了几秒 | 上限 |
|---|--:|--:|--:|---|
"""
KEYS_TAIL = """
有建议、经办人也同意的，一件按一次回车：登记和研判意见一起办好，下一件就来了，光标已经在类别上。
没有把握的（这里每五件一件）按 5 次：选类别、`r` 选研判建议、`↓`、`y` 写研判意见、Ctrl+Enter。`?` 看全部按键。
"""
WEIGHT = """
## 一页多重

第一次打开、什么都没有存过时，压缩后的流量。样式、脚本、图标存下以后，再开一页只有页面自己。

| 页面 | KB |
|---|--:|
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
        call = [sys.executable, "-m", "pytest", "-n0", "-m", "browser", *TESTS]
        code = subprocess.run(call, cwd=ROOT, env=env, stdout=sys.stderr).returncode
        head = HEAD.format(day=date.today().isoformat(), browser=browser.find().version)
        if code == 0:
            kinds = ("staff", "keys", "weight")
            staff, keys, weight = (lines.with_name(f"{lines.name}.{kind}") for kind in kinds)
            parts = (head, lines, TAIL, STAFF, staff, STAFF_TAIL, KEYS, keys, KEYS_TAIL, WEIGHT, weight)
            text = "".join(one.read_text("utf-8") if isinstance(one, Path) else one for one in parts)
            (ROOT / "docs/usability.md").write_text(text, "utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
