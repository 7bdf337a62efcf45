from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "jieyou.commons.papers"
    label = "papers"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from jieyou.commons.papers import follow, registry, seeds
        from jieyou.kernel.loop import drafts

        drafts.provide(registry.known)
        follow.connect()
        post_migrate.connect(seeds.seed, sender=self, dispatch_uid="papers.seeds")
