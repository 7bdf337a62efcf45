"""People, organisations, and what an organisation's operating status was on which day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.privacy.sealing import SealedTextField
from jieyou.kernel.register.models import HERE, Row, narrowing

ENTERPRISES = (("enterprise", "非公企业"), ("individual", "个体工商户"), ("cooperative", "农民专业合作社"))
SOCIETIES = (("society", "社会团体"), ("service", "社会服务机构（民办非企业单位）"), ("foundation", "基金会"))
KINDS = (*ENTERPRISES, *SOCIETIES, ("other", "其他"))
OPERATING = "operating"
STATUSES = (
    (OPERATING, "正常运营"), ("paused", "停业、歇业"), ("closed", "注销"), ("revoked", "吊销、撤销登记"), ("lost", "查无下落"),
)  # fmt: skip


class Person(models.Model):
    """自然人, once. Everything about him is sealed; ``shown`` and ``phone_shown`` are what a list may show, the blind indexes
    find him again. He has no page of his own: who may see him is who may see a row that names him."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = SealedTextField("姓名")
    phone = SealedTextField("电话", blank=True)
    id_no = SealedTextField("证件号码", blank=True)
    shown = models.CharField(max_length=40)
    phone_shown = models.CharField(max_length=20, blank=True)
    name_blind = models.CharField(max_length=64)
    phone_blind = models.CharField(max_length=64, blank=True)
    id_blind = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "自然人"
        constraints = (
            models.UniqueConstraint(fields=["id_blind"], condition=~Q(id_blind=""), name="person_once"),
        )
        indexes = (
            models.Index(fields=["phone_blind", "name_blind"], name="person_phone_name"),
            models.Index(fields=["name_blind"], name="person_name"),
        )

    def __str__(self) -> str:
        return self.shown


class Organisation(Row):
    """两新组织: an enterprise or a social organisation, once. ``status``: how it stands now; the days before: `Standing`."""

    name = models.CharField("名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    kind = models.CharField("类型", max_length=12, choices=KINDS)
    industry = models.CharField("行业", max_length=40, blank=True)
    address = models.CharField("住所", max_length=200, blank=True)
    status = models.CharField("运营状态", max_length=10, choices=STATUSES)
    status_since = models.DateField("状态从哪天起")
    status_source = models.CharField("状态来源", max_length=120)
    people = models.PositiveIntegerField("从业人数", null=True, blank=True)
    contact = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="负责人"
    )
    note = models.TextField("备注", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "两新组织"
        indexes = narrowing("kind", "status")
        constraints = (
            models.UniqueConstraint(fields=["uscc"], condition=HERE & ~Q(uscc=""), name="organisation_once"),
        )

    def __str__(self) -> str:
        return self.name


class Standing(models.Model):
    """运营状态: of one organisation on the days ``since <= day < until``; the last one is open and is what its row says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="standings")
    status = models.CharField("状态", max_length=10, choices=STATUSES)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    source = models.CharField("来源", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "运营状态"
        ordering = ("since", "id")
        indexes = (models.Index(fields=["status", "since"], name="standing_status_since"),)

    def __str__(self) -> str:
        return self.get_status_display()


tracked.track(Person, ["shown", "phone_shown", "name_blind", "phone_blind", "id_blind"])
tracked.track(Standing, ["organisation", "status", "since", "until", "source"])
