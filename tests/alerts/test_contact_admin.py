"""Contact points in the clinician site: everybody sees to their own, an administrator to those of the clinic."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from alerts import verifying
from alerts.models import Alert, ContactPoint, Notification
from alerts.models.notification import AttemptOutcome, Channel
from alerts.notifying import deliver_due
from alerts.rehearsing import NoWay, send_test_pages
from alerts.transports import Sent
from symptoms.models import Patient, Practitioner
from symptoms.models.clinic import Role
from tests.alerts.making import NOW, raised, urgent
from tests.alerts.making import make_practitioner as make_mute
from tests.alerts.providers import PHONE, Providers, give_address
from tests.cast import make_practitioner, site_of
from tests.filling import Page
from tests.triggers import ignoring

pytestmark = pytest.mark.django_db
ADD = reverse("admin:alerts_contactpoint_add")
LIST = reverse("admin:alerts_contactpoint_changelist")
TEST = reverse("admin:alerts_contactpoint_send_test")


def url(contact: ContactPoint, page: str = "change") -> str:
    return reverse(f"admin:alerts_contactpoint_{page}", args=[contact.pk])


@pytest.fixture
def contact(nurse_kim: Practitioner, providers: Providers) -> ContactPoint:
    return give_address(nurse_kim, Channel.SMS, PHONE)


def test_a_nurse_adds_a_number_verifies_it_and_is_paged_there(
    kim_site: Client, nurse_kim: Practitioner, providers: Providers, ada: Patient
) -> None:
    assert kim_site.post(ADD, {"channel": "sms", "address": "0470 12 34 56", "order": 1}).status_code == 302
    contact = ContactPoint.objects.get()
    assert (contact.practitioner, contact.address, contact.verified_at) == (nurse_kim, PHONE, None)
    kim_site.post(url(contact, "send_code"))
    code = re.search(r"\d{6}", providers.sms.received[0].form["Body"])
    assert code is not None
    answer = kim_site.post(url(contact, "enter_code"), {"code": code[0]}, follow=True)
    assert "The address is verified" in answer.content.decode()
    assert raised(urgent(), ada).notifications.get().channel == "sms"


@pytest.mark.django_db(transaction=True)
def test_a_code_is_sent_when_it_is_kept_and_nothing_is_held(
    kim_site: Client, contact: ContactPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(*args: object) -> Sent:
        assert not connection.in_atomic_block
        assert ContactPoint.objects.get().code_hash
        return Sent(AttemptOutcome.TEMPORARY_FAILURE, error="Away")

    monkeypatch.setattr(verifying, "_send", send)
    form_id = str(uuid.uuid4())
    said = kim_site.post(url(contact, "send_code"), {"form_id": form_id}, follow=True).content.decode()
    assert "The code could not be sent (Away)" in said
    assert "A code is on its way" not in said


@pytest.mark.parametrize(
    ("channel", "address", "says"),
    [
        ("sms", "12", "no such telephone number"),
        ("sms", "+999 1", "country code"),
        ("sms", "kim", "country code"),
        ("email", "kim", "valid email"),
        ("webhook", "http://example.org/x", "https://"),
        ("webhook", "https://example.org/x", "host"),
        ("web_push", "{}", "subscription"),
        ("web_push", '{"endpoint": "https://evil.example/", "keys": {"p256dh": "x", "auth": "y"}}', "push service"),
        ("fcm", "x", "valid choice"),
        ("pigeon", "x", "valid choice"),
    ],
)
def test_an_address_that_its_channel_cannot_use_is_refused_with_the_reason(
    kim_site: Client, providers: Providers, channel: str, address: str, says: str
) -> None:
    answer = kim_site.post(ADD, {"channel": channel, "address": address, "order": 1})
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not ContactPoint.objects.exists()


def test_one_address_for_each_channel(kim_site: Client, contact: ContactPoint) -> None:
    answer = kim_site.post(ADD, {"channel": "sms", "address": PHONE, "order": 2})
    assert "There is an address for this channel already" in answer.content.decode()


def test_a_changed_address_has_to_be_verified_again_and_a_changed_order_not(
    kim_site: Client, contact: ContactPoint
) -> None:
    Page(kim_site, url(contact)).send(address=PHONE, order=3)
    contact.refresh_from_db()
    assert (contact.order, contact.verified_at) == (3, NOW)
    Page(kim_site, url(contact)).send(address="+32470123457", order=3)
    contact.refresh_from_db()
    assert (contact.address, contact.verified_at) == ("+32470123457", None)


def test_what_only_machines_read_is_not_shown_again(
    kim_site: Client, nurse_kim: Practitioner, providers: Providers
) -> None:
    contact = give_address(nurse_kim, Channel.WEB_PUSH, json.dumps(providers.browser.subscription))
    assert providers.browser.subscription["keys"]["auth"] not in kim_site.get(url(contact)).content.decode()


def test_colleagues_do_not_see_each_other_s_addresses(contact: ContactPoint) -> None:
    colleague = site_of(make_practitioner(contact.practitioner.clinic, "colleague").user)
    assert url(contact) not in colleague.get(LIST).content.decode()
    for page in ("change", "delete", "send_code", "enter_code"):
        assert colleague.get(url(contact, page)).status_code == 404, page
        assert colleague.post(url(contact, page), {"post": "yes", "code": "1"}).status_code == 404, page


def test_an_administrator_sees_to_all_of_the_clinic_and_to_no_other(contact: ContactPoint, lee_site: Client) -> None:
    office = site_of(make_practitioner(contact.practitioner.clinic, "office", role=Role.ADMINISTRATOR).user)
    assert url(contact) in office.get(LIST).content.decode()
    colleague = make_practitioner(contact.practitioner.clinic, "colleague")
    office.post(ADD, {"practitioner": colleague.pk, "channel": "sms", "address": "+32470123457", "order": 1})
    assert ContactPoint.objects.filter(practitioner=colleague, verified_at=None).exists()
    for page in ("change", "delete", "send_code", "enter_code"):
        assert lee_site.get(url(contact, page)).status_code == 404, page
    lee = Practitioner.objects.get(user__username="lee")
    answer = office.post(ADD, {"practitioner": lee.pk, "channel": "sms", "address": PHONE, "order": 1})
    assert answer.status_code == 200
    assert not ContactPoint.objects.filter(practitioner=lee).exists()


def test_an_address_may_be_taken_away(kim_site: Client, contact: ContactPoint) -> None:
    kim_site.post(url(contact, "delete"), {"post": "yes"})
    assert not ContactPoint.objects.exists()


def test_a_test_page_takes_the_way_of_a_real_one_by_every_channel(
    kim_site: Client, contact: ContactPoint, providers: Providers
) -> None:
    assert kim_site.get(TEST).status_code == 200
    assert not Notification.objects.exists()
    answer = kim_site.post(TEST, follow=True)
    assert "On its way by sms, email" in answer.content.decode()
    assert deliver_due() == 2
    [request] = providers.sms.received
    alert = Alert.objects.get()
    assert request.form["Body"].startswith(f"TEST page {alert.number}. https://clinic.example/acknowledge/")
    link = request.form["Body"].rpartition(" ")[2].removeprefix("https://clinic.example")
    assert "Did the test arrive?" in kim_site.get(link).content.decode()
    assert "its link works" in kim_site.post(link).content.decode()
    assert Notification.objects.get(channel="sms").link_used_at is not None


def test_a_test_page_is_in_no_worklist_and_about_no_patient(
    kim_site: Client, nurse_kim: Practitioner, contact: ContactPoint
) -> None:
    for _ in range(2):
        send_test_pages(nurse_kim, now=NOW)
    alert = Alert.objects.get()
    assert (alert.state, alert.patient.is_synthetic, alert.patient.status) == ("closed", True, "withdrawn")
    assert not alert.patient.user.is_active
    assert not Alert.objects.not_closed().exists()
    assert alert.notifications.count() == 4
    assert url_of_alert(alert) not in kim_site.get(reverse("admin:alerts_alert_changelist")).content.decode()


def url_of_alert(alert: Alert) -> str:
    return reverse("admin:alerts_alert_change", args=[alert.pk])


def test_somebody_without_any_address_is_told_so(providers: Providers, ada: Patient) -> None:
    mute = make_mute(ada.clinic, "mute", email="")
    with pytest.raises(NoWay):
        send_test_pages(mute, now=NOW)
    answer = site_of(mute.user).post(TEST, follow=True)
    assert "no address that a page could go to" in answer.content.decode()
    assert not Notification.objects.exists()


def test_a_test_page_that_fails_for_good_pages_nobody_else(nurse_kim: Practitioner, contact: ContactPoint) -> None:
    make_practitioner(nurse_kim.clinic, "colleague")
    send_test_pages(nurse_kim, now=NOW)
    contact.delete()
    with ignoring("alerts.Notification:page_never_deleted"):
        Notification.objects.filter(channel="email").delete()
    deliver_due()
    assert list(Notification.objects.values_list("channel", "state")) == [("sms", "failed")]
    assert Alert.objects.count() == 1
