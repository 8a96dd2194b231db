"""Encrypts what earlier releases stored readable, some hundred rows at a time and without holding a table."""

from django.db import migrations

from symptoms.field_keys import encrypted_models, rewrite


def encrypt(apps, schema_editor):
    for model in encrypted_models(apps.get_app_config("alerts").get_models()):
        rewrite(model)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("alerts", "0017_encrypt_free_text"),
    ]

    operations = [
        migrations.RunPython(encrypt, migrations.RunPython.noop, elidable=True),
    ]
