from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "jieyou.mechanisms.concerns"
    verbose_name = "周“解忧”"
    label = "concerns"
