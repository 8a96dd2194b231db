"""An index by which the latest visits are found, of many patients together, without sorting all there are.

Outside a transaction, so that nobody waits meanwhile: it may be stopped and run again.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("alerts", "0027_indexes_that_others_begin_with")]

    operations = [
        AddIndexConcurrently("visit", models.Index(fields=["-planned_on", "-id"], name="visit_by_day")),
    ]
