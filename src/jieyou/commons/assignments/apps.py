from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "jieyou.commons.assignments"
    verbose_name = "交办任务"
    label = "assignments"
