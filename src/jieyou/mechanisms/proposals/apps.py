from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "jieyou.mechanisms.proposals"
    verbose_name = "人民建议"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from jieyou.mechanisms.proposals import following, grades

        following.connect()
        grades.connect()
        post_migrate.connect(grades.seed, sender=self, dispatch_uid="proposals.seeds")
