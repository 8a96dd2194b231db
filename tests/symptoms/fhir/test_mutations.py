"""Bodies that nobody would think of: a QuestionnaireResponse of which anything has become something else.

Whatever it is, the server does not break, what it refuses is not stored as a report, and what it takes is valid when it
is shown, and the same when it comes again. What stands where nothing should is never taken for silence.
"""

from __future__ import annotations

import contextlib
import json
import uuid
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from config.limits import Limit
from symptoms.clinical.terms import Slot, Urgency
from symptoms.models import Clinic, Patient, SymptomReport
from symptoms.models.report import ReportSource
from tests.fhir import codes, response_body, system_of, wrong_in

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]

URL: Final = "/fhir/QuestionnaireResponse"

ODD: Final[list[Any]] = [
    None, True, False, 0, -1, 1e308, 10**19, "", " ", "none", "unknown", "not_asked", "\u202e", "\ufffe", "9" * 400,
    "0000-00-00", "9999-12-31T23:59:59-14:00", "Patient/x", str(uuid.UUID(int=0)), [], {}, [[]], [{}], [None],
    {"value": None}, {"code": ["none"]}, {"extension": [{"url": "x"}]}, {"value": 1, "comparator": "<"},
]  # fmt: skip
NAMES: Final = [
    "item", "answer", "linkId", "valueCoding", "valueQuantity", "valueDate", "_valueDate", "extension", "code", "value",
    "status", "authored", "subject", "reference", "source", "identifier", "modifierExtension", "toString", "", *Slot,
]  # fmt: skip
FULL: Final[dict[str, Any]] = {
    "symptoms": codes("mouth_sores", "cough"),
    "red_flags": codes("chest_pain"),
    "mouth_sores.count": [{"valueQuantity": {"value": 5}}],
    "mouth_sores.onset_on": [{"valueDate": "2026-03-01"}],
    "cough.severity": [{"valueCoding": {"code": "1", "display": "Mild"}}],
    "fever.temperature_c": [{"valueQuantity": {"value": 37.0, "unit": "°C"}}],
    "other_symptoms": [{"valueCoding": {"code": "rash", "extension": [{"url": "x", "valueDecimal": 2}]}}],
    "other.text": [{"valueString": "It itches"}],
}

words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.sampled_from(ODD) | words | st.integers(-(10**18), 10**18) | st.floats(-1e300, 1e300),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=6,
)


def places_in(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every object or list in a body with each name or number that something stands under in it."""
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from places_in(value[key])


@st.composite
def mutants(draw: st.DrawFn, patient: Patient) -> dict[str, Any]:
    """A body of which a few things are exchanged, taken out, doubled, wrapped or called otherwise."""
    body: dict[str, Any] = json.loads(json.dumps(response_body(patient, FULL, authored="2026-03-01T10:00:00Z")))
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from([*places_in(body)]))
        match draw(st.sampled_from(("exchange", "take out", "wrap", "call otherwise", "double"))):
            case "exchange":
                holder[key] = draw(values)
            case "take out":
                del holder[key]
            case "wrap":
                holder[key] = draw(st.sampled_from(([holder[key]], {"value": holder[key]}, {"item": [holder[key]]})))
            case "call otherwise" if isinstance(holder, dict):
                holder[draw(st.sampled_from(NAMES))] = holder.pop(key)
            case "double" if isinstance(holder, list):
                holder.append(holder[key])
    return body


@pytest.fixture
def his(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> APIClient:
    """The hospital's system of ada's clinic, which calls more often than a system may."""
    monkeypatch.setattr(Limit, "is_reached", lambda *_: False)
    return system_of(clinic)


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """A savepoint, so that each body meets the same database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(
    max_examples=150, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(data=st.data())
def test_no_body_breaks_anything(ada: Patient, his: APIClient, data: st.DataObject) -> None:
    body = data.draw(mutants(ada))
    with undone():
        answer = his.post(URL, body)

        assert answer.status_code in (200, 201, 400, 404, 409), body
        assert wrong_in(answer.json()) == []
        filed = SymptomReport.objects.filter(source=ReportSource.FHIR)
        assert filed.count() == (answer.status_code == 201)
        if filed:
            again = his.post(URL, body)
            assert (again.status_code, again.json()) == (200, answer.json())
            assert his.get(answer["Location"]).json() == answer.json()
            assert wrong_in(his.get("/fhir/Observation").json()) == []


@pytest.mark.parametrize("slot", [slot for slot in FULL if slot != "other.text"])
@settings(
    max_examples=10, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(value=values, name=st.sampled_from(("answers", "valueString", "note", "Answer", "value")))
def test_what_stands_beside_a_calm_answer_is_never_taken_for_silence(
    ada: Patient, his: APIClient, slot: str, value: Any, name: str
) -> None:
    """Nobody can tell what it was to say: so a person looks."""
    calm = response_body(ada, {"symptoms": codes("none")})
    calm["item"].append({"linkId": slot, name: value})
    with undone():
        assert his.post(URL, calm).status_code == 201

        assert SymptomReport.objects.filter(urgency__gte=Urgency.URGENT).exists()
