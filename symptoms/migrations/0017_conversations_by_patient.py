"""An index by which a patient's latest talks are found, in place of one that others begin with.

Outside a transaction, so that nobody waits meanwhile: it may be stopped and run again. The old index is dropped by name,
for Django's own way would drop the unique index of a patient's open talk with it.
"""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

OLD_INDEX = "symptoms_conversation_patient_id_8f2918fa"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("symptoms", "0016_words_of_lists")]

    operations = [
        AddIndexConcurrently(
            "conversation", models.Index(fields=["patient", "-started_at"], name="conversation_by_patient")
        ),
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    f"DROP INDEX CONCURRENTLY IF EXISTS {OLD_INDEX}",
                    f"CREATE INDEX CONCURRENTLY {OLD_INDEX} ON symptoms_conversation (patient_id)",
                )
            ],
            [
                migrations.AlterField(
                    "conversation",
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversations",
                        to="symptoms.patient",
                    ),
                )
            ],
        ),
    ]
