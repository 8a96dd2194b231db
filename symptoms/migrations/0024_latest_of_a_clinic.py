"""Indexes by which the latest reports and messages are found, of many patients together, without sorting all there are.

Outside a transaction, so that nobody waits meanwhile: it may be stopped and run again.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("symptoms", "0023_systems_of_the_hospital")]

    operations = [
        AddIndexConcurrently(
            "symptomreport", models.Index(fields=["-occurred_at", "-id"], name="report_by_moment")
        ),
        AddIndexConcurrently("message", models.Index(fields=["-created_at", "-id"], name="message_by_moment")),
    ]
