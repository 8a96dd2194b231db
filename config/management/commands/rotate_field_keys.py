"""`manage.py rotate_field_keys`: encrypt what is stored by the first of FIELD_KEYS, so that the others may go."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser

from symptoms.field_keys import Tally, encrypted_models, rewrite
from symptoms.models.encrypted import site_keys
from symptoms.sign_in.keys import renew_factors


class Command(BaseCommand):
    help = "Encrypt all that is stored encrypted by the first key of FIELD_KEYS. Safe to stop and to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Count only; fails when anything is left to do.")

    def handle(self, *args: Any, **options: Any) -> None:
        is_dry = options["check"]
        self.stdout.write(f"first key {site_keys().current}")
        tallies = [self._rewrite(model, is_dry) for model in encrypted_models(apps.get_models())]
        tallies.append(self._renew_factors(is_dry))
        unreadable = sum(sum(tally.unreadable.values()) for tally in tallies)
        left = sum(tally.renewed for tally in tallies) if is_dry else 0
        if unreadable:
            raise CommandError(
                f"{unreadable} values are opened by none of FIELD_KEYS: put the key that is missing back."
            )
        if left:
            raise CommandError(f"{left} rows are not under the first key yet: run it without --check.")
        self.stdout.write("All is under the first key.")

    def _renew_factors(self, is_dry: bool) -> Tally:
        tally = renew_factors(is_dry=is_dry)
        self.stdout.write(f"second factors rows={tally.rows} renewed={tally.renewed}")
        return tally

    def _rewrite(self, model: Any, is_dry: bool) -> Tally:
        def show(tally: Tally) -> None:
            self.stdout.write(f"{model._meta.label} rows={tally.rows} renewed={tally.renewed}")

        tally = rewrite(model, is_dry=is_dry, progress=show)
        for column, count in tally.unreadable.items():
            self.stderr.write(f"{model._meta.label} column={column} unreadable={count}")
        return tally
