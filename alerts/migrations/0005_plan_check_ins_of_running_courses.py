from django.db import migrations

PLAN = """
INSERT INTO alerts_checkinplan (patient_id, next_at, settled_on, not_before, silent_count)
SELECT patient_id, now(), CURRENT_DATE, now(), 0
FROM symptoms_treatmentcourse WHERE ended_on IS NULL
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    """Patients who were enrolled before check-ins came: the sweep asks those whose day it is, and plans the others."""

    dependencies = [("alerts", "0004_calendar")]

    operations = [migrations.RunSQL(PLAN, migrations.RunSQL.noop)]
