from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "jieyou.commons.assignments"
    label = "assignments"
