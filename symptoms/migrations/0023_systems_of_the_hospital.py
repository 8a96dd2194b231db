"""Tokens of the systems of a hospital, and their place in the access log."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import PROTECT


class Migration(migrations.Migration):
    dependencies = [("symptoms", "0022_holidays_of_a_clinic")]

    operations = [
        migrations.CreateModel(
            "SystemCredential",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.SlugField(db_index=False, help_text="What the clinic calls the system.", max_length=40)),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("last_used_at", models.DateTimeField(blank=True, help_text="To the hour.", null=True)),
                ("clinic", models.ForeignKey("symptoms.clinic", PROTECT, related_name="system_credentials")),
                ("user", models.ForeignKey(settings.AUTH_USER_MODEL, PROTECT, related_name="system_credentials")),
            ],
            options={"ordering": ["created_at", "id"]},
        ),
        migrations.RemoveConstraint("accessrecord", "access_role_known"),
        migrations.AlterField(
            "accessrecord",
            "role",
            models.CharField(
                choices=[
                    ("nurse", "nurse"), ("oncologist", "oncologist"), ("administrator", "administrator"),
                    ("auditor", "auditor"), ("system", "system"),
                ],
                help_text="The person's, at that time.",
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.AddConstraint(
            "accessrecord",
            models.CheckConstraint(
                condition=models.Q(role__in=["nurse", "oncologist", "administrator", "auditor", "system"]),
                name="access_role_known",
            ),
        ),
    ]
