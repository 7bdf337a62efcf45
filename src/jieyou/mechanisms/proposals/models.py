"""Facts of a proposal and of a solicited topic, what came of a proposal, who keeps the proposals of a place."""

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Unit
from jieyou.kernel.places.models import Place

ADOPTED = [("adopted", "采纳"), ("partly", "部分采纳")]
NOT_ADOPTED = [("reference", "留作参考"), ("declined", "不采纳")]
CONVERTED = [
    ("document", "文件"), ("rule", "制度"), ("project", "项目"), ("jieyou", "解忧事项"), ("other", "其他措施"),
]  # fmt: skip


class ProposalOffice(models.Model):
    """人民建议征集办公室: which unit keeps the proposals of a place. Where there is no row the 社会工作部 keeps them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.OneToOneField(Place, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.unit.name


class AwardGrade(models.Model):
    """奖励等次: an editable row; a proposal keeps its words, so that an old award is never renamed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=30, unique=True)
    title = models.CharField("名称", max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField("依据", max_length=120)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.title


class ProposalTopic(models.Model):
    """征集议题 (集中征集): what is asked of the public, until when, and what became of the answers. Its words are public
    from ``published_on`` on."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    words = models.TextField()
    contact = models.CharField(max_length=120, blank=True)
    ends = models.JSONField(null=True)
    published_on = models.DateField(null=True)
    result = models.TextField(blank=True)
    result_on = models.DateField(null=True)


class Proposal(models.Model):
    """人民建议的要素. What a resident wrote is his report's, masked; ``suggestion`` is what came without one (a letter written
    down by the office, a hand-over). ``origin``: the hand-over that it came by; ``matter``: the 解忧 item that it became."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    source = models.CharField(max_length=20, blank=True)
    harm = models.BooleanField(default=False)
    topic = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    origin = models.ForeignKey(Case, models.PROTECT, null=True, related_name="proposals")
    category = models.CharField(max_length=40, blank=True, db_index=True)
    suggestion = models.TextField(blank=True)
    suggester = models.CharField(max_length=60, blank=True)
    original = models.BooleanField(default=False)
    named = models.BooleanField(default=False)
    judged = models.TextField(blank=True)
    handler = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    advised = models.CharField(max_length=12, blank=True)
    opinion = models.TextField(blank=True)
    benefit = models.TextField(blank=True)
    adoption = models.CharField(max_length=12, blank=True)
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True)
    matter = models.ForeignKey(Case, models.PROTECT, null=True, related_name="proposed")
    satisfied = models.CharField(max_length=12, blank=True)
    grade = models.CharField(max_length=40, blank=True)
    awardee = models.CharField(max_length=40, blank=True)
    award_why = models.TextField(blank=True)
    award_basis = models.CharField(max_length=120, blank=True)
    noticed_on = models.DateField(null=True)
    awarded_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["awarded_on"], name="proposal_awarded")]


class ProposalResult(models.Model):
    """转化成果: one document, rule, project or item that came of a proposal."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="results")
    kind = models.CharField(max_length=12, choices=CONVERTED)
    name = models.CharField(max_length=120)
    on = models.DateField(db_index=True)
    effect = models.TextField(blank=True)
    matter = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")


tracked.track(AwardGrade, ["code", "title", "position", "basis", "until"])
tracked.track(ProposalOffice, ["place", "unit", "basis"])
