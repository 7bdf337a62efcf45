"""Numbers of the directory: how many organisations stood how, on the last day of the period."""

from __future__ import annotations

from typing import Any

from jieyou.commons.directory import standing
from jieyou.commons.directory.models import ENTERPRISES, OPERATING, SOCIETIES, Organisation
from jieyou.kernel.indicator.declare import Scope, Tally
from jieyou.kernel.places.codes import column_of


def _operating(scope: Scope, kinds: Any) -> Any:
    here = Organisation.objects.filter(
        **{column_of(scope.place.code): scope.place.code}, kind__in=[code for code, _ in kinds]
    )
    return standing.on(scope.last, (OPERATING,), here)


enterprises = Tally(
    "directory.enterprises", "在运营的新经济组织", "家",
    "期末在两新组织名录里、当天状态为正常运营的非公企业、个体工商户、农民专业合作社",
    lambda scope: _operating(scope, ENTERPRISES), timing="stock", cut="kind", words=lambda: dict(ENTERPRISES),
)  # fmt: skip
societies = Tally(
    "directory.societies", "在运营的新社会组织", "家",
    "期末在两新组织名录里、当天状态为正常运营的社会团体、社会服务机构、基金会",
    lambda scope: _operating(scope, SOCIETIES), timing="stock", cut="kind", words=lambda: dict(SOCIETIES),
)  # fmt: skip
