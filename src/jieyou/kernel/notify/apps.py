from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "jieyou.kernel.notify"
    label = "notify"

    def ready(self) -> None:
        from jieyou.kernel.loop.signals import advanced, ran_out
        from jieyou.kernel.notify import outbox

        advanced.connect(outbox.on_advanced, dispatch_uid="notify.advanced")
        ran_out.connect(outbox.on_ran_out, dispatch_uid="notify.ran_out")
