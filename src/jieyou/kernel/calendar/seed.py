"""Puts the packaged notices into an empty calendar; called by the migration, with the models of its day."""

from django.apps.registry import Apps
from django.db import transaction

from jieyou.kernel.calendar import packaged
from jieyou.kernel.ids import uuid7


def plant(apps: Apps, using: str = "default") -> None:
    """Does nothing when there is a notice already; later years come by ``store.catch_up``."""
    notice_rows = apps.get_model("calendar", "Notice")._base_manager.using(using)
    day_model = apps.get_model("calendar", "Day")
    if notice_rows.exists():
        return
    with transaction.atomic(using=using):
        for given in packaged.notices():
            notice = notice_rows.create(
                year=given.year,
                number=given.number,
                title=given.title,
                published_on=given.published_on,
                source=given.source,
                note="" if given.number else "文号待核",
            )
            day_model._base_manager.using(using).bulk_create(
                day_model(notice=notice, day=row.day, works=row.works, name=row.name) for row in given.days
            )
        edition = apps.get_model("calendar", "Edition")._base_manager.using(using)
        edition.update_or_create(id=1, defaults={"stamp": uuid7()})
