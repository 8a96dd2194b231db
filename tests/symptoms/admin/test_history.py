"""The history of a record: each line in the language of who reads it, whoever it was that acted."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.models import Visit
from alerts.raising import raise_alert
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import Patient, Practitioner

pytestmark = pytest.mark.django_db


def read(site: Client, model: str, pk: object, language: str) -> str:
    """The history of a record as somebody reads it."""
    page = site.get(reverse(f"admin:{model}_history", args=[pk]), headers={"Accept-Language": language})
    return unescape(page.content.decode())


def test_what_one_has_done_in_german_a_colleague_reads_in_french_and_another_in_english(
    kim_site: Client, ada: Patient
) -> None:
    told = NotifyCareTeam(Problem.MOUTH, Urgency.URGENT, rules=("MOUTH-COUNT",))
    alert = raise_alert(told, patient=ada, report=None, now=timezone.now())
    assert alert is not None
    address = reverse("admin:alerts_alert_acknowledge", args=[alert.pk])
    answer = kim_site.post(address, {"generation": 1}, headers={"Accept-Language": "de"}, follow=True)
    assert f"Sie haben Meldung {alert.number} übernommen." in answer.content.decode(), "who acts has their own"
    assert f"You have taken alert {alert.number}." in read(kim_site, "alerts_alert", alert.pk, "en")
    assert f"Vous avez pris en charge l'alerte {alert.number}." in read(kim_site, "alerts_alert", alert.pk, "fr")


def test_days_statuses_and_reasons_are_written_for_the_reader(kim_site: Client, ada: Patient) -> None:
    visit = Visit.objects.get(patient=ada)
    Visit.objects.filter(pk=visit.pk).update(planned_on=timezone.localdate())
    acts = {"attended": {}, "not_attended": {"reason": "die falsche Person"}}
    for act, given in acts.items():
        kim_site.post(reverse(f"admin:alerts_visit_{act}", args=[visit.pk]), given, headers={"Accept-Language": "de"})
    day = timezone.localdate() + timedelta(days=9)
    another = reverse("admin:alerts_visit_another", args=[visit.pk])
    kim_site.post(another, {"planned_on": day}, headers={"Accept-Language": "de"})
    english = read(kim_site, "alerts_visit", visit.pk, "en")
    assert "The visit is no longer marked as attended. Reason: die falsche Person" in english
    assert f"Another visit is planned for {day:%a} {day.day} {day:%b %Y}." in english
    status = reverse("admin:symptoms_patient_status", args=[ada.pk])
    kim_site.post(status, {"status": "paused"}, headers={"Accept-Language": "nl"})
    assert "This patient is paused now." in read(kim_site, "symptoms_patient", ada.pk, "en")
    assert "paused" not in read(kim_site, "symptoms_patient", ada.pk, "es")


def test_lines_of_earlier_releases_and_of_the_forms_are_read_as_they_were(
    kim_site: Client, ada: Patient, nurse_kim: Practitioner
) -> None:
    for message in ("Die Gnade ist gegeben.", "Issued an activation code.", '{"said": 1}', ""):
        LogEntry.objects.log_actions(nurse_kim.user_id, [ada], CHANGE, message, single_object=True)
    french = read(kim_site, "symptoms_patient", ada.pk, "fr")
    assert "Die Gnade ist gegeben." in french
    assert "Issued an activation code." not in french, "what the site itself wrote in English is known"
