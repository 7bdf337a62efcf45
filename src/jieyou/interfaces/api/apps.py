from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "jieyou.interfaces.api"
    label = "api"
