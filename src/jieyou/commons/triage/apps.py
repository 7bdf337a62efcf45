from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "jieyou.commons.triage"
    label = "triage"
