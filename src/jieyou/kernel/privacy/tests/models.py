"""A table with sealed columns for the stories."""

from django.db import models

from jieyou.kernel.ids import uuid7
from jieyou.kernel.privacy.sealing import SealedTextField


class Slip(models.Model):
    """``words`` was once called ``text``."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    title = models.CharField(max_length=40, blank=True)
    phone = SealedTextField("联系电话")
    words = SealedTextField("原话", about="privacy_tests.slip.text")

    class Meta:
        app_label = "privacy_tests"
        db_table = "privacy_tests_slip"
