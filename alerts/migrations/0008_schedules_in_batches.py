from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alerts", "0007_rounds_are_counted_from_rows")]

    operations = [
        migrations.AddField(
            model_name="scheduledvisit",
            name="applied_through",
            field=models.BigIntegerField(
                db_default=0, default=0, editable=False, help_text="The last course that the change was applied to."
            ),
        ),
        migrations.AddField(
            model_name="scheduledvisit",
            name="has_leftovers",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                help_text="Some patients could not be planned on the way.",
            ),
        ),
    ]
