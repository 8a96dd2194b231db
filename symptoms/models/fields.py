"""Fields and validators that several models share."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q

from symptoms.clinical.terms import Urgency

LANGUAGES = [("en", "English"), ("fr", "Français"), ("nl", "Nederlands"), ("de", "Deutsch"), ("es", "Español")]

URGENCIES = [(urgency.value, urgency.code.replace("_", "-")) for urgency in Urgency]

validate_dialable = RegexValidator(
    r"^\+?[0-9][0-9 ()./-]{1,30}$",
    "Enter a telephone number that can be dialled, such as +32 2 555 01 00.",
)


def validate_time_zone(name: str) -> None:
    """Accept only names of the IANA time zone database, such as ``Europe/Brussels``."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValidationError(f"“{name}” is not a time zone; use a name such as Europe/Brussels.") from error


def choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """The members of a pure enum as Django choices."""
    return [(member.value, member.value.replace("_", " ")) for member in enum]


def one_of(field: str, values: Iterable[object]) -> Q:
    """The condition of a CHECK constraint that keeps a column to the given values."""
    return Q(**{f"{field}__in": [str(value) if isinstance(value, StrEnum) else value for value in values]})
