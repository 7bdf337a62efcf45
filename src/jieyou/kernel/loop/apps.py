from django.apps import AppConfig


class LoopConfig(AppConfig):
    name = "jieyou.kernel.loop"
    label = "loop"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from jieyou.kernel.ledger.registry import extra
        from jieyou.kernel.loop import audit, registry, seeds, upkeep, words

        registry.discover()
        upkeep.connect()
        words.connect()
        post_migrate.connect(seeds.seed, sender=self, dispatch_uid="loop.seeds")
        extra(audit.broken_cases)
