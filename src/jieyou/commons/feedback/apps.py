from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "jieyou.commons.feedback"
    label = "feedback"

    def ready(self) -> None:
        from jieyou.commons.feedback import owing
        from jieyou.kernel.loop.signals import advanced

        advanced.connect(owing.on_advanced, dispatch_uid="feedback.owing")
