"""Lets a system of the hospital read and report for the patients of one clinic by FHIR, and ends that."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from symptoms.models import Clinic, SystemCredential
from symptoms.systems import LASTS, NameTaken, issue_credential, revoke_credential, tell_of_credential

LONGEST_DAYS: Final = 3650
NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


class Command(BaseCommand):
    help = "Make, list and revoke the tokens by which systems of a hospital call /fhir/. A token is shown only once."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        create = acts.add_parser("create", help="make a token; prints one JSON object with it")
        create.add_argument("--clinic", required=True, metavar="SLUG", help="whose patients the system may see")
        create.add_argument("--name", required=True, help="of the system: letters, digits and dashes")
        create.add_argument("--days", type=int, default=LASTS.days, help="until it expires (default: %(default)s)")
        listing = acts.add_parser("list", help="all tokens, one JSON object per line")
        listing.add_argument("--clinic", metavar="SLUG", help="of this clinic alone")
        revoke = acts.add_parser("revoke", help="end a token at once")
        revoke.add_argument("id", type=int, help="as `list` prints it")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        {"create": self._create, "list": self._list, "revoke": self._revoke}[act](options)

    def _create(self, options: dict[str, Any]) -> None:
        if not 1 <= options["days"] <= LONGEST_DAYS:
            raise CommandError(f"Give from 1 to {LONGEST_DAYS} days.")
        name = _name_of(options["name"])
        try:
            credential, token = issue_credential(
                _clinic_of(options["clinic"]), name, now=timezone.now(), lasts=timedelta(days=options["days"])
            )
        except NameTaken as error:
            raise CommandError(f"Somebody has an account like that of {name!r}; give another name.") from error
        self.stdout.write(json.dumps(_credential_json(credential) | {"token": token}))
        tell_of_credential(credential)

    def _list(self, options: dict[str, Any]) -> None:
        credentials = SystemCredential.objects.select_related("clinic")
        if options["clinic"]:
            credentials = credentials.filter(clinic=_clinic_of(options["clinic"]))
        for credential in credentials:
            self.stdout.write(json.dumps(_credential_json(credential)))

    def _revoke(self, options: dict[str, Any]) -> None:
        credential = SystemCredential.objects.filter(pk=options["id"]).first()
        if credential is None:
            raise CommandError(f"There is no token {options['id']}.")
        revoke_credential(credential, timezone.now())
        self.stdout.write(json.dumps(_credential_json(SystemCredential.objects.get(pk=credential.pk))))


def _clinic_of(slug: str) -> Clinic:
    clinic = Clinic.objects.filter(slug=slug).first()
    if clinic is None:
        raise CommandError(f"There is no clinic {slug!r}.")
    return clinic


def _name_of(given: str) -> str:
    """A name that fits into that of an account."""
    if not NAME.fullmatch(given):
        raise CommandError("Name the system in up to 40 letters, digits, dashes and underscores.")
    return given


def _credential_json(credential: SystemCredential) -> dict[str, Any]:
    """A credential as the command prints it, without what opens anything."""
    moments = ("created_at", "expires_at", "revoked_at", "last_used_at")
    return {
        "id": credential.pk,
        "clinic": credential.clinic.slug,
        "name": credential.name,
        **{name: moment and moment.isoformat() for name in moments for moment in [getattr(credential, name)]},
    }
