
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import symptoms.models.clinic
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('symptoms', '0004_encrypt_stored_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('happened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='when')),
                ('role', models.CharField(choices=[('nurse', 'nurse'), ('oncologist', 'oncologist'), ('administrator', 'administrator'), ('auditor', 'auditor')], help_text="The person's, at that time.", max_length=20, verbose_name='role')),
                ('kind', models.CharField(choices=[('view', 'looked at'), ('list', 'listed'), ('search', 'searched'), ('reveal', 'uncovered'), ('print', 'printed'), ('export', 'exported'), ('add', 'added'), ('change', 'changed')], max_length=10, verbose_name='what')),
                ('page', models.CharField(help_text="The name of the page's address.", max_length=100, verbose_name='page')),
                ('record', models.CharField(blank=True, help_text='Model and id of the record; empty for several.', max_length=200, verbose_name='record')),
                ('patients', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None, verbose_name='patients')),
                ('address', models.GenericIPAddressField(blank=True, null=True, verbose_name='from where')),
            ],
            options={
                'verbose_name': 'access',
                'verbose_name_plural': 'access log',
                'ordering': ['-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='practitioner',
            name='practitioner_role_known',
        ),
        migrations.AlterField(
            model_name='practitioner',
            name='role',
            field=models.CharField(choices=[('nurse', 'nurse'), ('oncologist', 'oncologist'), ('administrator', 'administrator'), ('auditor', 'auditor')], default=symptoms.models.clinic.Role['NURSE'], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='practitioner',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['nurse', 'oncologist', 'administrator', 'auditor'])), name='practitioner_role_known'),
        ),
        migrations.AddField(
            model_name='accessrecord',
            name='clinic',
            field=models.ForeignKey(help_text='Whose patients they are.', on_delete=django.db.models.deletion.PROTECT, related_name='access_records', to='symptoms.clinic'),
        ),
        migrations.AddField(
            model_name='accessrecord',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddIndex(
            model_name='accessrecord',
            index=models.Index(fields=['clinic', '-id'], name='access_of_clinic'),
        ),
        migrations.AddIndex(
            model_name='accessrecord',
            index=models.Index(fields=['person', '-id'], name='access_by_person'),
        ),
        migrations.AddIndex(
            model_name='accessrecord',
            index=django.contrib.postgres.indexes.GinIndex(fields=['patients'], name='access_of_patient'),
        ),
        migrations.AddConstraint(
            model_name='accessrecord',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['view', 'list', 'search', 'reveal', 'print', 'export', 'add', 'change'])), name='access_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='accessrecord',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['nurse', 'oncologist', 'administrator', 'auditor'])), name='access_role_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accessrecord',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b736e39f84f80399efc36b76fb550ac21c16b479', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_24950', table='symptoms_accessrecord', when='BEFORE')),
        ),
    ]
