"""The doors by which patients report: what they refuse is heard all the same, and the refusal says whom to call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Final
from urllib.parse import unquote_plus

from django.core.exceptions import SuspiciousOperation
from django.utils import timezone
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import APIView

from symptoms.api.access import carer_of
from symptoms.api.calling import known_patient, whom_to_call
from symptoms.api.errors import Conflict, InvalidFields, NotRead
from symptoms.clinical.terms import Slot, Urgency
from symptoms.flow.advise import Advice
from symptoms.flow.present import advice_text
from symptoms.flow.refused import Refused, hear_refused, words_in
from symptoms.models import Patient

NOT_HEARD: Final = (401, 403)
"""Refusals of the caller: nobody knows whose words these are."""

SLOTS: Final = frozenset(Slot)


class ReportingDoor(APIView):
    """A door by which a patient reports. `silent` are the fields that hold no words about the patient."""

    silent: ClassVar[frozenset[str]] = frozenset(
        {"client_id", "sent_at", "occurred_at", "respondent", "reason", "slot"}
    )

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        if self.request.method != "POST" or response.status_code in NOT_HEARD:
            return response
        sent = self._sent(exc)
        patient = self.patient_heard(sent)
        if patient is None:
            return response
        now, carer = timezone.now(), carer_of(self.request)
        heard = (hear_refused(patient, one, now, carer) for one in self._refused(sent, exc))
        advice = most_urgent(one for one in heard if one)
        told = advice_text(advice) if advice else whom_to_call(self.request, now)
        error = response.data["error"]
        error["message"] = told if error["message"] in told else f"{error['message']}\n\n{told}"
        return response

    def patient_heard(self, sent: Any) -> Patient | None:
        """Whose words a refused body is, as far as that can be told."""
        return known_patient(self.request)

    def _refused(self, sent: Any, exc: Exception) -> Iterator[Refused]:
        is_readable = isinstance(sent, Mapping)
        can_be_put_right = is_readable and isinstance(exc, APIException) and self.can_be_put_right(exc)
        for one in self.parts_of(sent) if is_readable else [sent]:
            yield read_refused(one, self.silent, is_lost=not can_be_put_right, is_known=isinstance(exc, Conflict))

    def can_be_put_right(self, exc: APIException) -> bool:
        """Whether the patient can do something about a refusal: give another answer. Nobody mends a broken app."""
        return isinstance(exc, (InvalidFields, Conflict))

    def parts_of(self, sent: Mapping[str, Any]) -> Iterable[Any]:
        """The reports or messages in a body."""
        return [sent]

    def _sent(self, exc: Exception) -> Any:
        """The body as far as it can be read: its JSON, else its text."""
        if isinstance(exc, NotRead):
            return exc.remains
        try:
            return self.request.data
        except NotRead as error:  # the door was closed before anybody read the body
            return error.remains
        except APIException:
            pass
        try:
            return unquote_plus(self.request._request.body.decode("utf-8", "replace"))
        except (OSError, SuspiciousOperation):  # cut off on its way, or too large
            return ""


def most_urgent(advices: Iterable[Advice]) -> Advice | None:
    """The one to be shown first."""
    return max(advices, key=lambda advice: Urgency.from_code(advice["urgency"]), default=None)


def read_refused(sent: Any, silent: frozenset[str], *, is_lost: bool, is_known: bool = False) -> Refused:
    """One report or message that was refused, whatever it looks like. Nothing is lost where nothing was said."""
    body = dict(sent) if isinstance(sent, Mapping) else {"": sent}
    given = body.pop("answers", None)
    answers = {slot: value for slot, value in given.items() if slot in SLOTS} if isinstance(given, Mapping) else {}
    strange = {name: value for name, value in given.items() if name not in SLOTS} if answers else given
    texts = tuple(words_in([{name: value for name, value in body.items() if name not in silent}, strange]))
    return Refused(answers, texts, is_lost=is_lost and bool(answers or texts), is_known=is_known)
