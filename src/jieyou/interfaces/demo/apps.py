from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "jieyou.interfaces.demo"
    label = "demo"
