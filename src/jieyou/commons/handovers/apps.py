from django.apps import AppConfig


class HandoversConfig(AppConfig):
    name = "jieyou.commons.handovers"
    label = "handovers"
