from django.db import migrations, models

KNOWN = ["", "clinic", "schedule", "course_ended", "not_followed"]

# A line of the schedule that is off, a course that has ended, or a patient who is not followed explains a cancelled
# visit that nobody wrote a reason for; the rest was the clinic's decision.
EXPLAIN = """
UPDATE alerts_visit AS visit SET cancelled_for = CASE
    WHEN EXISTS (SELECT 1 FROM alerts_scheduledvisit line WHERE line.id = visit.scheduled_id AND NOT line.is_active)
        THEN 'schedule'
    WHEN course.ended_on IS NOT NULL THEN 'course_ended'
    WHEN patient.status IN ('withdrawn', 'deceased') THEN 'not_followed'
    ELSE 'clinic' END
FROM symptoms_treatmentcourse course JOIN symptoms_patient patient ON patient.id = course.patient_id
WHERE visit.status = 'cancelled' AND course.id = visit.course_id
"""


class Migration(migrations.Migration):
    dependencies = [("alerts", "0008_schedules_in_batches")]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="cancelled_for",
            field=models.CharField(
                blank=True,
                choices=[(one, one.replace("_", " ")) for one in KNOWN[1:]],
                db_default="",
                default="",
                help_text="Cancelled: why. What the clinic decided stays; the rest is planned again when its cause goes.",
                max_length=20,
            ),
        ),
        migrations.RunSQL(EXPLAIN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(cancelled_for__in=KNOWN), name="visit_cancelled_for_known"
            ),
        ),
    ]
