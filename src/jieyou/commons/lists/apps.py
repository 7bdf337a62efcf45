from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "jieyou.commons.lists"
    label = "lists"

    def ready(self) -> None:
        from jieyou.commons.lists import checks
        from jieyou.kernel.loop.signals import advanced

        advanced.connect(checks.on_advanced, dispatch_uid="lists.checks")
