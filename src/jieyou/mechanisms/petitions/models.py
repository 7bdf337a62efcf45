"""Facts of a petition, of a suggestion to another office, of the leaders' rota, of a rule document; who keeps petitions where."""

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.models import Place

MEDIATED = [("success", "调解成功"), ("failed", "调解不成"), ("stopped", "终止")]
FORMS = [("sitting", "坐班接访"), ("going", "下访"), ("invited", "约访")]
DOMAINS = [
    ("prevent", "预防法治化"), ("accept", "受理法治化"), ("handle", "办理法治化"), ("supervise", "监督追责法治化"),
    ("order", "维护秩序法治化"),
]  # fmt: skip


class PetitionOffice(models.Model):
    """信访登记单位: which unit keeps the petitions of a place. Where there is no row the 社会工作部 keeps them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.OneToOneField(Place, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.unit.name


class Petition(models.Model):
    """信访事项的要素 (信访工作条例第十九条 and after). Names and telephones are the report's, sealed."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    # 登记
    source = models.CharField(max_length=20, blank=True)
    harm = models.BooleanField(default=False)
    received_on = models.DateField(null=True)
    channel = models.CharField(max_length=12, blank=True)
    via = models.CharField(max_length=60, blank=True)
    external_no = models.CharField(max_length=60, blank=True, db_index=True)
    purpose = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=40, blank=True, db_index=True)
    request = models.TextField(blank=True)
    told_facts = models.TextField(blank=True)
    told_reasons = models.TextField(blank=True)
    people = models.PositiveIntegerField(default=1)
    representatives = models.PositiveSmallIntegerField(null=True)
    first = models.CharField(max_length=8, blank=True)
    repeats = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    urgency = models.CharField(max_length=12, blank=True)
    origin = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    # 转送、交办、异议
    handler = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    feedback_due = models.JSONField(null=True)
    objection = models.CharField(max_length=12, blank=True)
    objection_ground = models.TextField(blank=True)
    instead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    # 受理、办理
    route = models.CharField(max_length=20, blank=True)  # blank: the petition procedure itself
    accepted_on = models.DateField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    days_reason = models.TextField(blank=True)
    hearing = models.BooleanField(default=False)
    hearing_record = models.TextField(blank=True)
    result = models.CharField(max_length=12, blank=True)
    findings = models.TextField(blank=True)
    opinion = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    adopted = models.CharField(max_length=12, blank=True)
    reply = models.TextField(blank=True)
    ground = models.CharField(max_length=20, blank=True)
    deliver_how = models.CharField(max_length=12, blank=True)
    delivered_on = models.DateField(null=True)
    # 复查、复核
    review_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    review_name = models.CharField(max_length=80, blank=True)
    review_asked_on = models.DateField(null=True)
    review_result = models.CharField(max_length=12, blank=True)
    review_findings = models.TextField(blank=True)
    review_opinion = models.TextField(blank=True)
    review_delivered_on = models.DateField(null=True)
    recheck_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    recheck_name = models.CharField(max_length=80, blank=True)
    recheck_asked_on = models.DateField(null=True)
    recheck_result = models.CharField(max_length=12, blank=True)
    recheck_findings = models.TextField(blank=True)
    recheck_opinion = models.TextField(blank=True)
    recheck_delivered_on = models.DateField(null=True)
    # 评价、包案
    satisfied = models.CharField(max_length=12, blank=True)
    office_satisfied = models.CharField(max_length=12, blank=True)
    sponsor = models.CharField(max_length=60, blank=True)
    sponsored_till = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["accepted_on"], name="petition_accepted")]


class PetitionMediation(models.Model):
    """访调结合: one round of mediation of a petition. ``document``: the agreement that came of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="mediations")
    round = models.PositiveSmallIntegerField()
    started_on = models.DateField(null=True)
    ended_on = models.DateField(db_index=True)
    result = models.CharField(max_length=12, choices=MEDIATED)
    document = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "round"], name="petition_mediation_round")]


class PetitionAdvice(models.Model):
    """三项建议 (条例第四十条): what was found, what is advised, what the office that got it answers in writing."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    advice = models.CharField(max_length=12)
    found = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    to = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    adoption = models.CharField(max_length=12, blank=True)
    answer = models.TextField(blank=True)


class Rota(models.Model):
    """接访安排: the days of one period. ``days`` as planned; each day is a row of :class:`RotaDay` from publication on."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    days = models.JSONField(default=list)
    published_on = models.DateField(null=True)


class RotaDay(models.Model):
    """One leader on one day: who, where, how; who stood in and why; how many came (批 and 人次 are two counts)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rota = models.ForeignKey(Rota, models.PROTECT, related_name="rows")
    day = models.DateField(db_index=True)
    half = models.CharField(max_length=8, default="day")
    leader = models.CharField(max_length=40)
    post = models.CharField(max_length=60)
    portfolio = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=80)
    form = models.CharField(max_length=10, choices=FORMS)
    substitute = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    absent = models.BooleanField(default=False)
    received = models.BooleanField(default=False)
    batches = models.PositiveIntegerField(default=0)
    visitors = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["day", "half", "leader"]
        constraints = [
            models.UniqueConstraint(fields=["rota", "day", "half", "leader"], name="rota_day_once")
        ]


class PetitionRule(models.Model):
    """信访法治化实施办法: one edition of one rule document."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    domain = models.CharField(max_length=12)
    version = models.CharField(max_length=20)
    paper_no = models.CharField(max_length=60, blank=True)
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)


tracked.track(PetitionOffice, ["place", "unit", "basis"])
