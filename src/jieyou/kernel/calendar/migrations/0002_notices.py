"""The notices of 2010–2026 that come with the package."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from jieyou.kernel.calendar import seed


def plant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    seed.plant(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_initial")]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
