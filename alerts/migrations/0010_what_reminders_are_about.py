from django.db import migrations, models

# The occurrence of a visit's reminder begins with its day. The time is known for those whose day is still that of
# the visit.
TELL = """
UPDATE alerts_reminder AS reminder SET about_on = left(reminder.occurrence, 10)::date,
    about_at = CASE WHEN visit.status <> 'planned'
        AND (visit.booked_at AT TIME ZONE patient.time_zone)::date = left(reminder.occurrence, 10)::date
        THEN visit.booked_at END
FROM alerts_visit visit JOIN symptoms_patient patient ON patient.id = visit.patient_id
WHERE reminder.visit_id = visit.id AND reminder.occurrence ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}:'
    AND patient.time_zone IN (SELECT name FROM pg_timezone_names)
"""


class Migration(migrations.Migration):
    dependencies = [("alerts", "0009_why_visits_were_cancelled")]

    operations = [
        migrations.AddField(
            model_name="reminder",
            name="about_on",
            field=models.DateField(
                blank=True, help_text="The day of the visit that it tells of, kept as it was sent.", null=True
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="about_at",
            field=models.DateTimeField(
                blank=True, help_text="The booked time that it tells of, if any.", null=True
            ),
        ),
        migrations.RunSQL(TELL, migrations.RunSQL.noop),
    ]
