
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import symptoms.models.encrypted
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('symptoms', '0007_slow_down_guessing'),
    ]

    operations = [
        migrations.CreateModel(
            name='EmergencyAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', symptoms.models.encrypted.EncryptedTextField(verbose_name='reason')),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='opened')),
                ('ends_at', models.DateTimeField(verbose_name='until')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='clinic told')),
            ],
            options={
                'verbose_name': 'emergency access',
                'verbose_name_plural': 'emergency accesses',
                'ordering': ['-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='accessrecord',
            name='access_kind_known',
        ),
        migrations.AlterField(
            model_name='accessrecord',
            name='kind',
            field=models.CharField(choices=[('view', 'looked at'), ('list', 'listed'), ('search', 'searched'), ('reveal', 'uncovered'), ('print', 'printed'), ('export', 'exported'), ('add', 'added'), ('change', 'changed'), ('emergency', 'opened in an emergency')], max_length=10, verbose_name='what'),
        ),
        migrations.AddField(
            model_name='emergencyaccess',
            name='patient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergency_accesses', to='symptoms.patient'),
        ),
        migrations.AddField(
            model_name='emergencyaccess',
            name='practitioner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergency_accesses', to='symptoms.practitioner', verbose_name='who'),
        ),
        migrations.AddField(
            model_name='accessrecord',
            name='emergency',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='symptoms.emergencyaccess', verbose_name='why'),
        ),
        migrations.AddConstraint(
            model_name='accessrecord',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['view', 'list', 'search', 'reveal', 'print', 'export', 'add', 'change', 'emergency'])), name='access_kind_known'),
        ),
        migrations.AddIndex(
            model_name='emergencyaccess',
            index=models.Index(condition=models.Q(('told_at', None)), fields=['opened_at'], name='emergency_access_to_tell'),
        ),
        migrations.AddConstraint(
            model_name='emergencyaccess',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('opened_at'))), name='emergency_access_ends'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='emergencyaccess',
            trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'told_at' = to_jsonb(OLD) - 'told_at' THEN RETURN NEW; END IF; IF TG_OP = 'UPDATE' AND current_setting('symptoms.rewriting', true) = 'on' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN RETURN NEW; END IF; RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;", hash='cb5473c19adc82a0bc4a3e5c0bd41132510d140e', operation='UPDATE OR DELETE', pgid='pgtrigger_written_once_6172f', table='symptoms_emergencyaccess', when='BEFORE')),
        ),
    ]
