"""“和解协议书” (``reconciliation``) is longer than twelve letters: PostgreSQL refuses it, SQLite kept it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("petitions", "0001_initial")]
    operations = [
        migrations.AlterField("petitionmediation", "document", models.CharField(blank=True, max_length=20)),
    ]
