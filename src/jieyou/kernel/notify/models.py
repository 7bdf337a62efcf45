"""The outbox."""

from django.db import models
from django.db.models import Q

from jieyou.kernel.ids import uuid7
from jieyou.kernel.people.models import Account


class Delivery(models.Model):
    """通知: one message to one person (or one reporter, ``contact``) by one channel.

    ``key`` makes it exactly one: event (or clock), recipient, channel. ``title`` and ``words`` never hold what a resident
    said; outside channels say only the number and “请登录查看”. ``done_at``: handed to the channel; ``seen_at``: read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=160, unique=True)
    event_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="deliveries")
    contact = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=20)
    urgent = models.BooleanField(default=False)
    title = models.CharField(max_length=120)
    words = models.CharField(max_length=300)
    number = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try"], name="delivery_waiting", condition=Q(done_at=None)),
            models.Index(fields=["account", "-at"], name="delivery_account", condition=Q(channel="in_app")),
            models.Index(
                fields=["account"], name="delivery_unseen", condition=Q(channel="in_app", seen_at=None)
            ),
        ]
