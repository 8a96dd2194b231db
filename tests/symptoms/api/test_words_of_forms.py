"""Danger in the words of a form, an offline report or an amendment is heard as in a talk."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from alerts.models import Alert
from symptoms.flow import reading
from symptoms.flow.amend import amend_report
from symptoms.language import UNDERSTANDER, Understander, Understanding
from symptoms.models import Patient, Practitioner, SymptomReport
from symptoms.models.amendment import AmendmentReason
from tests.cast import api_of_carer

pytestmark = pytest.mark.django_db

CALM: dict[str, Any] = {"symptoms": ["other"], "other.can_wait": "yes"}


@pytest.fixture(autouse=True)
def somebody_on_call(nurse_kim: Practitioner) -> Practitioner:
    return nurse_kim


def file(api: APIClient, words: str, **answers: Any) -> dict[str, Any]:
    body = {"client_id": str(uuid.uuid4()), "answers": {**CALM, "other.text": words, **answers}}
    response = api.post("/api/v1/reports", body)
    assert response.status_code == 201
    assert api.post("/api/v1/reports", body).json() == response.json(), "and the same again"
    report: dict[str, Any] = response.json()
    return report


@pytest.mark.parametrize("words", ["my lips are blue", "ich kriege keine Luft mehr", "je crache beaucoup de sang"])
@pytest.mark.parametrize("ticked", [{}, {"red_flags": "none"}, {"red_flags": ["chest_pain"]}, {"symptoms": "none"}])
def test_danger_in_words_is_an_emergency_whatever_is_ticked(
    ada_api: APIClient, words: str, ticked: dict[str, Any]
) -> None:
    report = file(ada_api, words, **ticked)

    assert (report["urgency"], report["advice"]["urgency"]) == ("emergency", "emergency")
    assert Alert.objects.filter(urgency=4).exists()
    stored = SymptomReport.objects.get()
    given = {**CALM, **ticked}
    assert stored.corrections
    assert all(one["was"] == given.get(one["slot"]) for one in stored.corrections)


def test_a_remark_about_suicide_pages_and_has_its_advice(ada_api: APIClient) -> None:
    report = file(ada_api, "I want to die")

    assert [reason["rule"] for reason in report["advice"]["reasons"]] == ["SELF-HARM"]
    assert "SELF-HARM" in Alert.objects.get(urgency=4).rules


def test_words_that_cannot_be_read_cannot_wait(ada_api: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no such word")

    monkeypatch.setattr("symptoms.flow.reading.describe", fail)

    report = file(ada_api, "itchy feet")

    assert (report["urgency"], report["advice"]["urgency"]) == ("urgent", "urgent")
    assert report["answers"]["red_flags"] == "unknown"
    assert Alert.objects.filter(urgency=3).exists()


def test_other_words_change_nothing(ada_api: APIClient) -> None:
    report = file(ada_api, "itchy feet, and my mother coughs")

    assert (report["urgency"], "red_flags" in report["answers"]) == ("routine", False)


def test_signs_in_words_stand_beside_those_that_are_ticked(ada_api: APIClient) -> None:
    report = file(ada_api, "my lips are blue", red_flags=["chest_pain"])

    assert report["answers"]["red_flags"] == ["blue_or_grey", "chest_pain"]


def test_what_may_only_seem_to_be_a_sign_is_unknown_where_nobody_asked_for_signs(ada_api: APIClient) -> None:
    words = "the scar on my chest hurts"

    assert file(ada_api, words)["urgency"] == "urgent"
    assert file(ada_api, words, red_flags="none")["urgency"] == "routine"


@pytest.mark.parametrize(
    "words",
    ["short of breath when I climb stairs", "six mouth sores", "ik kan niet meer eten door zweertjes in mijn mond"],
)
def test_what_the_review_wants_seen_at_once_cannot_wait_because_a_box_says_so(ada_api: APIClient, words: str) -> None:
    report = file(ada_api, words)

    assert (report["urgency"], report["answers"]["other.can_wait"]) == ("urgent", "unknown")
    assert "OTHER-NOW" in [finding["rule"] for finding in report["findings"]]


@pytest.mark.parametrize(
    "words", ["a bit of a cough now and then", "my sister is short of breath", "no cough, no sores"]
)
def test_what_is_mild_or_somebody_elses_can_wait(ada_api: APIClient, words: str) -> None:
    assert file(ada_api, words)["urgency"] == "routine"


def test_what_the_form_itself_asks_about_is_judged_by_its_answers(ada_api: APIClient, ada: Patient) -> None:
    ada.courses.update(baseline_dyspnea=1)
    answers = {"symptoms": ["dyspnea", "other"], "red_flags": "none", "dyspnea.severity": 1, "dyspnea.interference": 0}

    report = file(
        ada_api,
        "short of breath on stairs as always",
        **answers,
        **{"dyspnea.exertion": "moderate", "fever.temperature_c": 36.8},
    )

    assert report["urgency"] == "routine"


def test_an_offline_report_is_heard_too(ada_api: APIClient) -> None:
    kept = [
        {"client_id": str(uuid.uuid4()), "answers": {**CALM, "other.text": words}}
        for words in ("my lips are blue", "I want to die")
    ]

    answer = ada_api.post("/api/v1/reports/batch", {"reports": kept}).json()

    assert [one["report"]["advice"]["urgency"] for one in answer["results"]] == ["emergency", "emergency"]
    assert answer["advice"]["urgency"] == "emergency"


@pytest.mark.parametrize(
    "amendment",
    [{"note": "my lips are blue"}, {"answers": {"other.text": "my lips are blue", "other.can_wait": "yes"}}],
)
def test_danger_in_an_amendment_raises_the_report(ada_api: APIClient, amendment: dict[str, Any]) -> None:
    report = file(ada_api, "itchy feet")
    body = {"client_id": str(uuid.uuid4()), "reason": "forgotten", **amendment}

    amended = ada_api.post(f"/api/v1/reports/{report['id']}/amendments", body).json()

    assert (amended["urgency"], amended["advice"]["urgency"]) == ("emergency", "emergency")
    assert Alert.objects.filter(urgency=4).exists()


def test_a_remark_about_suicide_in_an_amendment_pages_and_has_its_advice(ada_api: APIClient) -> None:
    report = file(ada_api, "itchy feet")
    body = {"client_id": str(uuid.uuid4()), "reason": "forgotten", "note": "I want to kill myself"}

    amended = ada_api.post(f"/api/v1/reports/{report['id']}/amendments", body).json()

    assert [reason["rule"] for reason in amended["advice"]["reasons"]] == ["SELF-HARM"]
    assert Alert.objects.filter(urgency=4).exists()


def test_a_carer_writes_of_the_patient(ada: Patient) -> None:
    assert file(api_of_carer(ada, "Carl"), "she can't breathe")["urgency"] == "emergency"


def test_what_staff_write_about_a_report_is_no_danger(
    ada: Patient, ada_api: APIClient, nurse_kim: Practitioner
) -> None:
    report = file(ada_api, "itchy feet")

    amended = amend_report(
        SymptomReport.objects.select_related("patient").get(pk=report["id"]),
        reason=AmendmentReason.MISUNDERSTOOD,
        answers={},
        note="She says: my lips are blue. They are not.",
        author=nurse_kim.user,
        now=SymptomReport.objects.get().received_at,
    )

    assert amended.report.urgency == 2


class Counting:
    """An understander that counts what it is asked to read."""

    def __init__(self, understander: Understander) -> None:
        self._understander, self.read = understander, list[str]()

    def understand(self, text: str, **circumstances: Any) -> Understanding:
        self.read.append(text)
        return self._understander.understand(text, **circumstances)


def test_the_words_of_a_form_are_read_once(ada_api: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the longest part of filing: up to a tenth of a second."""
    counting = Counting(UNDERSTANDER)
    monkeypatch.setattr(reading, "UNDERSTANDER", counting)
    form = {"client_id": str(uuid.uuid4()), "answers": {**CALM, "other.text": "itchy feet"}}
    kept = {"client_id": str(uuid.uuid4()), "answers": {**CALM, "other.text": "a rash"}}
    wrong = {"client_id": str(uuid.uuid4()), "answers": {"symptoms": 7, "other.text": "dry skin"}}

    report = ada_api.post("/api/v1/reports", form).json()
    ada_api.post("/api/v1/reports/batch", {"reports": [kept]})
    ada_api.post("/api/v1/reports", wrong)
    amendment = {"client_id": str(uuid.uuid4()), "reason": "other", "note": "only the left one"}
    ada_api.post(f"/api/v1/reports/{report['id']}/amendments", amendment)

    assert [words.strip() for words in counting.read] == ["itchy feet", "a rash", "only the left one"]


