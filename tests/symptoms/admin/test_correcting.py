"""A clinician puts a report right: with the choices that patients have, never by codes or ids typed by hand."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.models import Alert
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Slot, Urgency
from symptoms.models import AccessRecord, Amendment, Episode, Patient, Practitioner, SymptomReport
from symptoms.models.report import ReportStatus
from tests.cast import api_of, site_of
from tests.symptoms.admin.records import file_four_sores

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(ada: Patient) -> SymptomReport:
    return file_four_sores(ada)


@pytest.fixture
def site(nurse_kim: Practitioner) -> Client:
    return site_of(nurse_kim.user)


def page_of(report: SymptomReport) -> str:
    return reverse("admin:symptoms_symptomreport_correct", args=[report.pk])


def shown(site: Client, report: SymptomReport) -> dict[str, Any]:
    """What the form sends when only the reason is chosen."""
    form = site.get(page_of(report)).context["form"]
    return {"form_id": form["form_id"].value(), "seen": form["seen"].value(), "reason": "mistake", "note": ""}


def test_the_form_asks_in_words_and_says_what_was_answered(site: Client, report: SymptomReport) -> None:
    said = site.get(page_of(report)).content.decode()
    assert report.patient.full_name in said
    for words in ("How many sores do you have in your mouth now?", "as it is: Moderate (2)", "More than three"):
        assert words in said
    texts = re.sub(r"<[^>]*>", " ", said)
    assert not [slot for slot in Slot if "." in slot and slot in texts], "a code is for no reader"
    assert "at_rest" not in texts
    assert report.answers[Slot.MOUTH_ONSET_ON] not in texts, "a day is written as everywhere"
    assert str(report.pk) not in texts


@pytest.mark.parametrize(
    ("chosen", "stored"),
    [
        ({"mouth_sores.count_0": "6"}, {"mouth_sores.count": 6}),
        ({"mouth_sores.count_1": "more_than_three"}, {"mouth_sores.count": "more_than_three"}),
        ({"mouth_sores.severity": "0", "cough.blood": "no"}, {"mouth_sores.severity": 0, "cough.blood": "no"}),
        ({"cough.severity": "unknown"}, {"cough.severity": "unknown"}),
        ({"fever.temperature_c_0": "38.4"}, {"fever.temperature_c": 38.4}),
        ({"symptoms": ["mouth_sores", "fever"]}, {"symptoms": ["mouth_sores", "fever"]}),
        ({"red_flags": ["none"]}, {"red_flags": "none"}),
        ({"other.text": "It stings.", "note": "By telephone."}, {"other.text": "It stings."}),
        ({"note": "By telephone."}, {}),
    ],
)  # fmt: skip
def test_what_is_chosen_is_put_right_and_the_rest_stays(
    chosen: dict[str, Any], stored: dict[str, Any], site: Client, report: SymptomReport
) -> None:
    body = {**shown(site, report), **chosen}
    assert site.post(page_of(report), body).status_code == 302
    site.post(page_of(report), body)  # a double click
    amendment = report.amendments.get()
    assert (amendment.answers, amendment.author) == (stored, report.patient.clinic.practitioners.get().user)
    again = SymptomReport.objects.get(pk=report.pk)
    assert again.answers == report.answers, "what was answered stays"
    assert again.amended_answers == {**report.answers, **stored}
    assert again.assessments.count() == (2 if stored else 1)
    assert AccessRecord.objects.filter(kind="change", patients__contains=[report.patient_id]).exists()


def test_an_onset_put_right_moves_the_days_of_the_episode(site: Client, report: SymptomReport) -> None:
    """The onset is kept over reports; only a clinician corrects it later (CLINICAL, section 1)."""
    on = local_date(report.received_at, report.patient.zone) - timedelta(days=4)
    body = {**shown(site, report), "mouth_sores.onset_on_0": on.isoformat()}
    assert site.post(page_of(report), body).status_code == 302
    assert Episode.objects.get(patient=report.patient, closed_at=None).earliest_on == on
    found = {finding["rule"] for finding in SymptomReport.objects.get(pk=report.pk).assessments.last().findings}  # type: ignore[union-attr]  # it was judged
    assert "MOUTH-DURATION" in found


def test_a_correction_raises_an_alert_and_takes_none_back(site: Client, report: SymptomReport) -> None:
    raised = Alert.objects.get(patient=report.patient, problem="mouth")
    site.post(page_of(report), {**shown(site, report), "red_flags": ["blue_or_grey"]})
    assert Alert.objects.filter(patient=report.patient, urgency=Urgency.EMERGENCY).count() == 1
    site.post(page_of(report), {**shown(site, report), "red_flags": ["none"], "mouth_sores.count_0": "1"})
    report.refresh_from_db()
    raised.refresh_from_db()
    assert (report.urgency, raised.closed_at) == (Urgency.EMERGENCY, None)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"mouth_sores.count_0": "100"}, "less than or equal to 99"),
        ({"mouth_sores.count_0": "2", "mouth_sores.count_1": "unknown"}, "not both"),
        ({"mouth_sores.onset_on_0": "2199-01-01"}, "less than or equal to"),
        ({"mouth_sores.onset_on_0": "2001-01-01"}, "greater than or equal to"),
        ({"fever.temperature_c_0": "33.9"}, "greater than or equal to 34"),
        ({"fever.temperature_c_0": "nan"}, "Enter a number"),
        ({"cough.severity": "5"}, "not one of the available choices"),
        ({"symptoms": ["none", "cough"]}, "cannot stand beside"),
        ({"mouth_sores.count_0": "2", "reason": ""}, "This field is required"),
        ({"mouth_sores.count_0": "2", "seen": "7"}, "somebody changed this"),
        ({}, "Choose what is right instead, or write a remark"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_question(
    wrong: dict[str, Any], says: str, site: Client, report: SymptomReport
) -> None:
    answer = site.post(page_of(report), {**shown(site, report), **wrong})
    assert (answer.status_code, says in answer.content.decode()) == (200, True)
    assert not report.amendments.exists()


def test_two_who_correct_at_once_hear_of_each_other(site: Client, report: SymptomReport) -> None:
    old = shown(site, report)
    site.post(page_of(report), {**shown(site, report), "mouth_sores.count_0": "6"})
    answer = site.post(page_of(report), {**old, "mouth_sores.count_0": "2"})
    said = answer.content.decode()
    assert "somebody changed this. Nothing of yours was saved. Now it is: corrections: 1." in said
    assert "as it is: 6" in said
    assert report.amendments.get().answers == {"mouth_sores.count": 6}
    looked_again = {**old, "mouth_sores.count_0": "2", "seen": answer.context["form"]["seen"].value()}
    assert site.post(page_of(report), looked_again).status_code == 302
    assert report.amendments.count() == 2


def test_a_check_in_that_goes_on_is_not_corrected(site: Client, report: SymptomReport) -> None:
    SymptomReport.objects.filter(pk=report.pk).update(status=ReportStatus.IN_PROGRESS)
    assert "not over yet" in site.get(page_of(report), follow=True).content.decode()


def test_nothing_of_another_clinic_is_corrected(nurse_lee: Practitioner, report: SymptomReport) -> None:
    for answer in (site_of(nurse_lee.user).get(page_of(report)), site_of(nurse_lee.user).post(page_of(report))):
        assert answer.status_code == 404
    assert not Amendment.objects.exists()


def test_the_report_shows_what_was_put_right(site: Client, report: SymptomReport) -> None:
    site.post(page_of(report), {**shown(site, report), "mouth_sores.count_0": "6", "note": "By telephone."})
    said = site.get(reverse("admin:symptoms_symptomreport_change", args=[report.pk])).content.decode()
    assert "By telephone." in said
    assert timezone.localtime(report.amendments.get().amended_at, report.patient.clinic.zone).strftime("%H:%M") in said


def test_whoever_looks_at_the_alert_or_the_patient_sees_what_was_put_right(site: Client, report: SymptomReport) -> None:
    body = {**shown(site, report), "mouth_sores.count_0": "1", "cough.severity": "2", "note": "Counted again."}
    site.post(page_of(report), body)
    alert = Alert.objects.get(patient=report.patient, problem="mouth")
    page = site.get(reverse("admin:alerts_alert_change", args=[alert.pk])).content.decode()
    said = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    said = said[said.index("Put right after the report") :][:300]
    author = report.patient.clinic.practitioners.get()
    for words in (
        f"{author} (mistake)",
        "sores: 1 instead of 4",
        "Moderate (2) instead of not asked",
        "Counted again.",
    ):
        assert words in said
    visit = report.patient.visits.get()
    addresses = [
        reverse("admin:alerts_alert_change", args=[alert.pk]),
        reverse("admin:symptoms_patient_change", args=[report.patient_id]),
        reverse("admin:alerts_visit_summary", args=[visit.pk]),
    ]
    for address in addresses:
        assert "put right later" in site.get(address).content.decode(), address


def test_what_the_patient_put_right_is_the_patients(site: Client, report: SymptomReport) -> None:
    sent = {"client_id": str(uuid.uuid4()), "reason": "mistake", "answers": {"mouth_sores.count": 5}}
    answer = api_of(report.patient).post(f"/api/v1/reports/{report.pk}/amendments", sent, format="json")
    assert answer.status_code < 300, answer.content
    for address in (
        reverse("admin:symptoms_symptomreport_change", args=[report.pk]),
        reverse("admin:alerts_alert_change", args=[Alert.objects.get(problem="mouth").pk]),
    ):
        page = site.get(address).content.decode()
        assert "the patient" in page
        assert report.patient.user.username not in page
