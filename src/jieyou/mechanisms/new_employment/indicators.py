"""Figures of the new trades."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from jieyou.kernel.indicator.declare import Scope, Tally
from jieyou.kernel.places.codes import column_of
from jieyou.mechanisms.new_employment.models import TRADES, Worker


def _reported(scope: Scope) -> Any:
    """Whoever reported to two communities counts where he came first."""
    told = Worker.objects.filter(
        Q(until=None) | Q(until__gt=scope.last),
        **{column_of(scope.place.code): scope.place.code},
        checked_on__lte=scope.last, reported_on__lte=scope.last,
    )  # fmt: skip
    earlier = told.filter(person=OuterRef("person")).filter(
        Q(reported_on__lt=OuterRef("reported_on")) | Q(reported_on=OuterRef("reported_on"), pk__lt=OuterRef("pk"))
    )  # fmt: skip
    return told.filter(~Exists(earlier)).select_related("person")


reported = Tally(
    "new_employment.reported", "到社区报到的新就业群体从业人员", "名",
    "截至期末报到并经社区核实的人数，历年累计；一个人到两个社区报到只算一次",
    _reported, ("N02",), timing="to_date", cut="trade", words=lambda: dict(TRADES),
)  # fmt: skip
