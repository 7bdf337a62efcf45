from django.apps import AppConfig


class NewEmploymentConfig(AppConfig):
    name = "jieyou.mechanisms.new_employment"
    label = "new_employment"
    verbose_name = "新就业群体"
