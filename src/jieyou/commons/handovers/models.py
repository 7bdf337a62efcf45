"""Facts of a hand-over."""

from django.db import models

from jieyou.kernel.loop.models import Case
from jieyou.kernel.people.models import Unit

#: Doors to which a matter may go. ``Case.kind`` of a hand-over is one of these.
DOORS = [
    ("hotline", "12345"), ("petition", "信访"), ("mediation", "人民调解"), ("suggestion", "人民建议征集"),
    ("government", "政府常务会议"),
]  # fmt: skip


class Handover(models.Model):
    """转出件的要素. ``origin`` is the matter that it came from: its parent, or (a suggestion drawn from a matter that is
    solved) one that has ended already; both pages link to each other."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    origin = models.ForeignKey(Case, models.PROTECT, related_name="handed_over")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)
    their_no = models.CharField(max_length=80, blank=True)
    received_on = models.DateField(null=True)
    result = models.TextField(blank=True)
    document = models.CharField(max_length=200, blank=True)
