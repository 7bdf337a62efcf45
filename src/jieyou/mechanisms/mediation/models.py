"""Bodies and people of the menu, the parties of a dispute, and what a mediation holds (domain report §3)."""

from __future__ import annotations

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Account, Unit
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy.sealing import SealedTextField

BODIES = [
    ("committee", "人民调解委员会"), ("alliance", "调解联盟"), ("studio", "个人调解工作室"), ("pool", "专家库"),
]  # fmt: skip
LISTS = [
    ("dispute", "纠纷类型"),
    ("role", "公共身份"),
    ("pool", "专家库类别"),
    ("file", "卷宗材料"),
    ("force", "社会力量"),
]


class Term(models.Model):
    """One line of an editable list: types of dispute, public roles, kinds of experts, pieces of the file.

    ``required``: a piece that every file must have (必); ``barred``: a type of dispute whose agreement no court confirms.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("清单", max_length=10, choices=LISTS)
    code = models.CharField("代码", max_length=30)
    title = models.CharField("名称", max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    required = models.BooleanField("必备", default=False)
    barred = models.BooleanField("不能司法确认", default=False)
    basis = models.CharField("依据", max_length=120)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="mediation_term_code")]

    def __str__(self) -> str:
        return self.title


class Body(models.Model):
    """调解组织. A committee has a unit (its desk); alliance, studio and pool have members only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("类别", max_length=10, choices=BODIES)
    name = models.CharField("名称", max_length=80)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    unit = models.OneToOneField(Unit, models.PROTECT, null=True, related_name="mediation_body")
    named_by = models.CharField("命名或设立机关", max_length=80, blank=True)
    since = models.DateField("成立日期", null=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class Mediator(models.Model):
    """One person of the menu. ``engaged``: a 人民调解员 (member of the committee or engaged by it, 人民调解法第十三条); everybody
    else is a 说事人, who takes part by invitation (第二十条) and whose word alone makes no agreement. No score, no rank."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField("姓名", max_length=40)
    committee = models.ForeignKey(Body, models.PROTECT, related_name="people")
    alliance = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="members")
    account = models.OneToOneField(Account, models.PROTECT, null=True, blank=True, related_name="+")
    engaged = models.BooleanField("人民调解员", default=False)
    role = models.CharField("公共身份", max_length=30, blank=True)
    pool = models.CharField("专家库类别", max_length=30, blank=True)
    specialities = models.CharField("擅长", max_length=120, blank=True)
    languages = models.CharField("语言", max_length=60, blank=True)
    words = models.CharField("自我介绍", max_length=200, blank=True)
    photo = models.UUIDField("照片", null=True, blank=True)
    published = models.BooleanField("公布", default=True)
    since = models.DateField("聘任日期", null=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["committee", "until"], name="mediator_committee")]

    def __str__(self) -> str:
        return self.name


class Visit(models.Model):
    """说事人下村轮值: who is in which village on which day. ``state``: planned, done, off (with the reason in ``words``)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="visits")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    day = models.DateField("日期", db_index=True)
    state = models.CharField(max_length=10, default="planned")
    words = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        ordering = ["day", "place"]


class Recognition(models.Model):
    """典型案例、表彰: what a body was recognised for, at which level, by which document."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="recognitions")
    title = models.CharField("称号", max_length=80)
    level = models.CharField(
        "层级", max_length=10, choices=[("national", "全国"), ("province", "省级"), ("city", "市级")]
    )
    on = models.DateField("日期", null=True)
    basis = models.CharField("依据", max_length=120)


class Party(models.Model):
    """当事人. Name, telephone and identity number are sealed; ``secret`` is the digest of his own query number.

    ``side``: a, b, c …; what he has said and signed stands in the mediation's ``sides`` (and so in the record's digest).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    side = models.CharField(max_length=1)
    name = SealedTextField("姓名", blank=True)
    phone = SealedTextField("电话", blank=True)
    id_no = SealedTextField("公民身份号码", blank=True)
    address = SealedTextField("住址", blank=True)
    phone_blind = models.CharField(max_length=64, blank=True, db_index=True)
    shown = models.CharField("称呼", max_length=20)
    secret = models.CharField(max_length=64, unique=True, null=True)

    class Meta:
        ordering = ["side"]
        constraints = [models.UniqueConstraint(fields=["case", "side"], name="mediation_party_side")]


class Mediation(models.Model):
    """调解案件的要素. ``sides``: by party letter what each has done, ``{"a": {"party", "consent", "choice", "agrees",
    "signed"}}``; ``pieces``: what of the file is there (``have``) or not needed (``none``)."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    source = models.CharField(max_length=10, blank=True)
    origin = models.ForeignKey(Case, models.PROTECT, null=True, related_name="mediations")
    category = models.CharField(max_length=30, blank=True, db_index=True)
    summary = models.TextField(blank=True)
    sides = models.JSONField(default=dict)
    choice = models.CharField(max_length=80, blank=True)
    mediator = models.CharField(max_length=32, blank=True, db_index=True)
    invited = models.CharField(max_length=80, blank=True)
    alliance = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    identity = models.BooleanField(default=False)
    people = models.PositiveIntegerField(null=True)
    risk = models.TextField(blank=True)
    form = models.CharField(max_length=10, blank=True)
    facts = models.TextField(blank=True)
    liability = models.TextField(blank=True)
    terms = models.TextField(blank=True)
    how = models.TextField(blank=True)
    perform_by = models.JSONField(null=True)
    amount = models.PositiveIntegerField(null=True)
    mediator_signed = models.CharField(max_length=32, blank=True)
    sealed_on = models.CharField(max_length=32, blank=True)
    effective_at = models.DateTimeField(null=True)
    agreement_no = models.CharField(max_length=60, blank=True)
    result = models.CharField(max_length=10, blank=True, db_index=True)
    ended_on = models.DateField(null=True, db_index=True)
    ways = models.TextField(blank=True)
    applied_on = models.DateField(null=True)
    court = models.CharField(max_length=80, blank=True)
    confirmed = models.CharField(max_length=10, blank=True)
    performed = models.CharField(max_length=10, blank=True)
    satisfied = models.CharField(max_length=10, blank=True)
    pieces = models.JSONField(default=dict)


tracked.track(Term, ["kind", "code", "title", "position", "required", "barred", "basis", "until"])
tracked.track(Body, ["kind", "name", "place", "unit", "named_by", "since", "until"])
tracked.track(
    Mediator,
    ["name", "committee", "alliance", "account", "engaged", "role", "pool", "specialities", "languages", "words", "photo",
     "published", "since", "until"],
)  # fmt: skip
tracked.track(Visit, ["mediator", "place", "day", "state", "words"])
tracked.track(Recognition, ["body", "title", "level", "on", "basis"])
