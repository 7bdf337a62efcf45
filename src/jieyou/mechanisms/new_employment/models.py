"""社区报到: one row a person and community."""

from __future__ import annotations

from django.db import models

from jieyou.commons.directory.models import Person
from jieyou.kernel.register.models import Row, narrowing

TRADES = (
    ("rider", "外卖配送员"), ("courier", "快递员"), ("driver", "网约车司机"), ("trucker", "货车司机"), ("other", "其他"),
)  # fmt: skip
CHANNELS = (("desk", "到社区登记"), ("visit", "上门登记"), ("company", "企业、站点集中登记"))


class Worker(Row):
    """Somebody of the new trades who reported to a community (``place``). It counts once the community has checked it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="从业人员")
    trade = models.CharField("职业", max_length=10, choices=TRADES)
    company = models.CharField("平台、企业或站点", max_length=60, blank=True)
    reported_on = models.DateField("报到日期")
    channel = models.CharField("报到方式", max_length=10, choices=CHANNELS)
    willing = models.CharField("愿意参加", max_length=120, blank=True)
    agreed = models.BooleanField("本人同意登记这些信息")
    checked_on = models.DateField("社区核实日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "新就业群体报到"
        indexes = [
            *narrowing("trade", "channel"),
            models.Index(fields=["person", "reported_on"], name="worker_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}，{self.get_trade_display()}"
