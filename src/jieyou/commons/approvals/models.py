"""Facts of an approval, and the chains as rows that a city can change."""

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger import tracked
from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Account
from jieyou.kernel.places.models import Place

PAPERS = [
    ("minutes", "会议纪要"), ("agenda", "会议议题"), ("plan", "协商方案"), ("decision", "研判意见"), ("strike", "销号审批表"),
    ("raise", "提请市级的报告"), ("step", "线下签批"),
    ("off_list", "清单外交办"), ("supervision_letter", "督办函"), ("interview", "约谈提请"), ("bulletin", "通报提请"),
]  # fmt: skip


class ApprovalChain(models.Model):
    """签批链: which roles sign a kind of paper, in order (comma-separated), at a place and below."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    paper = models.CharField(max_length=40, choices=PAPERS)
    roles = models.CharField(max_length=200)
    basis = models.CharField(max_length=120)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)


class Approval(models.Model):
    """签批的要素. ``step`` counts from 0 along ``roles``; ``signed_by/on`` are the last signature's.

    Of a leader's step that was made on paper (kind ``step``): ``transition`` of the parent with its ``answers`` as typed, made
    in the name of ``signer`` when a second person has checked the scan.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    paper = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    roles = models.JSONField(default=list)
    step = models.PositiveSmallIntegerField(default=0)
    signed_by = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    offline = models.BooleanField(default=False)
    transition = models.CharField(max_length=40, blank=True)
    answers = models.JSONField(default=dict)
    signer = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")


tracked.track(ApprovalChain, ["paper", "roles", "basis", "place", "since", "until"])
