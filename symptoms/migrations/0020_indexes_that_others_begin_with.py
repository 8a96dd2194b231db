"""Drops two indexes of messages and reports: with each of them begins another index, and every row had to be put into both.

Outside a transaction and concurrently, so that nobody waits meanwhile: it may be stopped and run again.
"""

import django.db.models.deletion
from django.db import migrations, models

INDEXES = {
    "symptoms_message_conversation_id_1728af47": "symptoms_message (conversation_id)",
    "symptoms_symptomreport_patient_id_954bc633": "symptoms_symptomreport (patient_id)",
}


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("symptoms", "0019_who_says_a_message")]

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
                    "message",
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="symptoms.conversation",
                    ),
                ),
                migrations.AlterField(
                    "symptomreport",
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="symptoms.patient",
                    ),
                ),
            ],
        ),
    ]
