from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "jieyou.interfaces.web"
    label = "web"
