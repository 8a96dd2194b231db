#!/usr/bin/env python
"""Runs a management command."""

import os
import sys

NOT_READY = (None, "42P01", "42703")
"""States of an error of PostgreSQL: no connection, a table that is missing, a column that is."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    from config.leases import ServiceError

    try:
        execute_from_command_line(sys.argv)
    except (ServiceError, ImproperlyConfigured) as error:
        sys.exit(str(error))  # one line that says what to do; a traceback would hide it
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") not in NOT_READY:
            raise
        sys.exit(f"The database is not ready: look at DATABASE_URL, and run `manage.py migrate`. {error}".strip())


if __name__ == "__main__":
    main()
