"""The link in a page: it asks first, works once and not for long, and for its recipient alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts import linking
from alerts.acknowledging import close
from alerts.linking import LIFE, LinkInvalid, acknowledge_link, read_token
from alerts.models import Alert, Notification
from alerts.models.alert import Outcome
from symptoms.clinical.terms import Problem
from symptoms.clock import database_now
from symptoms.models import Patient, Practitioner, User
from symptoms.models.clinic import Role
from tests.alerts.making import emergency, events_of, raised, urgent
from tests.cast import make_practitioner, session_of, site_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(ada: Patient, nurse_kim: Practitioner) -> Notification:
    alert = raised(urgent("RESP-DYSPNEA", problem=Problem.RESPIRATORY), ada, now=timezone.now())
    return alert.notifications.get()


def path_of(page: Notification) -> str:
    return acknowledge_link(page).removeprefix("http://127.0.0.1:8000")


def state(page: Notification) -> tuple[str, bool]:
    page.refresh_from_db()
    return Alert.objects.get(pk=page.alert_id).state, page.link_used_at is not None


def test_opening_the_link_asks_and_changes_nothing(kim_site: Client, page: Notification) -> None:
    for method in (kim_site.get, kim_site.head, kim_site.get):
        answer = method(path_of(page))
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
    shown = kim_site.get(path_of(page)).content.decode()
    for words in (
        "I take it and ring now",
        "urgent",
        page.alert.patient.full_name,
        "Breathing",
        f"#{page.alert.number}",
    ):
        assert words in shown
    assert state(page) == ("open", False)


def test_the_button_acknowledges_in_the_name_of_the_recipient(
    kim_site: Client, page: Notification, nurse_kim: Practitioner
) -> None:
    answer = kim_site.post(path_of(page), follow=True)
    assert answer.redirect_chain == [(reverse("admin:alerts_alert_change", args=[page.alert_id]), 302)]
    (said,) = map(str, answer.context["messages"])
    assert re.fullmatch(
        r"You have taken this alert: ring now\. An action is awaited by .*, or it is paged again\.", said
    )
    assert state(page) == ("acknowledged", True)
    assert Alert.objects.get().acknowledged_by == nurse_kim
    assert events_of(page.alert) == ["raised", "acknowledged"]


def test_a_link_works_once(kim_site: Client, page: Notification) -> None:
    kim_site.post(path_of(page))
    for answer in (kim_site.get(path_of(page)), kim_site.post(path_of(page))):
        assert "has been used" in answer.content.decode()
        assert "<form" not in answer.content.decode().split('id="content-main"')[1]
    assert events_of(page.alert).count("acknowledged") == 1


@pytest.mark.parametrize(("seconds", "is_taken"), [(-5, True), (5, False)])
def test_a_link_lives_an_hour_by_the_clock_of_the_database(
    kim_site: Client, page: Notification, monkeypatch: pytest.MonkeyPatch, seconds: int, is_taken: bool
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(linking, "database_now", lambda: database_now() - LIFE - timedelta(seconds=seconds))
        path = path_of(page)
    answer = kim_site.post(path)
    assert ("expired" in answer.content.decode()) != is_taken
    assert state(page) == ("acknowledged" if is_taken else "open", is_taken)


def test_who_is_not_signed_in_signs_in_first_and_comes_back(nobody_site: Client, page: Notification) -> None:
    answer = nobody_site.get(path_of(page))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/?next=/acknowledge/")
    assert nobody_site.post(path_of(page)).status_code == 401
    assert state(page) == ("open", False)


def test_for_everybody_but_its_recipient_the_link_does_not_exist(
    page: Notification, lee_site: Client, ada_site: Client
) -> None:
    colleague = site_of(make_practitioner(page.alert.clinic, "colleague", role=Role.NURSE).user)
    operator = site_of(User.objects.create_superuser("root", "root@example.org"))
    for site in (colleague, lee_site, operator):
        assert site.get(path_of(page)).status_code == 404
        assert site.post(path_of(page)).status_code == 404
    assert ada_site.post(path_of(page)).status_code == 401
    assert state(page) == ("open", False)


def test_a_post_from_another_site_is_refused(page: Notification, nurse_kim: Practitioner) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies[settings.SESSION_COOKIE_NAME] = session_of(nurse_kim.user)
    assert browser.post(path_of(page)).status_code == 403
    assert state(page) == ("open", False)


def test_a_link_of_a_less_urgent_generation_takes_nothing(kim_site: Client, page: Notification, ada: Patient) -> None:
    raised(emergency(), ada)
    for answer in (kim_site.get(path_of(page)), kim_site.post(path_of(page))):
        assert "has become more urgent" in answer.content.decode()
    assert state(page) == ("open", False)


def test_a_closed_alert_cannot_be_taken(kim_site: Client, page: Notification, nurse_kim: Practitioner) -> None:
    close(page.alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", timezone.now())
    assert "closed" in kim_site.get(path_of(page)).content.decode()
    assert "already closed" in kim_site.post(path_of(page)).content.decode()
    assert state(page) == ("closed", False)


def test_an_alert_that_a_colleague_has_taken_stays_theirs(kim_site: Client, page: Notification) -> None:
    colleague = make_practitioner(page.alert.clinic, "colleague")
    Alert.objects.filter(pk=page.alert_id).update(
        state="acknowledged", acknowledged_by=colleague, acknowledged_at=timezone.now()
    )
    assert "already acknowledged" in kim_site.post(path_of(page)).content.decode()
    assert Alert.objects.get().acknowledged_by == colleague


def test_an_administrator_who_is_paged_may_read_and_not_take(page: Notification, nurse_kim: Practitioner) -> None:
    Practitioner.objects.filter(pk=nurse_kim.pk).update(role=Role.ADMINISTRATOR)
    for answer in (site_of(nurse_kim.user).get(path_of(page)), site_of(nurse_kim.user).post(path_of(page))):
        assert answer.status_code == 403
        assert "Only nurses and oncologists take alerts" in answer.content.decode()
        assert "I take it and ring now" not in answer.content.decode()
    assert state(page) == ("open", False)


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "A" + t, lambda t: "x", lambda t: t.replace(".", "!")])
def test_a_link_that_was_not_made_here_does_not_exist(kim_site: Client, page: Notification, change: object) -> None:
    assert callable(change)
    token = change(path_of(page).removeprefix("/acknowledge/"))
    with pytest.raises(LinkInvalid):
        read_token(token)
    assert kim_site.post(f"/acknowledge/{token}").status_code == 404


def test_a_link_names_nobody_and_nothing(page: Notification, ada: Patient) -> None:
    link = acknowledge_link(page)
    for secret in (str(page.alert_id), str(ada.pk), page.recipient.user.username, ada.full_name):
        assert secret not in link
    assert len(link) < 120
