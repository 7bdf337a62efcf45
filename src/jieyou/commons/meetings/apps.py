from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "jieyou.commons.meetings"
    label = "meetings"
