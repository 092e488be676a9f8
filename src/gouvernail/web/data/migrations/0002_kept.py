"""Files stand in the organisation's folder; undoing an import is work too."""

from django.db import migrations, models

STATES = [
    "uploaded",
    "previewing",
    "previewed",
    "importing",
    "imported",
    "repeated",
    "refused",
    "cancelled",
    "undoing",
    "undone",
    "failed",
]


class Migration(migrations.Migration):
    dependencies = [("data", "0001_initial")]
    operations = [
        migrations.RemoveField("upload", "file"),
        migrations.AddField("upload", "kept", models.CharField(blank=True, max_length=300)),
        migrations.AlterModelOptions("upload", {"ordering": ["-made", "-pk"]}),
        migrations.AlterField(
            "upload",
            "state",
            models.CharField(
                choices=[(state, state.capitalize()) for state in STATES], default="uploaded", max_length=12
            ),
        ),
    ]
