"""The desk assistant of the demo: a model learnt from the demo's own decided concerns, and proposals for what came in.

It shows what a city gets after its first weeks. The demo's residents repeat themselves, so its figures are better than a city's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jieyou.commons.triage import lessons, tasks
from jieyou.kernel.late import late
from jieyou.kernel.people.posts import SYSTEM

if TYPE_CHECKING:
    from jieyou.commons.triage import teaching
else:
    teaching = late("jieyou.commons.triage.teaching")

BASIS = "演示数据里由人定了类别的反映（话是编的，数字比实际好看）"


def load() -> int:
    """Train and propose, as the worker would within its first minutes. Returns how many reports got a proposal."""
    if (
        lessons.counted() >= lessons.LEAST
    ):  # in a small demo a person decides everything, as in a city's first days
        teaching.learn(SYSTEM.person, basis=BASIS)
    return tasks.catch_up.func()["proposed"]
