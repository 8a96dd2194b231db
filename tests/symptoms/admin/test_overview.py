"""The page of a patient: what a clinician sees at once, what only on asking, and what it costs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alerts.acknowledging import close
from alerts.models import Alert
from alerts.models.alert import Outcome
from symptoms.admin.moments import write_day
from symptoms.admin.overview.contact import mask_phone
from symptoms.admin.overview.trend import MOST_DRAWN
from symptoms.clinical.terms import Problem, Urgency
from symptoms.courses import record_dose_event, set_status
from symptoms.models import AccessRecord, ActivationCode, CtcaeGrade, Patient, Practitioner, SymptomReport
from symptoms.models.patient import PatientStatus
from tests.alerts.making import raised, urgent
from tests.cast import course_of, make_patient, site_of
from tests.symptoms.admin.records import file_four_sores, one_of_each

pytestmark = pytest.mark.django_db

PHONE = "+32 475 12 34 56"


def page_of(patient: Patient, page: str = "change") -> str:
    return reverse(f"admin:symptoms_patient_{page}", args=[patient.pk])


def read(site: Client, patient: Patient, **query: Any) -> str:
    answer = site.get(page_of(patient), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_clock_the_clinics_with_the_patients_in_brackets_where_it_shows_another_time(
    kim_site: Client, ada: Patient
) -> None:
    report = file_four_sores(ada)
    SymptomReport.objects.filter(pk=report.pk).update(received_at=datetime(2026, 11, 28, 22, 51, tzinfo=UTC))
    assert "23:51 (" not in read(kim_site, ada)
    Patient.objects.filter(pk=ada.pk).update(time_zone="America/New_York")
    assert "23:51 (17:51 at the patient&#x27;s)" in read(kim_site, ada)


def add_reports(patient: Patient, count: int) -> None:
    """Reports of the last days, two an hour."""
    now = timezone.now()
    template = file_four_sores(patient)
    copies = []
    for number in range(count):
        at = now - timedelta(minutes=30 * number)
        copies.append(
            SymptomReport(
                patient=patient, client_id=f"00000000-0000-0000-0000-{number:012d}", source="form", status="complete",
                answers=template.answers, occurred_at=at, received_at=at, urgency=Urgency.URGENT,
            )
        )  # fmt: skip
    SymptomReport.objects.bulk_create(copies)


def test_the_page_shows_the_chart_with_all_lanes_and_every_section(
    ada: Patient, nurse_kim: Practitioner, kim_site: Client
) -> None:
    one_of_each(ada, nurse_kim)
    page = read(kim_site, ada)
    lanes = (
        "Alerts", "Severity (PRO-CTCAE 0-4)", "Interference", "Composite grade", "Mouth sores, number", "Temperature",
        "CTCAE grade, by a clinician", "daily dose and interruptions", "Visits",
    )  # fmt: skip
    wide, narrow = re.findall(r"<svg class=\"drawing.*?</svg>", page, re.DOTALL)
    for drawing in (wide, narrow):
        assert all(lane in drawing for lane in lanes)
    for section in ("Open alerts", "Closed alerts", "Reports", "Dose log", "Visits", "Education", "CTCAE grades"):
        assert f">{section}" in page, section
    assert "mucositis oral 2 (v5.0)" in page
    assert "Visit summary" in page
    assert "MOUTH-COUNT" in page


def test_an_answer_that_was_not_known_is_a_question_mark(ada: Patient, kim_site: Client) -> None:
    report = file_four_sores(ada)
    SymptomReport.objects.filter(pk=report.pk).update(
        answers=report.answers | {"mouth_sores.severity": "unknown", "mouth_sores.count": "more_than_three"}
    )
    page = read(kim_site, ada)
    assert "mouth sores not known" in page
    assert "&gt;3" in page
    assert "? / 1 / –" in page


def test_the_page_is_for_reading_only(ada: Patient, kim_site: Client) -> None:
    assert kim_site.post(page_of(ada), {"full_name": "Somebody Else"}).status_code == 405
    ada.refresh_from_db()
    assert ada.full_name == "Ada Archer"


def test_contact_details_are_masked_until_asked_for_and_the_asking_is_recorded(ada: Patient, kim_site: Client) -> None:
    ada.phone, ada.carer_name, ada.carer_phone = PHONE, "Alan Archer", "+32 470 98 76 54"
    ada.save()
    secrets = (PHONE, "+32475123456", "ada@patients.example", "Alan Archer", "+32 470 98 76 54")
    page = read(kim_site, ada)
    assert not [secret for secret in secrets if secret in page]
    assert "••• 56" in page
    assert not AccessRecord.objects.filter(kind="reveal").exists()
    shown = kim_site.post(page_of(ada, "contact"))
    assert all(secret in shown.content.decode() for secret in secrets)
    assert "no-store" in shown.headers["Cache-Control"]
    record = AccessRecord.objects.get(kind="reveal")
    assert (record.person.username, record.patients) == ("kim", [ada.pk])


def test_no_link_shows_contact_details(ada: Patient, kim_site: Client) -> None:
    answer = kim_site.get(page_of(ada, "contact"))
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(ada))
    assert not AccessRecord.objects.filter(kind="reveal").exists()


def test_editing_shows_them_as_well_and_is_recorded_so(ada: Patient, kim_site: Client) -> None:
    assert "ada@patients.example" in kim_site.get(page_of(ada, "edit")).content.decode()
    assert AccessRecord.objects.get(kind="reveal").patients == [ada.pk]


@pytest.mark.parametrize(("number", "masked"), [(PHONE, "••• 56"), ("112", "••• 12"), ("", "••• ")])
def test_a_masked_number_keeps_two_digits(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@pytest.mark.parametrize("status", [PatientStatus.PAUSED, PatientStatus.WITHDRAWN, PatientStatus.DECEASED])
def test_a_patient_who_is_not_active_is_said_to_be_so_loudly(
    ada: Patient, kim_site: Client, status: PatientStatus
) -> None:
    assert 'class="notice loud"' not in read(kim_site, ada)
    set_status(ada, status, timezone.now())
    page = read(kim_site, ada)
    loud = re.search(r'<p class="notice loud" role="alert">(.*?)</p>', page)
    assert loud is not None
    assert loud[1].startswith(status.value.capitalize())


def test_a_report_of_a_withdrawn_patient_is_judged_and_seen(ada: Patient, kim_site: Client) -> None:
    set_status(ada, PatientStatus.WITHDRAWN, timezone.now())
    file_four_sores(ada)
    page = read(kim_site, ada)
    assert "Withdrawn." in page
    assert "Open alerts" in page
    assert Alert.objects.get(patient=ada, problem=Problem.MOUTH).urgency == Urgency.URGENT


@pytest.mark.parametrize("status", [PatientStatus.WITHDRAWN, PatientStatus.DECEASED])
def test_nobody_lets_a_phone_in_for_a_patient_who_has_left(
    ada: Patient, kim_site: Client, status: PatientStatus
) -> None:
    set_status(ada, status, timezone.now())
    before = ActivationCode.objects.count()
    for answer in (
        kim_site.get(page_of(ada, "new_code"), follow=True),
        kim_site.post(page_of(ada, "new_code"), follow=True),
    ):
        assert "no phone is let in" in answer.content.decode()
    assert ActivationCode.objects.count() == before


def test_a_paused_patient_may_get_a_code(ada: Patient, kim_site: Client) -> None:
    set_status(ada, PatientStatus.PAUSED, timezone.now())
    assert kim_site.post(page_of(ada, "new_code")).status_code == 200


def test_the_dose_log_counts_interruptions_for_stomatitis(
    ada: Patient, nurse_kim: Practitioner, kim_site: Client
) -> None:
    course, today = course_of(ada), timezone.now().date()
    before = read(kim_site, ada)
    for back, kind in ((6, "interrupted"), (4, "restarted"), (2, "interrupted")):
        record_dose_event(
            course, kind=kind, happened_on=today - timedelta(days=back), now=timezone.now(), reason="stomatitis",
            by=nurse_kim.user,
        )  # fmt: skip
    assert "drug interrupted" not in before
    page = read(kim_site, ada)
    assert "Interruptions for stomatitis so far: 2" in page
    assert "drug interrupted" in page, "a bar of few days has no room for the word"
    assert "interrupted: stomatitis" in page
    assert "Kim Keller" in page
    course_page = kim_site.get(reverse("admin:symptoms_treatmentcourse_change", args=[course.pk])).content.decode()
    assert "interruptions for stomatitis so far" in course_page.lower()
    assert re.search(r"interrupted since [^<]* \(stomatitis\)", course_page)


def test_the_head_says_that_the_drug_is_interrupted_since_when_and_why(ada: Patient, kim_site: Client) -> None:
    now = timezone.now()
    assert "The drug is not taken now" not in read(kim_site, ada)
    record_dose_event(course_of(ada), kind="interrupted", happened_on=now.date(), reason="stomatitis", now=now)
    head = read(kim_site, ada).split("Dose log")[0]
    day = write_day(now.date())
    assert f"The drug is not taken now: interrupted since {day} (stomatitis)." in head


def test_an_open_alert_says_what_the_patient_stated(ada: Patient, nurse_kim: Practitioner, kim_site: Client) -> None:
    file_four_sores(ada)
    page = read(kim_site, ada)
    assert re.search("sores: (4|More than three)", page)
    assert "a count of 4 or more" not in page


def test_older_days_are_on_pages_of_their_own(ada: Patient, kim_site: Client) -> None:
    course = course_of(ada)
    course.first_dose_on -= timedelta(days=400)
    course.save()
    report = file_four_sores(ada)
    long_ago = timezone.now() - timedelta(days=300)
    SymptomReport.objects.filter(pk=report.pk).update(occurred_at=long_ago)
    address = reverse("admin:symptoms_symptomreport_change", args=[report.pk])
    assert address not in read(kim_site, ada)
    until = re.search(r'href="\?until=([0-9-]+)" rel="prev"', read(kim_site, ada))
    assert until is not None
    assert address in read(kim_site, ada, until=until[1])
    assert 'rel="next"' in read(kim_site, ada, until=until[1])
    assert 'rel="next"' not in read(kim_site, ada)


@pytest.mark.parametrize("until", ["yesterday", "2026-02-30", "<script>"])
def test_what_is_no_day_is_said(ada: Patient, kim_site: Client, until: str) -> None:
    page = read(kim_site, ada, until=until)
    assert "There is no such day" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("until", ["0001-01-01", "9999-12-31"])
def test_a_day_far_away_is_the_nearest_page(ada: Patient, kim_site: Client, until: str) -> None:
    assert "drawing wide" in read(kim_site, ada, until=until)


def test_an_administrator_who_treats_nobody_sees_no_symptoms(ada: Patient, administrator: Practitioner) -> None:
    file_four_sores(ada)
    page = read(site_of(administrator.user), ada)
    assert ada.full_name in page
    for words in ("Severity (PRO-CTCAE", "MOUTH-DURATION", "The figures of the chart", "CTCAE grades"):
        assert words not in page, words


def test_another_clinics_patient_does_not_exist(ada: Patient, lee_site: Client) -> None:
    for page in ("change", "edit", "grade", "contact"):
        assert lee_site.get(page_of(ada, page)).status_code == 404, page
        assert lee_site.post(page_of(ada, page)).status_code == 404, page


def test_strangers_and_patients_are_sent_to_the_log_in(
    ada: Patient, nobody_site: Client, ada_site: Client, ben_site: Client
) -> None:
    for site in (nobody_site, ada_site, ben_site):
        for page in ("change", "edit", "grade", "contact"):
            assert site.get(page_of(ada, page)).status_code == 302, page
            assert site.post(page_of(ada, page)).status_code in {302, 401}, page
    assert not CtcaeGrade.objects.exists()


def test_every_link_of_the_page_leads_somewhere(ada: Patient, nurse_kim: Practitioner, kim_site: Client) -> None:
    one_of_each(ada, nurse_kim)
    alert = raised(urgent("X", problem=Problem.OTHER), ada, now=timezone.now())
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", timezone.now())
    content = read(kim_site, ada).split('id="content-main"')[1]
    links = {unescape(link) for link in re.findall(r'href="(/admin/[^"]+)"', content)}
    assert len(links) >= 15
    for link in sorted(links):
        assert kim_site.get(link).status_code == 200, link


def queries(site: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert site.get(address).status_code == 200
    return len(seen)


def test_the_page_costs_the_same_whatever_the_history_and_the_clinic(
    ada: Patient, nurse_kim: Practitioner, kim_site: Client
) -> None:
    one_of_each(ada, nurse_kim)
    queries(kim_site, page_of(ada))
    before = queries(kim_site, page_of(ada))
    add_reports(ada, MOST_DRAWN + 50)
    for problem in (Problem.OTHER, Problem.INFECTION, Problem.RESPIRATORY):
        raised(urgent("X", problem=problem), ada, now=timezone.now())
    for number in range(20):
        make_patient(nurse_kim.clinic, f"Patient {number}")
    assert queries(kim_site, page_of(ada)) == before
    assert before <= 45


def test_a_page_says_which_reports_it_leaves_out(ada: Patient, kim_site: Client) -> None:
    add_reports(ada, MOST_DRAWN)
    page = read(kim_site, ada)
    assert f"Only the latest {MOST_DRAWN} reports" in page
