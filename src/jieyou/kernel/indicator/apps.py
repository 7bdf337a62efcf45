from django.apps import AppConfig


class IndicatorConfig(AppConfig):
    name = "jieyou.kernel.indicator"
    label = "indicator"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from jieyou.kernel.indicator import targets

        post_migrate.connect(targets.seed, sender=self, dispatch_uid="indicator.targets")