FILLED = "itchy feet, " * 430
"""More than 5,000 characters: nobody is asked to shorten what was written without a network."""

HIDDEN: list[dict[str, Any]] = [
    {**CALM, "other.text": f"{FILLED}my lips are blue"},
    {**CALM, "other.text": FILLED, "hints": "my lips are blue"},
    {"symptoms": "none", "cough.blood": "my lips are blue"},
    {"symptoms": "none", "mouth_sores.count": "my lips are blue"},
    {"symptoms": "none", "other.text": ["my lips are blue"]},
    {"symptoms": ["my lips are blue"]},
]


@pytest.mark.parametrize("answers", HIDDEN, ids=lambda answers: str([*answers][-1]))
def test_danger_anywhere_in_a_kept_report_is_heard(ada_api: APIClient, answers: dict[str, Any]) -> None:
    kept = {"client_id": str(uuid.uuid4()), "answers": answers}

    result = ada_api.post("/api/v1/reports/batch", {"reports": [kept]}).json()

    assert result["advice"]["urgency"] == "emergency"
    stored = SymptomReport.objects.get()
    assert "my lips are blue" in f"{stored.answers} {stored.corrections}", "and nothing of it is lost"


def test_of_more_words_than_are_read_nothing_is_known(ada_api: APIClient) -> None:
    kept = {"client_id": str(uuid.uuid4()), "answers": {**CALM, "other.text": FILLED * 4}}

    result = ada_api.post("/api/v1/reports/batch", {"reports": [kept]}).json()

    assert result["advice"]["urgency"] == "urgent"


def test_the_end_of_a_long_amendment_is_heard(ada_api: APIClient) -> None:
    report = file(ada_api, "itchy feet")
    words = {"note": FILLED[:2000], "answers": {"other.text": f"{FILLED[:4900]} my lips are blue"}}

    amendment = {"client_id": str(uuid.uuid4()), "reason": "other", **words}
    amended = ada_api.post(f"/api/v1/reports/{report['id']}/amendments", amendment).json()

    assert amended["urgency"] == "emergency"
