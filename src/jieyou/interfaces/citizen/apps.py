from django.apps import AppConfig


class CitizenConfig(AppConfig):
    name = "jieyou.interfaces.citizen"
    label = "citizen"
