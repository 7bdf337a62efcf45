from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TriageConfig(AppConfig):
    name = "jieyou.commons.triage"
    label = "triage"

    def ready(self) -> None:
        from jieyou.commons.triage import choosing, seeds
        from jieyou.kernel.loop.signals import advanced

        post_migrate.connect(seeds.seed, sender=self, dispatch_uid="triage.seeds")
        advanced.connect(choosing.on_advanced, dispatch_uid="triage.choosing")
