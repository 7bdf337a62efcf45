from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "jieyou.commons.sheets"
    label = "sheets"
    verbose_name = "台账的表格"
