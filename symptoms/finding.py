"""Finds patients of a clinic by what somebody says of them: a name as it is heard, a number, a birth date.

Accents, capitals, commas, blanks and hyphens do not matter.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz

from symptoms.models import Clinic, Patient
from symptoms.plain import plain, plain_number

SHORTEST_NUMBER: Final = 3
SHORTEST_PHONE: Final = 6
"""Digits from which on a text may be part of a telephone number."""

DATE_FORMS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y")

SIMILAR: Final = 85
"""From 0 to 100: how alike the words of two names are before one person is asked about, born on the same day."""


def find_patients(clinic: Clinic, said: str) -> QuerySet[Patient]:
    """The patients of a clinic whom `said` may mean: all words of it in the name, or part of the hospital number, the
    day of birth, or the digits of a telephone number from six on. Nobody for an empty text.
    """
    words, number = _words(said), plain_number(said)
    if not words:
        return Patient.objects.none()
    meant = _named(words)
    if len(number) >= SHORTEST_NUMBER:
        meant |= Q(plain_number__contains=number)
    if born := _day(said):
        meant |= Q(date_of_birth=born)
    patients = Patient.objects.of_clinic(clinic)
    if called := _with_telephone(patients, said):
        meant |= Q(pk__in=called)
    return patients.filter(meant)


def patient_with_number(clinic: Clinic, number: str) -> Patient | None:
    """The patient with a hospital number, written in whatever way; None also where it may be two patients'."""
    patients = Patient.objects.of_clinic(clinic).filter(plain_number=plain_number(number))
    found = list(patients) if plain_number(number) else []
    exactly = [one for one in found if one.hospital_number == number.strip()]
    return (exactly or found)[0] if len(exactly or found) == 1 else None


def patient_exactly(
    clinic: Clinic, *, number: str = "", full_name: str = "", date_of_birth: date | None = None
) -> Patient | None:
    """The patient with a hospital number, or with a full name and a date of birth; of what is given, all has to fit.

    Of a name no word may be missing, and none too many. None also where it may be two patients', or for a name alone.
    """
    words = _words(full_name)
    if number.strip():
        found = [patient_with_number(clinic, number)]
    elif words and date_of_birth:
        found = list(Patient.objects.of_clinic(clinic).filter(_named(words), date_of_birth=date_of_birth))
    else:
        return None
    meant = [
        one
        for one in found
        if one and words in ([], _words(one.full_name)) and date_of_birth in (None, one.date_of_birth)
    ]
    return meant[0] if len(meant) == 1 else None


def same_person(clinic: Clinic, *, full_name: str, hospital_number: str, date_of_birth: date | None) -> list[Patient]:
    """Patients of the clinic who may be the one who is to be enrolled.

    They have the same number but for signs and blanks; or the same name, and no other day of birth; or a similar name
    and the same day of birth.
    """
    number, words = plain_number(hospital_number), _words(full_name)
    likely = _named(words)
    if number:
        likely |= Q(plain_number=number)
    if date_of_birth is not None:
        likely |= Q(date_of_birth=date_of_birth)
    patients = Patient.objects.of_clinic(clinic)
    return [
        one
        for one in patients.filter(likely).order_by("pk")
        if (number and plain_number(one.hospital_number) == number)
        or (_words(one.full_name) == words and None in (one.date_of_birth, date_of_birth))
        or (one.date_of_birth == date_of_birth and _are_alike(_words(one.full_name), words))
    ]


def _words(name: str) -> list[str]:
    """The words of a name, in whatever order they are said."""
    return sorted(re.findall(r"[^\s,-]+", plain(name)))


def _are_alike(name: list[str], other: list[str]) -> bool:
    return fuzz.ratio(" ".join(name), " ".join(other)) >= SIMILAR


def _named(words: list[str]) -> Q:
    """Whose name has all of these words."""
    named = Q()
    for word in words:
        named &= Q(plain_name__contains=word)
    return named


def _day(said: str) -> date | None:
    for form in DATE_FORMS:
        try:
            return datetime.strptime(said.strip(), form).date()  # noqa: DTZ007  (a day, of no zone)
        except ValueError:
            continue
    return None


def _with_telephone(patients: QuerySet[Patient], said: str) -> list[object]:
    """The ids of the patients with these digits in their number, which only this process can read."""
    digits = re.sub(r"\D", "", said).lstrip("0")
    if re.search(r"[^\d\s()+/.-]", said) or len(digits) < SHORTEST_PHONE:
        return []
    numbers = patients.exclude(phone="").order_by().values_list("pk", "phone")
    return [pk for pk, phone in numbers if digits in re.sub(r"\D", "", phone)]
