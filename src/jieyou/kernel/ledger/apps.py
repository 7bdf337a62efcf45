from django.apps import AppConfig
from django.db.models.signals import post_migrate

from jieyou.kernel.ledger import triggers


class LedgerConfig(AppConfig):
    name = "jieyou.kernel.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(triggers.after_migrate, sender=self)
