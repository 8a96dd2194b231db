"""Keeps the holidays of a clinic with it: who needs its telephone then has to be told another number."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("symptoms", "0021_when_to_tell_of_an_opening")]

    operations = [
        migrations.AddField("clinic", "closed_on", ArrayField(models.DateField(), editable=False, null=True)),
    ]
