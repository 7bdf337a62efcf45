"""What a person keeps of a list for himself: filters under a name, and the columns he wants to see."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jieyou.kernel.ids import uuid7


class Habit(models.Model):
    """常用筛选 (``kind`` view: a name and the list's query string) or 显示的列 (``kind`` columns: their keys with spaces).

    ``removed_at``: taken away, and can be brought back until the next one is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    loop = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=[("view", "常用筛选"), ("columns", "显示的列")])
    name = models.CharField("名称", max_length=20, blank=True)
    words = models.CharField(max_length=1000)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "loop", "kind", "name"], name="web_habit_once")
        ]
