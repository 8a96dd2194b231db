"""Fields and validators that several models share."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symptoms.clinical.terms import Urgency

LANGUAGES = settings.LANGUAGES

URGENCIES = [(urgency.value, urgency.code.replace("_", "-")) for urgency in Urgency]

validate_dialable = RegexValidator(
    r"^\+?[0-9][0-9 ()./-]{1,30}$",
    _("Enter a telephone number that can be dialled, such as +32 2 555 01 00."),
)


TOO_QUIET: Final = _("More than 16 quiet hours leave no time of day for the reminders that belong to it.")
NOT_A_ZONE: Final = _("“{}” is not a time zone; use a name such as Europe/Brussels.")
NO_PLACES: Final = frozenset({"localtime", "posixrules", "Factory"})
NO_REGIONS: Final = ("posix/", "right/")


def validate_time_zone(name: str) -> None:
    """Accept only names of the IANA time zone database, such as ``Europe/Brussels``.

    Files that lie beside it on some hosts, such as ``localtime``, name no place and differ from host to host.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValidationError(NOT_A_ZONE.format(name)) from error
    if name in NO_PLACES or name.startswith(NO_REGIONS):
        raise ValidationError(NOT_A_ZONE.format(name))


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """The members of a pure enum as Django choices."""
    return [(member.value, member.value.replace("_", " ")) for member in enum]


def one_of(field: str, values: Iterable[object]) -> Q:
    """The condition of a CHECK constraint that keeps a column to the given values."""
    return Q(**{f"{field}__in": [str(value) if isinstance(value, StrEnum) else value for value in values]})
