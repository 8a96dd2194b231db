"""When a clinic is told by mail, at the earliest, of a record that was opened in an emergency: a failed try waits."""

import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('symptoms', '0020_indexes_that_others_begin_with'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='emergencyaccess',
            name='written_once',
        ),
        migrations.AddField(
            model_name='emergencyaccess',
            name='tell_after',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='emergencyaccess',
            trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - '{told_at,tell_after}'::text[] = to_jsonb(OLD) - '{told_at,tell_after}'::text[] THEN RETURN NEW; END IF; IF TG_OP = 'UPDATE' AND current_setting('symptoms.rewriting', true) = 'on' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN RETURN NEW; END IF; RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;", hash='e3b54922569a1c5583d2ff4d866d7e5f09c3cf08', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_6172f', table='symptoms_emergencyaccess', when='BEFORE')),
        ),
    ]
