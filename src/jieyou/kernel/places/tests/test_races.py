"""Two people change the tree at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from django.db import connection

from jieyou.kernel.places import changes
from jieyou.kernel.places.changes import BadChange
from jieyou.kernel.places.models import Place

DONE = {"on": date(2025, 3, 1), "by": "system", "why": "试"}


def test_of_two_mergers_of_one_village_one_wins(committed_db: None, at: Callable[[str], Place]) -> None:
    goes, heirs = at("610602100200"), [at("610602100201"), at("610602100202")]
    together = Barrier(2)

    def merge(heir: Place) -> str:
        together.wait()
        try:
            return changes.merge([goes], heir, **DONE).name  # type: ignore[arg-type]
        except BadChange as refusal:
            return refusal.sentence
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(merge, heirs))
    assert sum("已于2025年3月1日撤销，不能再变更" in words for words in said) == 1
    assert at("610602100200").name in said
