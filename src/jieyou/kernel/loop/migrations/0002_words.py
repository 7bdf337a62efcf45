import django.db.models.deletion
from django.db import migrations, models

SQLITE = ["CREATE VIRTUAL TABLE loop_grams USING fts5(grams, content='', detail='none', tokenize='ascii')"]
POSTGRES = [
    "ALTER TABLE loop_casewords ADD COLUMN grams integer[]",
    "ALTER TABLE loop_casewords ALTER COLUMN grams SET STATISTICS 1000",
    "CREATE INDEX loop_casewords_grams ON loop_casewords USING gin (grams)",
]


def index(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def no_index(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("DROP TABLE loop_grams")


class Migration(migrations.Migration):
    dependencies = [("loop", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="CaseWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("scope", models.TextField()),
                ("also", models.TextField(blank=True)),
                ("case", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="words", to="loop.case")),
            ],
        ),
        migrations.RunPython(index, no_index),
    ]
