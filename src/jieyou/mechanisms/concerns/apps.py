from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "jieyou.mechanisms.concerns"
    label = "concerns"
