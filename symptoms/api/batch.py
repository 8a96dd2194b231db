"""Takes in the reports that an app kept while it had no network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from symptoms.api.access import carer_of, patient_of, respondent_of
from symptoms.api.descriptions import DENIED, ERROR
from symptoms.api.errors import Conflict, Unavailable, describe
from symptoms.api.inputs import KeptReportInput, ReportInput, StrictSerializer
from symptoms.api.outputs import AdviceOutput, ErrorDetail, ReportOutput
from symptoms.api.refusing import ReportingDoor, most_urgent, read_refused
from symptoms.clinical.terms import Urgency
from symptoms.flow.advise import Advice
from symptoms.flow.batch import KeptReport, NotFiled, Outcome, file_kept_reports
from symptoms.flow.present import filed_json
from symptoms.flow.refused import hear_refused
from symptoms.flow.report import ClientIdConflict
from symptoms.flow.safety import safe_advice

MOST_REPORTS: Final = 100


@extend_schema_field(ReportInput)
class KeptReportField(serializers.Field[Any, Any, Any, Any]):
    """Anything: each report is checked by itself, so that a wrong one keeps out no other."""

    def to_internal_value(self, data: Any) -> Any:
        return data


class BatchInput(StrictSerializer):
    reports = serializers.ListField(child=KeptReportField(allow_null=True), min_length=1, max_length=MOST_REPORTS)


class BatchResult(serializers.Serializer[Any]):
    client_id = serializers.CharField(
        allow_null=True, allow_blank=True, help_text="As it was sent; null when there was none."
    )
    status = serializers.ChoiceField(choices=[201, 400, 409, 500], help_text="What `POST /reports` would answer.")
    report = ReportOutput(required=False)
    error = ErrorDetail(required=False)


class BatchOutput(serializers.Serializer[Any]):
    results = BatchResult(many=True, help_text="In the order of the request.")
    advice = AdviceOutput(
        allow_null=True, help_text="The most urgent advice of all, to be shown first; urgent when a report was refused."
    )


class ReportsBatch(ReportingDoor):
    def parts_of(self, sent: Mapping[str, Any]) -> list[Any]:
        """The reports of a batch that was refused as a whole, as far as it has any."""
        reports = sent.get("reports")
        return reports[:MOST_REPORTS] if isinstance(reports, list) else [sent]

    @extend_schema(
        operation_id="reports_batch_create",
        request=BatchInput,
        responses={207: BatchOutput, **DENIED, 400: ERROR, 413: ERROR, 415: ERROR},
        summary="File the reports that were kept without a network",
    )
    def post(self, request: Request) -> Response:
        """Up to 100 reports, in any order. Each is stored and judged by itself; one that is refused keeps out no other.

        Every result says what `POST /reports` would have answered: 201 for a report that is stored, now or before,
        400 for one without a `client_id` or without answers, 409 for a `client_id` that another report has, 500 for one
        to be sent again. Whatever else is not right is not refused here, for nobody is there to be asked: an answer, a
        field or a respondent counts as unknown, a time is not believed. The care team is told of what was refused.
        """
        body = BatchInput(data=request.data)
        body.is_valid(raise_exception=True)
        sent, patient, now = body.validated_data["reports"], patient_of(request), timezone.now()
        read = [_read(one, request) for one in sent]
        filed = iter(file_kept_reports(patient, [one for one in read if isinstance(one, KeptReport)], now))
        outcomes = [_outcome(next(filed), now) if isinstance(one, KeptReport) else _refusal(one) for one in read]
        heard = [
            _hear_refusal(one, outcome["status"], request, now)
            for one, outcome in zip(sent, outcomes, strict=True)
            if outcome["status"] != HTTPStatus.CREATED
        ]
        results = [{"client_id": _client_id(one), **outcome} for one, outcome in zip(sent, outcomes, strict=True)]
        return Response({"results": results, "advice": _most_urgent(results, heard)}, status=207)


def _read(sent: Any, request: Request) -> KeptReport | APIException:
    """One report of the batch, or why nothing can be made of it."""
    one = KeptReportInput(data=sent)
    if not one.is_valid():
        return ValidationError(one.errors)
    data = one.validated_data
    respondent = respondent_of(request, data["respondent"])
    return KeptReport(data["client_id"], data["answers"], data.get("occurred_at"), respondent, carer_of(request))


def _outcome(filed: Outcome, now: datetime) -> dict[str, Any]:
    if isinstance(filed, ClientIdConflict):
        return _refusal(Conflict())
    if isinstance(filed, NotFiled):
        return _refusal(Unavailable())
    return {"status": 201, "report": filed_json(filed, now)}


def _refusal(error: APIException) -> dict[str, Any]:
    return {"status": error.status_code, "error": describe(error)}


def _hear_refusal(sent: Any, status: int, request: Request, now: datetime) -> Advice:
    """What a refused report calls for. One that is judged by nobody may be anything: then at least whom to call."""
    patient = patient_of(request)
    is_known = status == HTTPStatus.CONFLICT
    refused = read_refused(sent, ReportingDoor.silent, is_lost=not is_known, is_known=is_known)
    return hear_refused(patient, refused, now, carer_of(request)) or safe_advice(patient, now)


def _client_id(sent: Any) -> str | None:
    given = sent.get("client_id") if isinstance(sent, dict) else None
    return given if isinstance(given, str) else None


def _most_urgent(results: list[dict[str, Any]], heard: list[Advice]) -> Advice | None:
    """The most urgent advice, of several equal ones that of the latest report that was stored."""
    reports = [result["report"] for result in results if "report" in result]
    told = sorted(
        (report for report in reports if report["advice"]),
        key=lambda one: (Urgency.from_code(one["advice"]["urgency"]), one["occurred_at"], one["client_id"]),
    )
    return most_urgent([*(report["advice"] for report in reversed(told)), *heard])
