"""Who may call the mobile API: a device with a token of a patient, and nobody else."""

from __future__ import annotations

import binascii
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from symptoms.models import DeviceToken, Patient, User
from symptoms.prepared import Prepared

if TYPE_CHECKING:  # REST framework's views import this module through the settings
    from rest_framework.views import APIView


TOKEN: Final = Prepared(
    lambda digest, now: DeviceToken.objects.select_related("user__patient__clinic").filter(
        digest=digest, expiry__gt=now, user__is_active=True
    )
)


class DeviceAuthentication(TokenAuthentication):
    """`Authorization: Bearer <token>`, the token of one device. One query, clinic included."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, DeviceToken]:
        """The account and its token. Raises AuthenticationFailed when it is wrong, expired or revoked."""
        try:
            digest = hash_token(token.decode("ascii"))
        except (UnicodeDecodeError, binascii.Error) as error:
            raise AuthenticationFailed from error
        device = TOKEN.first(digest=digest, now=timezone.now())
        if device is None:
            raise AuthenticationFailed
        return device.user, device


class IsPatient(BasePermission):
    """The token belongs to a patient. Practitioners have the clinician site."""

    message = "Only a patient's device may do this."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.user, User) and hasattr(request.user, "patient")


def patient_of(request: Request) -> Patient:
    """The patient whose device calls, with clinic."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    patient: Patient = request.user.patient
    return patient
