from importlib import import_module

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "jieyou.commons.changes"
    label = "changes"

    def ready(self) -> None:
        for name in ("calendars", "handing"):  # they say what taking back a change of theirs means
            import_module(f"{self.name}.{name}")
