"""The rows by which kept pages learn that something was written."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("workspace", models.BigIntegerField()),
                ("made", models.DateTimeField(db_default=Now())),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "id"], name="changes_of_an_organisation")],
            },
        ),
    ]
