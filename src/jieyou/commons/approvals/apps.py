from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "jieyou.commons.approvals"
    label = "approvals"
