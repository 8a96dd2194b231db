#!/usr/bin/env python
"""Runs a management command."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from config.leases import ServiceError

    try:
        execute_from_command_line(sys.argv)
    except (ServiceError, ImproperlyConfigured) as error:
        sys.exit(str(error))  # one line that says what to do; a traceback would hide it


if __name__ == "__main__":
    main()
