import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alerts", "0010_what_reminders_are_about"), ("symptoms", "0001_first_schema")]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="attended_at",
            field=models.DateTimeField(
                blank=True, help_text="When it was recorded that the patient came.", null=True
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="attended_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who recorded that the patient came.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="symptoms.practitioner",
            ),
        ),
    ]
