from typing import Any

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "jieyou.commons.reports"
    label = "reports"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from jieyou.commons.reports import harm, seeds, signals, telling
        from jieyou.commons.reports.models import Category
        from jieyou.kernel.loop import options
        from jieyou.kernel.statements import kept

        signals.alarmed.connect(harm.on_alarmed, dispatch_uid="reports.alarmed")
        post_migrate.connect(seeds.seed, sender=self, dispatch_uid="reports.seeds")
        post_migrate.connect(telling.after_migrate, sender=self, dispatch_uid="reports.telling")

        @options.provide("category")
        @kept
        def categories() -> Any:
            return Category.objects.filter(until=None).values_list("code", "title")
