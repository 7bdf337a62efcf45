"""`jieyou bench triage`: one message and many, among so many others, all in memory; no database is asked but for the rules.

Messages are made up from the demo's matters: their sentences shuffled, with names of communities and made-up estates, so that
a million differ. The figures say how fast, not how well; `bench/triage_quality.py` says how well, on labelled messages.
"""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from jieyou.commons.triage import routes, routing
from jieyou.interfaces.cli.out import progress, say
from jieyou.interfaces.demo.matters import MATTERS
from jieyou.kernel.late import late

if TYPE_CHECKING:
    from jieyou.commons.triage import index, learning, marks
else:
    index, learning = late("jieyou.commons.triage.index"), late("jieyou.commons.triage.learning")
    marks = late("jieyou.commons.triage.marks")

SMALL, USUAL = 10_000, 1_000_000
SINGLE, BATCH, TAUGHT = 1_000, 6_000, 3_000
CHUNK, SAMPLE = 8192, 20_000
PROCESSES = 2
SYLLABLES = "安百长德福广和华嘉金康丽林明南宁平庆荣瑞山盛泰天万文新兴永裕"
ESTATES = ("小区", "花园", "家园", "苑", "路", "村", "街道", "大厦")


class Made(NamedTuple):
    """A made-up message and its category."""

    title: str
    body: str
    category: str


def made_up(luck: Random) -> Iterator[Made]:
    """Messages without end."""
    said = [sentence for matter in MATTERS for sentence in matter.words.split("，")]
    done = [sentence for matter in MATTERS for sentence in (matter.plan + matter.done).split("，")]
    while True:
        matter, n = luck.choice(MATTERS), luck.randint(1, 99)
        place = "".join(luck.choices(SYLLABLES, k=luck.choice((2, 2, 3)))) + luck.choice(ESTATES)
        more = luck.choices(said, k=luck.randint(1, 6)) + luck.choices(done, k=luck.randint(0, 4))
        body = f"{place}{matter.words.format(p=place, n=n)}{'，'.join(more)}。{luck.randint(1, 28)}日{luck.randint(100, 9999)}元"
        yield Made(matter.title.format(p=place, n=n), body, matter.category)


def triage(cases: int) -> dict[str, Any]:
    """The figures among ``cases`` messages (a million unless said otherwise), and the cost beside ten thousand."""
    cases, messages = cases or USUAL, made_up(Random(7))
    say(f"先用 {TAUGHT} 条编出来的反映训练一个模型")
    model = learning.train([next(messages) for _ in range(TAUGHT)])
    rules = routes.in_force()
    small = _Desk(model, rules, min(SMALL, cases), messages)
    alone, before = small.alone(messages), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    small.together(messages)
    desk = _Desk(model, rules, cases, messages)
    took, together = desk.alone(messages), desk.together(messages)
    return {
        "messages": cases,
        "one_ms_p50": round(statistics.median(took) * 1000, 2),
        "one_ms_p95": round(sorted(took)[int(len(took) * 0.95)] * 1000, 2),
        "among_10000_ms_p50": round(statistics.median(alone) * 1000, 2),
        "batch_per_second": round(together),
        "batch_processes": PROCESSES,
        "one_cpu_ms": round(desk.cpu / SINGLE * 1000, 2),
        "batch_cpu_ms": round(desk.batch_cpu / BATCH * 1000, 2),
        "cost_beside_10000": round(desk.cpu / small.cpu, 2),
        "batch_cost_beside_10000": round(desk.batch_cpu / small.batch_cpu, 2),
        "index_mib": desk.index.nbytes >> 20,
        "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
        "peak_rss_mib_before": before >> 10,
    }


class _Desk:
    """A model, the rules and an index of so many messages. ``cpu``: seconds of :meth:`alone`, ``batch_cpu``: of :meth:`together`."""

    def __init__(self, model: Any, rules: list[routing.Rule], cases: int, messages: Iterator[Made]) -> None:
        self.model, self.rules, self.cpu, self.batch_cpu = model, rules, 0.0, 0.0
        self.background = marks.Background()
        self.index = index.Index(self.background)
        with progress(f"编 {cases} 条") as show:
            for start in range(0, cases, CHUNK):
                chunk = [next(messages)[:2] for _ in range(min(CHUNK, cases - start))]
                if self.background.total < SAMPLE:
                    self.background.add(chunk)
                self.index.add(marks.marks(chunk, self.background))
                show(start + len(chunk), cases)

    def alone(self, messages: Iterator[Made]) -> list[float]:
        """Seconds of each of :data:`SINGLE` messages that come one by one."""
        asked = [next(messages)[:2] for _ in range(SINGLE)]
        for one in asked[:50]:
            self.propose([one])
        begun = time.process_time()
        took = [_timed(lambda one=one: self.propose([one])) for one in asked]
        self.cpu = time.process_time() - begun
        return took

    def together(self, messages: Iterator[Made]) -> float:
        """Messages a second when :data:`BATCH` come at once, in as many processes as there are cores for it."""
        asked = [next(messages)[:2] for _ in range(BATCH)]
        parts = [asked[n::PROCESSES] for n in range(PROCESSES)]
        begun = _children()
        took = _timed(lambda: _fork(self.propose, parts))
        self.batch_cpu = _children() - begun
        return BATCH / took

    def propose(self, asked: list[tuple[str, str]]) -> int:
        """Category, similar ones and unit of each; how many were found."""
        verdicts = list(self.model.judge(asked))
        found = list(self.index.each_like(marks.marks(asked, self.background), 10))
        units = [
            routing.first(f"{title}\n{body}", verdict.label, "610602", self.rules)
            for (title, body), verdict in zip(asked, verdicts, strict=True)
        ]
        return len(found) + len(units)


def _timed(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _children() -> float:
    """CPU seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _fork(act: Callable[[Any], Any], parts: list[Any]) -> None:
    """The same in processes that share what is in memory already."""
    workers = [multiprocessing.get_context("fork").Process(target=act, args=(part,)) for part in parts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
