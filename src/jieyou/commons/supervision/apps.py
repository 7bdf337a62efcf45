from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "jieyou.commons.supervision"
    label = "supervision"

    def ready(self) -> None:
        from jieyou.commons.supervision import watch
        from jieyou.kernel.loop.signals import advanced, ticked

        ticked.connect(watch.on_ticked, dispatch_uid="supervision.ticked")
        advanced.connect(watch.on_advanced, dispatch_uid="supervision.advanced")
