"""What the worklist says of an alert: the shortest that is true of this patient, from what the assessment stored."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from alerts.admin.why import Why, why_of
from alerts.reasons import reasons_of
from symptoms.models import Assessment, Patient
from tests.alerts.making import make_report
from tests.cast import api_of


def judged(*rules: str, answers: dict[str, Any], **facts: Any) -> Assessment:
    return Assessment(findings=[{"rule": rule} for rule in rules], facts={"answers": answers, **facts})


def test_the_answers_that_speak_for_the_rule_are_given() -> None:
    assessment = judged("RED-REST", answers={"dyspnea.severity": 3, "dyspnea.exertion": "at_rest", "cough.severity": 2})
    why = why_of(reasons_of(["RED-REST"]), [assessment])
    assert why == Why("breathlessness: Severely (3) · BREATHLESS AT REST, even when sitting still", 0)


def test_equally_urgent_reasons_are_said_together_and_others_counted() -> None:
    rules = ["MOUTH-NO-BATH", "MOUTH-COUNT", "MOUTH-INTAKE"]
    answers = {"mouth_sores.count": 6, "mouth_sores.intake": "reduced", "mouth_sores.bath_started": "no"}
    why = why_of(reasons_of(rules), [judged(*rules, answers=answers)])
    assert why == Why("sores: 6 · eating and drinking: Less than I need", 1)


def test_what_is_unknown_is_said_and_what_is_denied_is_not() -> None:
    answers = {"symptoms": ["fever"], "fever.temperature_c": "unknown", "fever.rigors": "no"}
    assert why_of(reasons_of(["FEVER"]), [judged("FEVER", answers=answers)]).text == "temperature: I don't know"


def test_a_rise_is_said_with_what_it_rose_from() -> None:
    assessment = judged("RESP-RISE", answers={"cough.severity": 2}, history={"lowest_cough": 0})
    assert why_of(reasons_of(["RESP-RISE"]), [assessment]).text == (
        "cough: Moderate (2) · Lowest cough of the last 28 days: 0"
    )


def test_each_reason_is_told_from_the_assessment_that_found_it_whatever_joined_since() -> None:
    first = judged("RED-REST", answers={"dyspnea.severity": 3, "dyspnea.exertion": "at_rest"})
    later = judged("RESP-BLOOD", answers={"cough.blood": "yes"})
    why = why_of(reasons_of(["RED-REST", "RESP-BLOOD"]), [later, first])
    assert why.text.startswith("breathlessness: Severely (3) · BREATHLESS AT REST")
    assert "blood" in why.text
    assert why.left_out == 0


def test_the_worklist_goes_on_saying_what_the_first_report_said_when_a_second_one_joins(
    kim_site: Client, ada: Patient
) -> None:
    at_rest = {"symptoms": ["dyspnea"], "dyspnea.severity": 3, "dyspnea.exertion": "at_rest", "red_flags": "none"}
    blood = {"symptoms": ["cough"], "cough.severity": 1, "cough.blood": "yes", "red_flags": "none"}
    for answers in (at_rest, blood):
        body = {"client_id": str(uuid.uuid4()), "answers": answers}
        assert api_of(ada).post("/api/v1/reports", body, format="json").status_code == 201
    page = kim_site.get("/admin/").content.decode()
    assert "BREATHLESS AT REST" in page
    assert "blood" in page


@pytest.mark.parametrize(
    "assessment",
    [
        None,
        judged("COUGH", answers={"mouth_sores.count": 6}),
        judged("MOUTH-COUNT", answers={}),
        judged("MOUTH-COUNT", answers={"mouth_sores.count": 0}),
    ],
    ids=["no report", "the rule did not fire", "nothing stored", "nothing that speaks for it"],
)
def test_without_an_answer_that_speaks_for_it_the_rules_own_words_stand(assessment: Assessment | None) -> None:
    reasons = reasons_of(["MOUTH-COUNT", "MOUTH-INTAKE"])
    assert why_of(reasons, [assessment] if assessment else []) == Why(reasons[0].text, 1)


def test_the_worklist_says_what_a_real_report_said(kim_site: Client, ada: Patient) -> None:
    answers = {
        "symptoms": ["mouth_sores"], "mouth_sores.count": 6, "mouth_sores.intake": "normal", "mouth_sores.severity": 1,
        "mouth_sores.interference": 0, "mouth_sores.bath_started": "yes", "fever.temperature_c": 36.6,
    }  # fmt: skip
    make_report(ada)  # an older one, of which nothing is said
    body = {"client_id": "0f8a8a3e-6a55-4a53-9d0b-0d4a4b7a5c11", "answers": answers}
    assert api_of(ada).post("/api/v1/reports", body, format="json").status_code in (200, 201)
    assert "sores: 6" in kim_site.get("/admin/").content.decode()
