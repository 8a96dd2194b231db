"""Drops three indexes of alerts, their timelines and pages: with each of them begins another index, and every row had to be put into both.

Outside a transaction and concurrently, so that nobody waits meanwhile: it may be stopped and run again.
"""

import django.db.models.deletion
from django.db import migrations, models

INDEXES = {
    "alerts_alert_clinic_id_c5db5ea4": "alerts_alert (clinic_id)",
    "alerts_alertevent_alert_id_edd734b8": "alerts_alertevent (alert_id)",
    "alerts_notification_recipient_id_952d69ed": "alerts_notification (recipient_id)",
}


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("alerts", "0026_answers_and_amendments"), ("symptoms", "0020_indexes_that_others_begin_with")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    f"DROP INDEX CONCURRENTLY IF EXISTS {name}", f"CREATE INDEX CONCURRENTLY {name} ON {columns}"
                )
                for name, columns in INDEXES.items()
            ],
            [
                migrations.AlterField(
                    "alert",
                    "clinic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="symptoms.clinic",
                    ),
                ),
                migrations.AlterField(
                    "alertevent",
                    "alert",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="alerts.alert",
                    ),
                ),
                migrations.AlterField(
                    "notification",
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notifications",
                        to="symptoms.practitioner",
                    ),
                ),
            ],
        ),
    ]
