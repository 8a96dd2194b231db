"""Drops three indexes of offered leaflets: with the patient begins another index, and nobody looks for a leaflet without one.

Outside a transaction and concurrently, so that nobody waits meanwhile: it may be stopped and run again.
"""

import django.db.models.deletion
from django.db import migrations, models

INDEXES = {
    "education_leafletoffer_patient_id_30cbe389": "education_leafletoffer (patient_id)",
    "education_leafletoffer_slug_dc3adab8": "education_leafletoffer (slug)",
    "education_leafletoffer_slug_dc3adab8_like": "education_leafletoffer (slug varchar_pattern_ops)",
}


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("education", "0004_leaflet_approvals"), ("symptoms", "0020_indexes_that_others_begin_with")]

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
                    "leafletoffer",
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaflet_offers",
                        to="symptoms.patient",
                    ),
                ),
                migrations.AlterField("leafletoffer", "slug", models.SlugField(db_index=False)),
            ],
        ),
    ]
