"""Prints the six digits with which somebody of the demonstration signs in after the password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from symptoms.demo_sign_in import code_for


class Command(BaseCommand):
    help = "Print a code that the demonstration staff can sign in with now. Refused outside a local machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", nargs="?", default="kim", help="who signs in (default: kim)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_LOCAL:
            raise CommandError(
                "The demonstration's second factor is known to everybody: only with the embedded database."
            )
        code = code_for(options["username"])
        if code is None:
            raise CommandError("All codes of this minute are used; try again in half a minute.")
        self.stdout.write(code)
