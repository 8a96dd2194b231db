
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('symptoms', '0006_grades_carers_and_approved_wording'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignInTry',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField()),
                ('last_at', models.DateTimeField(db_index=True)),
            ],
        ),
    ]
