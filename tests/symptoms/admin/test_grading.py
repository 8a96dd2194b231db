"""A clinician grades in CTCAE: with the version, in their own name, beside what is computed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from symptoms.courses import set_status
from symptoms.models import (
    AccessRecord,
    Assessment,
    CtcaeGrade,
    CtcaeGradeTakenBack,
    Episode,
    Patient,
    Practitioner,
)
from symptoms.models.patient import PatientStatus
from tests.cast import site_of
from tests.symptoms.admin.records import file_four_sores

pytestmark = pytest.mark.django_db


def grade_url(patient: Patient) -> str:
    return reverse("admin:symptoms_patient_grade", args=[patient.pk])


def filled_in(**changes: Any) -> dict[str, Any]:
    form = {
        "term": "mucositis_oral", "grade": "3", "version": "4.03", "graded_on": f"{timezone.localdate():%Y-%m-%d}",
    }  # fmt: skip
    return form | changes


def test_a_grade_stands_beside_the_computed_one_and_changes_nothing(
    ada: Patient, nurse_kim: Practitioner, kim_site: Client
) -> None:
    report = file_four_sores(ada)
    suggested = Assessment.objects.get(report=report).stomatitis_grade_review
    assert kim_site.post(grade_url(ada), filled_in(report=str(report.pk))).status_code == 302
    grade = CtcaeGrade.objects.get()
    assert (grade.grade, grade.version, grade.report, grade.graded_by) == (3, "4.03", report, nurse_kim)
    assert suggested == 2
    assert Assessment.objects.get(report=report).stomatitis_grade_review == suggested
    page = kim_site.get(reverse("admin:symptoms_patient_change", args=[ada.pk])).content.decode()
    for words in ("CTCAE 4.03", "mucositis oral 3 (v4.03)", "Kim Keller"):
        assert words in page


def test_the_form_names_the_patient_and_chooses_nothing(ada: Patient, kim_site: Client) -> None:
    page = kim_site.get(grade_url(ada))
    assert f'href="{reverse("admin:symptoms_patient_change", args=[ada.pk])}">Ada Archer<' in page.content.decode()
    answer = kim_site.post(grade_url(ada), filled_in(term="", grade=""))
    assert {"term", "grade"} == set(answer.context["form"].errors)
    assert not CtcaeGrade.objects.exists()


def test_a_correction_is_a_new_grade_and_the_first_one_stays(ada: Patient, kim_site: Client) -> None:
    for grade in ("3", "2"):
        kim_site.post(grade_url(ada), filled_in(grade=grade))
    assert [one.grade for one in CtcaeGrade.objects.order_by("graded_at")] == [3, 2]
    for change in (lambda: CtcaeGrade.objects.update(grade=1), lambda: CtcaeGrade.objects.all().delete()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_the_page_says_which_grade_was_replaced_and_the_summary_names_the_last_of_each_event(
    ada: Patient, kim_site: Client
) -> None:
    for changes in ({"grade": "3"}, {"grade": "2"}, {"term": "cough", "grade": "1"}):
        kim_site.post(grade_url(ada), filled_in(**changes))
    page = kim_site.get(reverse("admin:symptoms_patient_change", args=[ada.pk])).content.decode()
    assert page.count("3, replaced by a later one") == 1
    assert page.count("replaced by a later one") == 1
    assert "mucositis oral 2 (v4.03)" in page
    assert "mucositis oral 3 (v4.03)" not in page
    visit = ada.visits.get()
    summary = kim_site.get(reverse("admin:alerts_visit_summary", args=[visit.pk])).content.decode()
    assert "cough grade 1" in summary
    assert "mucositis oral grade 2" in summary
    assert "grade 3 (CTCAE" not in summary


def test_who_has_died_of_it_gets_grade_5(ada: Patient, kim_site: Client) -> None:
    set_status(ada, PatientStatus.DECEASED, timezone.now())
    assert kim_site.post(grade_url(ada), filled_in(grade="5")).status_code == 302


def test_an_episode_can_be_graded(ada: Patient, kim_site: Client) -> None:
    file_four_sores(ada)
    episode = Episode.objects.get(patient=ada)
    kim_site.post(grade_url(ada), filled_in(episode=str(episode.pk)))
    assert CtcaeGrade.objects.get().episode == episode


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"grade": "0"}, "Select a valid choice"),
        ({"grade": "6"}, "Select a valid choice"),
        ({"version": "3.0"}, "Select a valid choice"),
        ({"term": "headache"}, "Select a valid choice"),
        ({"term": "cough", "grade": "4"}, "no grade of cough above 3"),
        ({"grade": "5"}, "Grade 5 is death"),
        ({"graded_on": "1963-12-22"}, "within the last ten years"),
        ({"graded_on": "2999-01-01"}, "still ahead"),
        ({"report": "00000000-0000-0000-0000-000000000000"}, "Select a valid choice"),
    ],
)
def test_what_is_no_grade_is_refused(ada: Patient, kim_site: Client, changes: dict[str, Any], words: str) -> None:
    assert words in kim_site.post(grade_url(ada), filled_in(**changes)).content.decode()
    assert not CtcaeGrade.objects.exists()


def test_the_highest_grade_of_cough_is_taken(ada: Patient, kim_site: Client) -> None:
    assert kim_site.post(grade_url(ada), filled_in(term="cough", grade="3")).status_code == 302


def test_a_grade_is_about_one_thing(ada: Patient, kim_site: Client) -> None:
    report = file_four_sores(ada)
    both = filled_in(report=str(report.pk), episode=str(Episode.objects.get(patient=ada).pk))
    assert "not both" in kim_site.post(grade_url(ada), both).content.decode()


def test_another_patients_report_is_no_choice(ada: Patient, ben: Patient, kim_site: Client) -> None:
    foreign = file_four_sores(ben)
    assert "Select a valid choice" in kim_site.post(grade_url(ada), filled_in(report=str(foreign.pk))).content.decode()


def test_only_clinicians_grade(ada: Patient, administrator: Practitioner) -> None:
    site = site_of(administrator.user)
    assert site.post(grade_url(ada), filled_in()).status_code == 403
    assert not CtcaeGrade.objects.exists()


def test_a_grade_of_yesterday_is_taken(ada: Patient, kim_site: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    kim_site.post(grade_url(ada), filled_in(graded_on=f"{yesterday:%Y-%m-%d}"))
    assert CtcaeGrade.objects.get().graded_on == yesterday


def take_back_url(grade: CtcaeGrade) -> str:
    return reverse("admin:symptoms_ctcaegrade_take_back", args=[grade.pk])


def page_of(site: Client, patient: Patient) -> str:
    return site.get(reverse("admin:symptoms_patient_change", args=[patient.pk])).content.decode()


def test_a_grade_of_the_wrong_patient_is_taken_back_and_stays_to_be_read(
    ada: Patient, nurse_kim: Practitioner, kim_site: Client
) -> None:
    kim_site.post(grade_url(ada), filled_in())
    grade = CtcaeGrade.objects.get()
    assert "Name no other patient" in kim_site.get(take_back_url(grade)).content.decode()
    assert "This field is required" in kim_site.post(take_back_url(grade), {"reason": " "}).content.decode()
    record = kim_site.post(take_back_url(grade), {"reason": "meant for Eva"}, follow=True).content.decode()
    assert '<b class="taken-back">' in record
    assert "3, taken back" in record
    assert take_back_url(grade) not in record
    taken = CtcaeGradeTakenBack.objects.get()
    assert (taken.grade, taken.taken_back_by, taken.reason) == (grade, nurse_kim, "meant for Eva")
    page = page_of(kim_site, ada)
    assert "3, taken back" in page
    assert "Kim Keller: meant for Eva" in page
    assert "mucositis oral 3 (v4.03)" not in page, "the chart shows what counts"
    summary = kim_site.get(reverse("admin:alerts_visit_summary", args=[ada.visits.get().pk])).content.decode()
    assert "mucositis oral grade" not in summary
    listing = kim_site.get(reverse("admin:symptoms_ctcaegrade_changelist")).content.decode()
    assert "3, taken back" in listing


def test_who_took_a_grade_back_stands_in_history_and_access_log(ada: Patient, kim_site: Client) -> None:
    kim_site.post(grade_url(ada), filled_in())
    grade = CtcaeGrade.objects.get()
    kim_site.post(take_back_url(grade), {"reason": "meant for Eva"})
    history = kim_site.get(reverse("admin:symptoms_ctcaegrade_history", args=[grade.pk])).content.decode()
    assert "The grade is taken back, and counts no more. Reason: meant for Eva" in history
    seen = AccessRecord.objects.get(kind="change", record=f"symptoms.ctcaegrade {grade.pk}")
    assert seen.patients == [ada.pk]


def test_once_a_correction_is_taken_back_the_grade_before_counts_again(ada: Patient, kim_site: Client) -> None:
    for given in ("3", "2"):
        kim_site.post(grade_url(ada), filled_in(grade=given))
    kim_site.post(take_back_url(CtcaeGrade.objects.get(grade=2)), {"reason": "a slip"})
    page = page_of(kim_site, ada)
    assert "mucositis oral 3 (v4.03)" in page
    assert "replaced by a later one" not in page
    summary = kim_site.get(reverse("admin:alerts_visit_summary", args=[ada.visits.get().pk])).content.decode()
    assert "mucositis oral grade 3" in summary


def test_what_was_taken_back_once_keeps_its_first_reason(ada: Patient, kim_site: Client) -> None:
    kim_site.post(grade_url(ada), filled_in())
    grade = CtcaeGrade.objects.get()
    kim_site.post(take_back_url(grade), {"reason": "meant for Eva"})
    again = kim_site.post(take_back_url(grade), {"reason": "another"}, follow=True).content.decode()
    assert "This grade was taken back before." in again
    assert CtcaeGradeTakenBack.objects.get().reason == "meant for Eva"
    for change in (lambda: CtcaeGradeTakenBack.objects.update(taken_back_at=timezone.now()), taken_rows().delete):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def taken_rows() -> QuerySet[CtcaeGradeTakenBack]:
    return CtcaeGradeTakenBack.objects.all()


def test_only_clinicians_of_the_clinic_take_a_grade_back(
    ada: Patient, administrator: Practitioner, kim_site: Client, lee_site: Client
) -> None:
    kim_site.post(grade_url(ada), filled_in())
    address = take_back_url(CtcaeGrade.objects.get())
    assert site_of(administrator.user).post(address, {"reason": "x"}).status_code == 403
    assert lee_site.post(address, {"reason": "x"}).status_code == 404
    assert not CtcaeGradeTakenBack.objects.exists()
