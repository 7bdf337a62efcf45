from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "jieyou.mechanisms.mediation"
    verbose_name = "人民调解"
    label = "mediation"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from jieyou.mechanisms.mediation import following, lists

        lists.connect()
        following.connect()
        post_migrate.connect(lists.seed, sender=self, dispatch_uid="mediation.seeds")
