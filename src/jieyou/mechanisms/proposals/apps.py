from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "jieyou.mechanisms.proposals"
    label = "proposals"

    def ready(self) -> None:
        from jieyou.mechanisms.proposals import following

        following.connect()
