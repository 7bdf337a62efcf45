from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "jieyou.interfaces.api"
    label = "api"

    def ready(self) -> None:
        from jieyou.interfaces.api import known

        known.connect()
