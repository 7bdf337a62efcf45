"""Reports, their categories, and batches of them that came in from a workbook."""

from __future__ import annotations

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Account
from jieyou.kernel.places.models import Place
from jieyou.kernel.privacy.sealing import SealedTextField

SOURCES = [
    ("phone_page", "群众反映"), ("hotline", "12345"), ("petition", "信访"), ("suggestion", "人民建议"), ("grid", "网格"),
    ("deputies", "两代表一委员"), ("leader", "领导批示"), ("assigned", "上级交办"), ("inspection", "巡察督查移交"),
    ("bureau", "部门自报"), ("media", "媒体网民留言"), ("new_employment", "新就业群体"), ("visit", "走访"),
    ("county", "县区上报"), ("import", "导入台账"), ("on_behalf", "来访代录"),
]  # fmt: skip
RATINGS = [("good", "满意"), ("fair", "基本满意"), ("bad", "不满意")]


class Category(models.Model):
    """类别: editable rows; ``icon`` for the phone page, ``position`` for order."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=40)
    icon = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    on_phone = models.BooleanField(default=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.title


class Channel(models.Model):
    """来件渠道: what holds of a source of ``SOURCES``. Editable rows.

    ``citywide``: its numbers are one series for the whole city (the national number of 12345); else each office has its
    own. ``answers``: whoever sent it is fed back at the end, unless the report says otherwise.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, choices=SOURCES, unique=True)
    citywide = models.BooleanField("编号全市统一", default=False)
    answers = models.BooleanField("办结后须反馈", default=False)
    basis = models.CharField("依据", max_length=120)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return next((words for code, words in SOURCES if code == self.code), self.code)


class Batch(models.Model):
    """一批导入: an import is itself a case (its events say who, what, and what was taken back).

    ``differing``: rows whose number we have with other words; ``takes_differing``: a person has said that they come in.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    filename = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    differing = models.PositiveIntegerField(default=0)
    takes_differing = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    returned_file = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True)


class Report(models.Model):
    """反映件. ``words`` is masked text; the words as told, name and telephone are sealed and each look is logged.

    ``secret`` is the keyed digest of the query secret that only the reporter holds. ``first_case`` is where the report came
    in; ``case`` where it is handled now (joined reports move). ``told_at`` as told, may be unknown; ``registered_at`` ours.

    Of what another office sent (来件): its system or name, its number (``scope``: the office whose own series it is, ""
    where the series is the city's), when it came, by when it wants it done, a leader's instruction (masked; the words as
    written sealed where they differ) with its date, whether the source is fed back. ``same_as``: the published matter that
    the reporter says he means as well (我也一样); a person confirms it by joining.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="reports")
    first_case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    where = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200)
    words = models.TextField()
    told_words = SealedTextField("反映原文", blank=True)
    name = SealedTextField("反映人姓名", blank=True)
    phone = SealedTextField("电话", blank=True)
    name_blind = models.CharField(max_length=64, blank=True, db_index=True)
    phone_blind = models.CharField(max_length=64, blank=True, db_index=True)
    secret = models.CharField(max_length=64, unique=True, null=True)
    client_key = models.CharField(max_length=64, unique=True, null=True)
    source = models.CharField(max_length=20, choices=SOURCES)
    source_no = models.CharField(max_length=80, blank=True)
    source_name = models.CharField(max_length=80, blank=True)
    scope = models.CharField(max_length=32, blank=True)
    received_at = models.DateTimeField(null=True)
    source_due = models.DateField(null=True)
    instruction = models.TextField(blank=True)
    instruction_told = SealedTextField("批示原文", blank=True)
    instruction_due = models.DateField(null=True)
    must_answer = models.BooleanField(default=False)
    same_as = models.UUIDField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    category = models.CharField(max_length=40, blank=True)
    category_told = models.CharField(max_length=60, blank=True)
    told_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField()
    accused = models.BooleanField(default=False)
    accused_words = SealedTextField("被反映的单位或干部", blank=True)
    harm = models.BooleanField(default=False)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="reports")
    withdrawn_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    rating = models.CharField(max_length=10, choices=RATINGS, blank=True)
    rating_words = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "registered_at"], name="report_case"),
            models.Index(fields=["source", "source_no"], name="report_source_no"),
            models.Index(fields=["fingerprint"], name="report_fingerprint"),
            models.Index(fields=["batch", "case"], name="report_batch"),
        ]

    def __str__(self) -> str:
        return self.title


class Supplement(models.Model):
    """补充: what the reporter added later, by the query secret."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="supplements")
    words = models.TextField()
    told_words = SealedTextField("补充原文", blank=True)
    at = models.DateTimeField()


class CallBack(models.Model):
    """回访: one try to reach one reporter."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="callbacks")
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    method = models.CharField(max_length=10)
    result = models.CharField(max_length=12)
    words = models.TextField(blank=True)


tracked.track(Channel, ["code", "citywide", "answers", "basis"])
tracked.track(Category, ["code", "title", "icon", "position", "on_phone", "until"])
