#!/usr/bin/env python
"""Runs a management command."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config.local_services import ServiceError

    try:
        execute_from_command_line(sys.argv)
    except ServiceError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
