from django.apps import AppConfig


class BackfillConfig(AppConfig):
    name = "jieyou.commons.backfill"
    label = "backfill"
