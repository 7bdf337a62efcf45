from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TriageConfig(AppConfig):
    name = "jieyou.commons.triage"
    verbose_name = "研判建议"
    label = "triage"

    def ready(self) -> None:
        from jieyou.commons.triage import arriving, choosing, seeds
        from jieyou.kernel.loop.signals import advanced, ticked

        post_migrate.connect(seeds.seed, sender=self, dispatch_uid="triage.seeds")
        advanced.connect(choosing.on_advanced, dispatch_uid="triage.choosing")
        advanced.connect(arriving.on_advanced, dispatch_uid="triage.arriving")
        ticked.connect(arriving.on_ticked, dispatch_uid="triage.ticked")
