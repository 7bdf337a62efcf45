from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "jieyou.commons.approvals"
    label = "approvals"

    def ready(self) -> None:
        from jieyou.commons.approvals import onpaper
        from jieyou.kernel.loop.signals import advanced

        advanced.connect(onpaper.made, dispatch_uid="approvals.onpaper")
