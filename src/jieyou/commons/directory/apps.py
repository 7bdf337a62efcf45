from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "jieyou.commons.directory"
    label = "directory"
    verbose_name = "名录"
