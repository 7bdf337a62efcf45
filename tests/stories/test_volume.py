"""A city filled by the bulk path is as provable as one that walked every step."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from support.city import Town

from jieyou.interfaces.demo.volume import Volume
from jieyou.kernel.ledger.verify import verify_database
from jieyou.kernel.loop.models import Case
from jieyou.kernel.statements import kept


def test_filled_cases_prove_and_go_on_by_the_real_door(town: Town) -> None:
    made = Volume(town.city).fill(60, lambda done, total: None)
    assert made >= 60
    assert verify_database().ok
    waiting = Case.objects.filter(loop="assignment", stage="review").count()
    assert Case.objects.count() == made and waiting == 0


def test_a_kept_query_whose_values_stand_elsewhere_is_refused(db: None) -> None:
    @kept
    def mixed(stage: str, loop: str) -> QuerySet[Case]:
        return Case.objects.filter(stage=stage, loop=loop)  # Django sorts them: loop comes first

    with pytest.raises(ImproperlyConfigured):
        mixed("clue", "jieyou")
