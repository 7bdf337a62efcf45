"""Words of harm and terms of keeping that come with the package."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from jieyou.kernel.privacy import seed


def plant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    seed.plant(apps)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("privacy", "0001_initial")]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
