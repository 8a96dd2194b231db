"""Who may call the mobile API: a device with a token of a patient, and nobody else."""

from __future__ import annotations

import binascii
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from symptoms.clinical.terms import Respondent
from symptoms.models import Carer, DeviceToken, Patient, User
from symptoms.models.patient import SELDOM_READ
from symptoms.prepared import Prepared

if TYPE_CHECKING:  # REST framework's views import this module through the settings
    from rest_framework.views import APIView


SELDOM: Final = (
    "token_key", "created", "device_name", "carer__name", "carer__invited_at",
    *(f"user__{name}" for name in ("password", "last_login", "first_name", "last_name", "email", "date_joined")),
    *(f"user__patient__{name}" for name in SELDOM_READ),
    "user__patient__clinic__slug", "user__patient__clinic__created_at",
)  # fmt: skip
"""What few calls look at, and those that do read by themselves."""

TOKEN: Final = Prepared(
    lambda digest, now: (
        DeviceToken.objects.select_related("user__patient__clinic", "carer")
        .filter(digest=digest, expiry__gt=now, user__is_active=True)
        .defer(*SELDOM)
    )
)


class DeviceAuthentication(TokenAuthentication):
    """`Authorization: Bearer <token>`, the token of one device. One query, clinic included; one more once a day."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, DeviceToken]:
        """The account and its token, which lasts longer by being used. Raises AuthenticationFailed.

        A token is refused when it is wrong, expired or revoked.
        """
        try:
            digest = hash_token(token.decode("ascii"))
        except (UnicodeDecodeError, binascii.Error) as error:
            raise AuthenticationFailed from error
        now = timezone.now()
        device = TOKEN.first(digest=digest, now=now)
        if device is None:
            raise AuthenticationFailed
        device.renew(now)
        return device.user, device


CARERS_MAY: Final[Mapping[str, frozenset[str]]] = {
    "session": frozenset({"DELETE"}),
    "me": frozenset({"GET"}),
    "conversations": frozenset({"GET", "POST"}),
    "conversation": frozenset({"GET"}),
    "messages": frozenset({"POST"}),
    "reports": frozenset({"GET", "POST"}),
    "reports-batch": frozenset({"POST"}),
    "report": frozenset({"GET"}),
    "amendments": frozenset({"POST"}),
    "leaflets": frozenset({"GET"}),
    "leaflet": frozenset({"GET"}),
    "visits": frozenset({"GET"}),
    "visits-calendar": frozenset({"GET"}),
    "reminders": frozenset({"GET"}),
    "fhir-Questionnaire": frozenset({"GET"}),
    "fhir-Questionnaire-read": frozenset({"GET"}),
    "fhir-QuestionnaireResponse": frozenset({"GET", "POST"}),
    "fhir-QuestionnaireResponse-read": frozenset({"GET"}),
    "fhir-Observation": frozenset({"GET"}),
    "fhir-Observation-read": frozenset({"GET"}),
    "fhir-Communication": frozenset({"GET"}),
    "fhir-Communication-read": frozenset({"GET"}),
    "fhir-Appointment": frozenset({"GET"}),
    "fhir-Appointment-read": frozenset({"GET"}),
}
"""What a carer does in the patient's name: report, talk, and read what helps to. All else is the patient's own."""


class IsPatient(BasePermission):
    """The token belongs to a patient, or to a carer who may do this. Practitioners have the clinician site."""

    message = "Only the patient's own device may do this."

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.user, User) or not hasattr(request.user, "patient"):
            return False
        if carer_of(request) is None:
            return True
        match = request.resolver_match
        method = "GET" if request.method == "HEAD" else request.method
        return match is not None and method in CARERS_MAY.get(match.url_name or "", ())


def carer_of(request: Request) -> Carer | None:
    """The carer whose device calls in the patient's name; None when it is the patient's own."""
    device = request.auth
    return device.carer if isinstance(device, DeviceToken) else None


def respondent_of(request: Request, stated: str) -> Respondent:
    """Who answers: a carer on her own device, else whoever the patient's app says."""
    return Respondent.CARER if carer_of(request) else Respondent(stated)


def patient_of(request: Request) -> Patient:
    """The patient whose device calls, with clinic."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    patient: Patient = request.user.patient
    return patient
