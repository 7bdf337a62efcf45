from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "jieyou.kernel.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from jieyou.kernel.register import following, registry

        registry.discover()
        following.connect()
