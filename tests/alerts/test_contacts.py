"""By which ways a practitioner is reached: verified addresses, the account's e-mail, bad ones."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from alerts.contacts import Way, address_of, mark_bad, mark_good, ways_of
from alerts.models import ContactPoint
from alerts.models.notification import Channel
from symptoms.models import Clinic, Practitioner
from tests.alerts.making import NOW, make_practitioner
from tests.alerts.providers import PHONE, give_address

pytestmark = pytest.mark.django_db
LOGIN = "kim@hospital.example"


def ways(nurse: Practitioner) -> list[str]:
    return [way.channel for way in ways_of([nurse])[nurse.pk]]


def test_without_any_contact_point_the_account_s_e_mail_is_the_way(nurse_kim: Practitioner) -> None:
    assert ways_of([nurse_kim])[nurse_kim.pk] == [Way(Channel.EMAIL, LOGIN)]


@pytest.mark.usefixtures("providers")
def test_verified_addresses_come_in_their_order_and_the_account_s_e_mail_last(nurse_kim: Practitioner) -> None:
    give_address(nurse_kim, Channel.WEBHOOK, "https://pager.example", order=2)
    give_address(nurse_kim, Channel.SMS, PHONE, order=1)
    assert ways(nurse_kim) == ["sms", "webhook", "email"]


@pytest.mark.usefixtures("providers")
def test_an_address_that_was_not_verified_is_not_used(nurse_kim: Practitioner) -> None:
    give_address(nurse_kim, Channel.SMS, PHONE, is_verified=False)
    give_address(nurse_kim, Channel.EMAIL, "private@example.org", is_verified=False)
    assert ways_of([nurse_kim])[nurse_kim.pk] == [Way(Channel.EMAIL, LOGIN)]


def test_a_verified_e_mail_address_stands_in_for_that_of_the_account(nurse_kim: Practitioner) -> None:
    give_address(nurse_kim, Channel.EMAIL, "private@example.org")
    assert ways_of([nurse_kim])[nurse_kim.pk] == [Way(Channel.EMAIL, "private@example.org")]


def test_a_channel_that_is_not_set_up_is_no_way(nurse_kim: Practitioner, settings: Settings) -> None:
    settings.SMS_URL = ""
    give_address(nurse_kim, Channel.SMS, PHONE)
    assert ways(nurse_kim) == ["email"]


@pytest.mark.usefixtures("providers")
def test_a_bad_address_is_the_last_resort_and_never_makes_anybody_unreachable(nurse_kim: Practitioner) -> None:
    give_address(nurse_kim, Channel.SMS, PHONE)
    assert mark_bad(nurse_kim, Channel.SMS, now=NOW)
    assert not mark_bad(nurse_kim, Channel.SMS, now=NOW), "it is no news the second time"
    assert ways(nurse_kim) == ["email", "sms"]
    assert mark_bad(nurse_kim, Channel.EMAIL, now=NOW)
    assert ways(nurse_kim) == ["sms", "email"]
    mark_good(nurse_kim, Channel.EMAIL)
    assert ways(nurse_kim) == ["email", "sms"]


def test_the_account_s_e_mail_is_marked_bad_until_it_is_another(nurse_kim: Practitioner) -> None:
    assert mark_bad(nurse_kim, Channel.EMAIL, now=NOW)
    assert ways_of([nurse_kim])[nurse_kim.pk] == [Way(Channel.EMAIL, LOGIN, is_bad=True)]
    nurse_kim.user.email = "new@hospital.example"
    nurse_kim.user.save()
    assert ways_of([nurse_kim])[nurse_kim.pk] == [Way(Channel.EMAIL, "new@hospital.example")]


def test_nobody_is_reached_by_nothing(clinic: Clinic) -> None:
    nurse = make_practitioner(clinic, "mute", email="")
    assert ways_of([nurse])[nurse.pk] == []
    assert address_of(nurse, Channel.EMAIL) == ""
    assert not mark_bad(nurse, Channel.EMAIL, now=NOW)


def test_the_ways_of_many_take_one_query(clinic: Clinic) -> None:
    people = [make_practitioner(clinic, f"nurse-{number}") for number in range(5)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ways_of(people)
    assert len(queries) == 1


def test_addresses_are_unreadable_in_the_database(nurse_kim: Practitioner) -> None:
    contact = give_address(nurse_kim, Channel.SMS, PHONE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM alerts_contactpoint")
        [(stored,)] = cursor.fetchall()
    assert PHONE not in stored
    assert "470" not in stored
    contact.refresh_from_db()
    assert contact.address == PHONE


def test_a_new_key_encrypts_and_the_old_one_still_decrypts(nurse_kim: Practitioner, settings: Settings) -> None:
    settings.FIELD_KEYS = ["old"]
    contact = give_address(nurse_kim, Channel.SMS, PHONE)
    settings.FIELD_KEYS = ["new", "old"]
    contact.refresh_from_db()
    assert contact.address == PHONE
    contact.save()
    settings.FIELD_KEYS = ["new"]
    assert ContactPoint.objects.get().address == PHONE


@pytest.mark.usefixtures("providers")
def test_a_lost_key_takes_the_address_and_stops_no_page(
    nurse_kim: Practitioner, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    give_address(nurse_kim, Channel.SMS, PHONE)
    settings.FIELD_KEYS = ["another"]
    assert ways(nurse_kim) == ["email"]
    assert "field_unreadable" in caplog.text
