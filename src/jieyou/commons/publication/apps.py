from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "jieyou.commons.publication"
    label = "publication"

    def ready(self) -> None:
        from jieyou.commons.publication import keeping
        from jieyou.kernel.loop.signals import advanced

        advanced.connect(keeping.on_advanced, dispatch_uid="publication.keeping")
