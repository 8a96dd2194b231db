"""Keeps the holidays of a clinic with it: who needs its telephone then has to be told another number."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("symptoms", "0020_indexes_that_others_begin_with")]

    operations = [
        migrations.AddField("clinic", "closed_on", ArrayField(models.DateField(), editable=False, null=True)),
    ]
