"""Two tables for the stories: a register of signposts and a table of links that another app plugged in."""

from typing import ClassVar

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.ledger.models import Chained


class Signpost(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=40)
    height = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    since = models.DateField(null=True)
    seen_at = models.DateTimeField(null=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True)
    painted = models.BooleanField(default=False)

    class Meta:
        app_label = "ledger_tests"
        db_table = "ledger_tests_signpost"


class Step(Chained):
    in_body: ClassVar[dict[str, str]] = {"transition": "transition", "signpost_id": "signpost"}

    transition = models.CharField(max_length=40)
    signpost = models.ForeignKey(Signpost, models.PROTECT, null=True)

    class Meta(Chained.Meta):
        app_label = "ledger_tests"
        db_table = "ledger_tests_step"
