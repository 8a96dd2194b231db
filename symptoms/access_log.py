"""Writes the access log, and lets no page of the clinician site leave without a record.

A page that shows or changes something about patients calls `record_access`; one that does not says so with
`shows_no_patient`. `RecordedPages` stops every page that did neither. Pages of a `ClinicScopedAdmin` do it by
themselves (`symptoms/admin/recording.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.views.generic import RedirectView

from symptoms.client_address import client_address
from symptoms.models import AccessRecord, EmergencyAccess, Patient, Practitioner, SystemCredential, User
from symptoms.models.access import AccessKind

WITHOUT_PATIENTS: Final = frozenset(
    f"admin:{page}"
    for page in (
        "app_list", "search", "logout", "password_change_done", "jsi18n",
    )
)  # fmt: skip
"""Pages of the site's frame, by the names of their addresses. They hold nothing about any patient."""


class NotRecorded(Exception):
    """A page was about to leave that neither recorded whom it shows nor said that it shows nobody."""


def record_access(
    request: HttpRequest, kind: AccessKind, patients: Iterable[Patient | UUID], *, record: Model | None = None
) -> None:
    """Write down that the person who is signed in sees or changes something of these patients of their clinic.

    One INSERT, whatever the number of patients, in the transaction of the caller: what cannot be recorded is neither
    shown nor changed, for the error is the caller's. Call it when all checks have passed and before the data leaves.
    `patients` are those whose data the page holds; none for a search that found nobody. `record` is the one row that
    it is about, if it is one. Raises PermissionDenied for who belongs to no clinic.
    """
    practitioner: Practitioner | None = getattr(request.user, "practitioner", None)
    if practitioner is None:
        raise PermissionDenied
    write_access(request, kind, patients, by=practitioner, clinic_id=practitioner.clinic_id, record=record)


def write_access(
    request: HttpRequest,
    kind: AccessKind,
    patients: Iterable[Patient | UUID],
    *,
    by: Practitioner | SystemCredential,
    clinic_id: int,
    record: Model | None = None,
    emergency: EmergencyAccess | None = None,
) -> None:
    """As `record_access`, for a person or a system, into the log of the clinic whose patients they are."""
    match = request.resolver_match
    AccessRecord.objects.create(
        clinic_id=clinic_id,
        person_id=by.user_id,
        role=by.role,
        kind=kind,
        page=(match.view_name if match else "")[:100],
        record=f"{record._meta.label_lower} {record.pk}" if record is not None else "",
        patients=sorted({one.pk if isinstance(one, Patient) else one for one in patients}),
        emergency=emergency,
        address=client_address(request),
    )
    _settle(request)


def shows_no_patient(request: HttpRequest) -> None:
    """Say that nothing about a patient leaves with this request, not in a form or an error either."""
    _settle(request)


def _settle(request: HttpRequest) -> None:
    request.access_is_settled = True  # type: ignore[attr-defined]


class RecordedPages:
    """Stops what leaves the clinician site for somebody who is signed in without a word in the access log.

    Refusals, and redirects after a GET, carry no data and pass.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_record_owed(request, response):
            raise NotRecorded(request.resolver_match and request.resolver_match.view_name)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> None:
        """Pages of a model that has nothing to do with patients need no record."""
        model_admin = getattr(view, "model_admin", None)
        is_about_patients = getattr(model_admin, "is_about_patients", True)
        match = request.resolver_match
        is_redirect = getattr(view, "view_class", None) is RedirectView  # to a page that has its own record
        if is_redirect or not is_about_patients or (match and match.view_name in WITHOUT_PATIENTS):
            shows_no_patient(request)


def is_record_owed(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a page, or an answer to a form, is about to leave for staff without a record."""
    if request.path.startswith(settings.SESSIONLESS_PATHS) or getattr(request, "access_is_settled", False):
        return False
    user: Any = request.user
    if not (isinstance(user, User) and user.is_staff):
        return False
    is_answer_to_form = request.method not in ("GET", "HEAD") and response.status_code < 400
    return response.status_code < 300 or is_answer_to_form
