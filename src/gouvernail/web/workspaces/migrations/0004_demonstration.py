import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0003_tally")]

    operations = [
        migrations.CreateModel(
            name="Demonstration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("company", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[("loading", "Loading"), ("ready", "Ready"), ("failed", "Failed")],
                        default="loading",
                        max_length=10,
                    ),
                ),
                ("progress", models.FloatField(default=0)),
                ("task", models.CharField(blank=True, max_length=64)),
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="demonstration",
                        to="workspaces.workspace",
                    ),
                ),
            ],
        )
    ]
