from django.apps import AppConfig


class IndicatorConfig(AppConfig):
    name = "jieyou.kernel.indicator"
    label = "indicator"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from jieyou.kernel.indicator import cells, declared, targets, watching
        from jieyou.kernel.loop.signals import ticked

        declared.indicators()  # what they watch is known before the triggers are put on
        post_migrate.connect(targets.seed, sender=self, dispatch_uid="indicator.targets")
        post_migrate.connect(watching.ensure, dispatch_uid="indicator.watching")
        ticked.connect(cells.on_ticked, dispatch_uid="indicator.cells")
