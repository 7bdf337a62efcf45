from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "jieyou.mechanisms.petitions"
    verbose_name = "信访"
    label = "petitions"

    def ready(self) -> None:
        from jieyou.kernel.loop.signals import advanced
        from jieyou.mechanisms.petitions import arriving

        advanced.connect(arriving.on_advanced, dispatch_uid="petitions.arriving")
