"""What the stories share: who was told what."""

from __future__ import annotations

import pytest
from support.city import Told, Town

from jieyou.kernel.loop.models import Case
from jieyou.kernel.notify.models import Delivery


@pytest.fixture
def told_to(town: Town) -> Told:
    """``told_to("bureau", case)``: titles of what this person was told (about a case), oldest first."""

    def titles(username: str, case: Case | None = None) -> list[str]:
        rows = Delivery.objects.filter(account__username=username, channel="in_app").order_by("at", "pk")
        return list((rows.filter(case_id=case.pk) if case else rows).values_list("title", flat=True))

    return titles
