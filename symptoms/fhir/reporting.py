"""Takes in a QuestionnaireResponse of the check-in as a report: judged, with its alert, before the answer goes out.

Nobody is there to be asked again: what cannot be read counts as unknown and is kept. Refused is only what cannot be
told whose it is or from another, or says itself that it is not finished or wrong; and that is read for danger.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import DatabaseError
from django.utils import timezone
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from symptoms.api.access import carer_of, respondent_of
from symptoms.api.calling import known_patient
from symptoms.api.errors import Conflict, InvalidFields
from symptoms.api.inputs import PhoneTimeField
from symptoms.api.refusing import ReportingDoor
from symptoms.clinical.terms import Respondent
from symptoms.fhir.access import own_rows
from symptoms.fhir.answers import NotItems, answers_in
from symptoms.fhir.door import address_of
from symptoms.fhir.kinds import RESPONSE, show_report
from symptoms.fhir.searching import key_of, reference_id
from symptoms.fhir.views import Search
from symptoms.flow.present import advice_of_filed
from symptoms.flow.refused import words_in
from symptoms.flow.report import ClientIdConflict, file_report
from symptoms.models import Patient
from symptoms.models.access import AccessKind
from symptoms.models.report import ReportSource

UNFINISHED: Final = ("in-progress", "entered-in-error")
"""Statuses of what is not to be judged as a report."""

WITHOUT_TIME: Final = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
A_PATIENT: Final = re.compile(r"\bPatient/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SAID_UNDER: Final = ("valueString", "code", "display", "text")
"""Where the words and codes of a body stand whose items cannot be told apart."""


class Responses(Search, ReportingDoor):
    """Searches reports, and takes in a new one."""

    kind = RESPONSE

    def post(self, request: Request) -> Response:
        body, now = self._body, timezone.now()
        patient = self._patient_of(body)
        client_id = _check(body)
        try:
            answers = answers_in(body)
        except NotItems as error:
            raise ValidationError({"item": str(error)}) from error
        try:
            filed = file_report(
                patient,
                client_id=client_id,
                answers=answers,
                occurred_at=_authored(body),
                respondent=respondent_of(request, _respondent_in(body)),
                carer=carer_of(request),
                source=ReportSource.FHIR,
                now=now,
            )
        except ClientIdConflict as error:
            raise Conflict("This identifier was used before with another body.") from error
        self.record(AccessKind.ADD, [patient], record=filed.report)
        shown = show_report(filed.report, {"reference": f"Patient/{patient.pk}"}, advice_of_filed(filed, now))
        resource = {"resourceType": self.kind.name, "id": str(filed.report.pk), **shown}
        status = 200 if filed.is_repeat else 201
        return Response(resource, status=status, headers={"Location": address_of(request, resource)})

    @property
    def _body(self) -> Mapping[str, Any]:
        """What was sent; raises what it is refused for when it cannot be read."""
        body = self.request.data
        assert isinstance(body, Mapping), "the parsers take objects alone"
        return body

    def _patient_of(self, body: Mapping[str, Any]) -> Patient:
        """Whom a report is about. Raises NotFound for a patient who does not exist for the caller.

        A device need not say so. A record that was erased takes nothing in any more.
        """
        subject = body.get("subject")
        reference = subject.get("reference") if isinstance(subject, dict) else None
        own = known_patient(self.request)
        if own is not None and reference is None:
            return own
        if not isinstance(reference, str):
            raise ValidationError({"subject": "Give a reference such as Patient/<id>."})
        key = key_of(reference_id(reference, "Patient") or "")
        patients = own_rows(self.request, Patient.objects.filter(user__is_active=True), "")
        found = patients.select_related("clinic").filter(pk=key).first() if key else None
        if found is None:
            raise NotFound("There is no such patient.")
        return found

    def patient_heard(self, sent: Any) -> Patient | None:
        """The caller, or whoever a system reports for, as far as that can be read in whatever it sent."""
        own = known_patient(self.request)
        if own is not None:
            return own
        body = sent if isinstance(sent, Mapping) else {"subject": {"reference": _first_patient_in(sent)}}
        try:
            return self._patient_of(body)
        except (APIException, DatabaseError):
            return None

    def parts_of(self, sent: Mapping[str, Any]) -> Iterable[Any]:
        """The answers of a body that was refused, else whatever words and codes stand in it."""
        try:
            answers = answers_in(sent)
        except NotItems:
            answers = {}
        return [{"answers": answers}] if answers else [[*_said_in(sent)]]


def _first_patient_in(sent: Any) -> str | None:
    """The first reference to a patient in what is no body: cut off or broken, it is about that one all the same."""
    found = A_PATIENT.search("\n".join(words_in(sent)))
    return found and found[0]


def _check(body: Mapping[str, Any]) -> uuid.UUID:
    """The id by which a report is told from another. Raises what a body is refused for."""
    if body.get("resourceType") != RESPONSE.name:
        raise ValidationError({"resourceType": f"Give a {RESPONSE.name}."})
    if body.get("status") in UNFINISHED:
        raise InvalidFields({"status": "Only what is finished and not called wrong is taken in."})
    identifier = body.get("identifier")
    value = identifier.get("value") if isinstance(identifier, dict) else None
    try:
        return uuid.UUID(value.removeprefix("urn:uuid:") if isinstance(value, str) and value.isascii() else "")
    except ValueError as error:
        raise ValidationError({"identifier": "Give a UUID as its value, another one for each report."}) from error


def _authored(body: Mapping[str, Any]) -> datetime | None:
    """When it was answered, as far as that is said; a day alone says no moment."""
    said = body.get("authored")
    if said is None or (isinstance(said, str) and WITHOUT_TIME.fullmatch(said)):
        return None
    moment: datetime = PhoneTimeField().to_internal_value(said)
    return moment


def _respondent_in(body: Mapping[str, Any]) -> str:
    """Who answered: somebody related to the patient is a carer."""
    source = body.get("source")
    said = (source.get("type"), source.get("reference")) if isinstance(source, dict) else ()
    is_carer = any(isinstance(one, str) and "RelatedPerson" in one.split("/") for one in said)
    return Respondent.CARER if is_carer else Respondent.PATIENT


def _said_in(body: Mapping[str, Any]) -> Iterator[str]:
    """The words and codes in a body, however it is put together; not its ids, addresses and kinds."""
    waiting: list[Any] = [body]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, Mapping):
            told = [inner for name, inner in one.items() if not isinstance(inner, str) or name in SAID_UNDER]
            waiting += told[::-1]
        elif isinstance(one, list):
            waiting += one[::-1]
