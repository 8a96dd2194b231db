"""Makes the tables of the floors in the database of DATABASE_URL, and prints one account's token."""

import os

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.load.floors.settings"
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from rest_framework.authtoken.models import Token

    call_command("migrate", verbosity=0, run_syncdb=True)
    user, _ = User.objects.get_or_create(username="bench")
    print(Token.objects.get_or_create(user=user)[0].key)
