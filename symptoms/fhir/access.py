"""Who may call the FHIR doors: a patient's device for its own record, a hospital's system for those of its clinic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from symptoms.api.access import DeviceAuthentication, IsPatient, patient_of
from symptoms.models import SystemCredential
from symptoms.systems import PREFIX, find_credential

if TYPE_CHECKING:
    from rest_framework.views import APIView

Row = TypeVar("Row", bound=Model)


class DeviceOrSystem(DeviceAuthentication):
    """`Authorization: Bearer <token>`, of a patient's or carer's device or of a system."""

    def authenticate_credentials(self, token: bytes) -> Any:
        """The account and its token or credential. Raises AuthenticationFailed for one that is not in force."""
        if not token.startswith(PREFIX.encode()):
            return super().authenticate_credentials(token)
        credential = find_credential(token.decode("utf-8", "replace"), timezone.now())
        if credential is None:
            raise AuthenticationFailed
        return credential.user, credential


class IsPatientOrSystem(IsPatient):
    """The token belongs to a patient, to a carer who may do this, or to a system."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return system_of(request) is not None or super().has_permission(request, view)


def system_of(request: Request) -> SystemCredential | None:
    """The system that calls; None when it is a device."""
    return request.auth if isinstance(request.auth, SystemCredential) else None


def own_rows(request: Request, rows: QuerySet[Row], path: str) -> QuerySet[Row]:
    """Those of the rows that exist for the caller. `path` leads to their patient; "" where they are patients."""
    system = system_of(request)
    if system is not None:
        return rows.filter(**{f"{path}__clinic".removeprefix("__"): system.clinic_id})
    return rows.filter(**{path or "pk": patient_of(request).pk})
