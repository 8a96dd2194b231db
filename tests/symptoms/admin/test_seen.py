"""A form that is sent from a page on which the row looked otherwise changes nothing, and says what was changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.forms import model_to_dict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.models import Visit
from symptoms.clinical.dosing import DoseEventKind
from symptoms.models import Clinic, DoseEvent, Patient, Practitioner, TreatmentCourse
from symptoms.models.clinic import Role
from tests.cast import course_of, make_practitioner, site_of
from tests.filling import Page, seen_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def joris_site(clinic: Clinic) -> Client:
    return site_of(make_practitioner(clinic, "joris").user)


def test_an_old_page_does_not_put_back_what_a_colleague_changed(
    kim_site: Client, joris_site: Client, ada: Patient
) -> None:
    edit = f"/admin/symptoms/patient/{ada.pk}/edit/"
    of_kim, of_joris = Page(kim_site, edit), Page(joris_site, edit)
    assert "The particulars are saved." in of_kim.send(phone="+32 499 11 22 33")
    shown = of_joris.send(travel_distance_km=12)
    assert "somebody changed: Phone. Nothing of yours was saved" in shown
    assert "+32 499 11 22 33" in shown, "the form as it stands now"
    ada.refresh_from_db()
    assert (ada.phone, ada.travel_distance_km) == ("+32 499 11 22 33", None)
    assert "The particulars are saved." in Page(joris_site, edit).send(travel_distance_km=12)
    ada.refresh_from_db()
    assert (ada.phone, ada.travel_distance_km) == ("+32 499 11 22 33", 12)


def test_what_the_page_does_not_show_makes_it_no_older(kim_site: Client, ada: Patient) -> None:
    page = Page(kim_site, f"/admin/symptoms/patient/{ada.pk}/edit/")
    ada.user.save()
    course_of(ada).save()
    assert "The particulars are saved." in page.send(travel_distance_km=12)


def test_a_form_with_errors_can_be_sent_again(kim_site: Client, ada: Patient) -> None:
    page = Page(kim_site, f"/admin/symptoms/patient/{ada.pk}/edit/")
    refused = page.send(full_name="")
    assert seen_on(refused) == page.fields["seen"]
    assert "The particulars are saved." in page.send(full_name="Ada Adams")


@pytest.mark.parametrize("seen", ["", "rubbish", "[1]", "{}", '{"phone": 1}'])
def test_a_form_that_does_not_say_what_it_showed_is_not_taken(kim_site: Client, ada: Patient, seen: str) -> None:
    page = Page(kim_site, f"/admin/symptoms/patient/{ada.pk}/edit/")
    page.send(phone="+32 499 11 22 33", seen=seen)
    ada.refresh_from_db()
    assert ada.phone == ""


def test_the_first_dose_stays_where_a_colleague_moved_it(kim_site: Client, joris_site: Client, ada: Patient) -> None:
    course = course_of(ada)
    address = reverse("admin:symptoms_treatmentcourse_change", args=[course.pk])
    of_kim, of_joris = Page(kim_site, address), Page(joris_site, address)
    earlier = course.first_dose_on - timedelta(days=1)
    of_kim.send(first_dose_on=earlier)
    assert "First dose on" in of_joris.send(is_bath_prescribed=None)
    course.refresh_from_db()
    assert (course.first_dose_on, course.is_bath_prescribed) == (earlier, True)


def test_a_line_of_the_dose_log_that_the_page_did_not_show_makes_it_old(
    kim_site: Client, joris_site: Client, ada: Patient
) -> None:
    course: TreatmentCourse = course_of(ada)
    address = reverse("admin:symptoms_treatmentcourse_change", args=[course.pk])
    of_kim, of_joris = Page(kim_site, address), Page(joris_site, address)
    line = {
        "dose_events-TOTAL_FORMS": 1,
        "dose_events-0-kind": DoseEventKind.INTERRUPTED,
        "dose_events-0-happened_on": course.first_dose_on + timedelta(days=2),
        "dose_events-0-reason": "stomatitis",
    }
    of_kim.send(**line)
    assert "dose log" in of_joris.send(**line)
    assert DoseEvent.objects.count() == 1


def test_rows_without_a_patient_are_looked_after_too(nurse_kim: Practitioner) -> None:
    boss, deputy = (site_of(make_practitioner(nurse_kim.clinic, one, role=Role.ADMINISTRATOR).user) for one in "bd")
    address = reverse("admin:symptoms_clinic_change", args=[nurse_kim.clinic_id])
    of_boss, of_deputy = Page(boss, address), Page(deputy, address)
    of_boss.send(phone="+32 2 555 77 77")
    of_deputy.send(name="Another name")
    assert model_to_dict(Clinic.objects.get(pk=nurse_kim.clinic_id), ["phone", "name"]) == {
        "phone": "+32 2 555 77 77",
        "name": "Clinic North",
    }


def test_a_status_set_from_an_old_page_is_asked_about_once_more(
    kim_site: Client, joris_site: Client, ada: Patient
) -> None:
    page = reverse("admin:symptoms_patient_status", args=[ada.pk])
    seen = joris_site.get(page).context["form"]["seen"].value()
    kim_site.post(page, {"status": "deceased", "seen": seen})
    answer = joris_site.post(page, {"status": "paused", "seen": seen})
    assert "somebody changed this. Nothing of yours was saved. Now it is: deceased." in answer.content.decode()
    ada.refresh_from_db()
    assert ada.status == "deceased"
    joris_site.post(page, {"status": "paused", "seen": answer.context["form"]["seen"].value()})
    ada.refresh_from_db()
    assert ada.status == "paused"


def test_an_appointment_that_a_colleague_moved_is_not_moved_back_unseen(
    kim_site: Client, joris_site: Client, ada: Patient
) -> None:
    visit = Visit.objects.get(patient=ada)
    page = reverse("admin:alerts_visit_book", args=[visit.pk])
    seen = joris_site.get(page).context["form"]["seen"].value()
    day = timezone.localdate() + timedelta(days=3)
    kim_site.post(page, {"booked_at_0": day, "booked_at_1": "10:00", "seen": seen})
    said = joris_site.post(page, {"booked_at_0": day, "booked_at_1": "15:00", "seen": seen}).content.decode()
    assert "Now it is: booked" in said
    assert ", 10:00" in said
    visit.refresh_from_db()
    assert visit.booked_at is not None
    assert visit.booked_at.astimezone(ada.clinic.zone).hour == 10
