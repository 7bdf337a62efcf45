"""Words of threats, fire and accusations, for cities that began with the first list."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from jieyou.kernel.privacy import seed


def plant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    seed.plant_more_words(apps)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("privacy", "0002_seed")]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
