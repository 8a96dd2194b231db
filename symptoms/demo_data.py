"""The demonstration clinics and the people who work there. For local machines only: the passwords are known."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from symptoms.demo_password import PASSWORD
from symptoms.models import Clinic, Practitioner, User
from symptoms.models.clinic import Role

STAFF: Final = (
    # username, first name, last name, clinic, role, on call
    ("kim", "Kim", "Peeters", "demo", Role.NURSE, True),
    ("sam", "Sam", "Dubois", "demo", Role.NURSE, False),
    ("robin", "Robin", "Claes", "demo", Role.ONCOLOGIST, False),
    ("alex", "Alex", "Maes", "demo", Role.ADMINISTRATOR, False),
    ("lee", "Lee", "Jansen", "other", Role.NURSE, True),
)


def load_demo_clinics() -> list[User]:
    """Make the two demonstration clinics with their staff, or leave them as they are; returns the staff."""
    with transaction.atomic():
        clinics = {
            "demo": _clinic("demo", "Demonstration Clinic", "+32 2 555 01 00", "+32 2 555 01 99"),
            "other": _clinic("other", "Other Clinic", "+32 9 555 02 00", ""),
        }
        return [_member(*member[:3], clinics[member[3]], member[4], is_on_call=member[5]) for member in STAFF]


def _clinic(slug: str, name: str, phone: str, out_of_hours_phone: str) -> Clinic:
    clinic, _ = Clinic.objects.get_or_create(
        slug=slug, defaults={"name": name, "phone": phone, "out_of_hours_phone": out_of_hours_phone}
    )
    return clinic


def _member(username: str, first_name: str, last_name: str, clinic: Clinic, role: Role, *, is_on_call: bool) -> User:
    user, is_new = User.objects.get_or_create(
        username=username,
        defaults={
            "first_name": first_name,
            "last_name": last_name,
            "email": f"{username}@clinic.example",
            "is_staff": True,
        },
    )
    if is_new:
        user.set_password(PASSWORD)
        user.save()
        Practitioner.objects.create(user=user, clinic=clinic, role=role, is_on_call=is_on_call)
    return user
