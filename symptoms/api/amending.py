"""Takes in corrections of reports that were filed."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError as DjangoValidationError
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from symptoms.api import outputs
from symptoms.api.access import carer_of, patient_of
from symptoms.api.descriptions import ERROR, WRITE_ERRORS
from symptoms.api.errors import Conflict, InvalidFields
from symptoms.api.inputs import AnswersField, StrictChoiceField, StrictSerializer, StrictTextField, StrictUUIDField
from symptoms.api.refusing import ReportingDoor
from symptoms.clinical.answers import InvalidAnswers
from symptoms.flow.amend import StillRunning, amend_report
from symptoms.flow.present import filed_json
from symptoms.flow.report import ClientIdConflict
from symptoms.models import SymptomReport
from symptoms.models.amendment import AmendmentReason


class AmendmentInput(StrictSerializer):
    client_id = StrictUUIDField(help_text="Made by the app; the same id and body again changes nothing.")
    reason = StrictChoiceField(choices=[one.value for one in AmendmentReason])
    answers = AnswersField(required=False, help_text="Slot to the value that is right; the others stay.")
    note = StrictTextField(max_length=2000, required=False, allow_blank=True)


class Amendments(ReportingDoor):
    @extend_schema(
        operation_id="reports_amend",
        request=AmendmentInput,
        responses={201: outputs.ReportOutput, **WRITE_ERRORS, 404: ERROR},
        summary="Put a report right: the first answers stay, the urgency can only rise",
    )
    def post(self, request: Request, report_id: uuid.UUID) -> Response:
        """The rules judge the new answers at once. The report's `answers` stay as they were given."""
        patient = patient_of(request)
        own = SymptomReport.objects.select_related("patient")
        report = get_object_or_404(own, pk=report_id, patient=patient)
        body = AmendmentInput(data=request.data)
        body.is_valid(raise_exception=True)
        data, now = body.validated_data, timezone.now()
        try:
            amended = amend_report(
                report,
                reason=AmendmentReason(data["reason"]),
                answers=data.get("answers", {}),
                note=data.get("note", ""),
                author=patient.user,
                carer=carer_of(request),
                client_id=data["client_id"],
                now=now,
            )
        except InvalidAnswers as error:
            raise InvalidFields(error.errors) from error
        except DjangoValidationError as error:
            raise InvalidFields({name: " ".join(texts) for name, texts in error.message_dict.items()}) from error
        except ClientIdConflict as error:
            raise Conflict from error
        except StillRunning as error:
            raise Conflict("This check-in is not over yet. Answer in the talk.", code="report_in_progress") from error
        return Response(filed_json(amended, now), status=201)
