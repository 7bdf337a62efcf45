from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "jieyou.mechanisms.proposals"
    verbose_name = "人民建议"

    def ready(self) -> None:
        from jieyou.mechanisms.proposals import following

        following.connect()
