"""An address is used once its owner has given back the code that was sent there."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from alerts.contacts import ways_of
from alerts.models import ContactPoint
from alerts.models.notification import Channel
from alerts.verifying import (
    CODE_LIFE,
    CODE_TRIES,
    MOST_A_DAY,
    WAIT_BEFORE_ANOTHER,
    CannotVerify,
    carry_code,
    make_code,
    verify,
)
from symptoms.models import Practitioner
from tests.alerts.http_sink import reply
from tests.alerts.making import NOW
from tests.alerts.providers import PHONE, Providers, give_address

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=2)


@pytest.fixture
def contact(nurse_kim: Practitioner, providers: Providers) -> ContactPoint:
    return give_address(nurse_kim, Channel.SMS, PHONE, is_verified=False)


def send_code(contact: ContactPoint, now: datetime, *, asked_by: Practitioner | None = None) -> None:
    carry_code(contact, make_code(contact, now, asked_by=asked_by))


def code_of(providers: Providers) -> str:
    found = re.search(r"\d{6}", providers.sms.received[-1].form["Body"])
    assert found is not None
    return found[0]


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WEB_PUSH, Channel.WEBHOOK])
def test_a_code_reaches_an_address_of_every_channel_and_verifies_it(
    providers: Providers, nurse_kim: Practitioner, channel: Channel
) -> None:
    contact = give_address(nurse_kim, channel, providers.address(channel), is_verified=False)
    send_code(contact, NOW)
    found = re.search(r"\d{6}", providers.texts()[-1])
    assert found is not None
    assert [way.channel for way in ways_of([nurse_kim])[nurse_kim.pk]] == ["email"]
    assert verify(contact, found[0], LATER).verified_at == LATER
    assert [way.channel for way in ways_of([nurse_kim])[nurse_kim.pk]] == [channel, "email"]


def test_the_code_is_not_stored(providers: Providers, contact: ContactPoint) -> None:
    send_code(contact, NOW)
    assert code_of(providers) not in str(ContactPoint.objects.values().get())


def test_a_verified_address_is_no_longer_bad(providers: Providers, contact: ContactPoint) -> None:
    ContactPoint.objects.update(bad_since=NOW)
    send_code(contact, NOW)
    verify(contact, code_of(providers), LATER)
    assert ContactPoint.objects.get().bad_since is None


def test_a_code_works_once(providers: Providers, contact: ContactPoint) -> None:
    send_code(contact, NOW)
    verify(contact, code_of(providers), LATER)
    with pytest.raises(CannotVerify, match="no code"):
        verify(contact, code_of(providers), LATER)


@pytest.mark.parametrize(("after", "is_taken"), [(CODE_LIFE - timedelta(seconds=1), True), (CODE_LIFE, False)])
def test_a_code_holds_for_a_quarter_of_an_hour(
    providers: Providers, contact: ContactPoint, after: timedelta, is_taken: bool
) -> None:
    send_code(contact, NOW)
    if is_taken:
        verify(contact, code_of(providers), NOW + after)
    else:
        with pytest.raises(CannotVerify, match="no code"):
            verify(contact, code_of(providers), NOW + after)
    assert (ContactPoint.objects.get().verified_at is not None) == is_taken


def test_a_code_cannot_be_guessed(providers: Providers, contact: ContactPoint) -> None:
    send_code(contact, NOW)
    code = code_of(providers)
    for left in reversed(range(CODE_TRIES)):
        with pytest.raises(CannotVerify, match=f"Tries left: {left}"):
            verify(contact, another(code), LATER)
    with pytest.raises(CannotVerify, match="no code"):
        verify(contact, code, LATER)
    assert ContactPoint.objects.get().verified_at is None


def test_the_last_try_may_be_right(providers: Providers, contact: ContactPoint) -> None:
    send_code(contact, NOW)
    code = code_of(providers)
    for _ in range(CODE_TRIES - 1):
        with pytest.raises(CannotVerify):
            verify(contact, another(code), LATER)
    assert verify(contact, code, LATER).verified_at == LATER


@pytest.mark.parametrize(("seconds", "is_sent"), [(-1, False), (0, True)])
def test_an_address_gets_a_code_a_minute_at_most(
    providers: Providers, contact: ContactPoint, seconds: int, is_sent: bool
) -> None:
    send_code(contact, NOW)
    again = NOW + WAIT_BEFORE_ANOTHER + timedelta(seconds=seconds)
    if is_sent:
        send_code(contact, again)
    else:
        with pytest.raises(CannotVerify, match="less than a minute"):
            send_code(contact, again)
    assert len(providers.sms.received) == 1 + is_sent


def test_a_changed_address_is_no_way_round_the_minute(providers: Providers, contact: ContactPoint) -> None:
    send_code(contact, NOW)
    contact.delete()
    other = give_address(contact.practitioner, Channel.SMS, "+32470999999", is_verified=False)
    with pytest.raises(CannotVerify, match="less than a minute"):
        send_code(other, NOW + WAIT_BEFORE_ANOTHER - timedelta(seconds=1))
    assert len(providers.sms.received) == 1
    send_code(other, NOW + WAIT_BEFORE_ANOTHER)
    assert len(providers.sms.received) == 2


@pytest.mark.parametrize(("after", "is_sent"), [(timedelta(days=1, seconds=-1), False), (timedelta(days=1), True)])
def test_one_person_has_ten_codes_a_day(
    providers: Providers, contact: ContactPoint, after: timedelta, is_sent: bool
) -> None:
    for number in range(MOST_A_DAY):
        send_code(contact, NOW + number * WAIT_BEFORE_ANOTHER)
    if is_sent:
        send_code(contact, NOW + after)
    else:
        with pytest.raises(CannotVerify, match="10 codes"):
            send_code(contact, NOW + after)
    assert len(providers.sms.received) == MOST_A_DAY + is_sent


def test_it_counts_for_who_asks_and_not_for_whom_it_is(
    providers: Providers, contact: ContactPoint, nurse_lee: Practitioner
) -> None:
    send_code(contact, NOW, asked_by=nurse_lee)
    other = give_address(contact.practitioner, Channel.WEBHOOK, providers.address(Channel.WEBHOOK), is_verified=False)
    with pytest.raises(CannotVerify, match="less than a minute"):
        send_code(other, NOW, asked_by=nurse_lee)
    send_code(other, NOW)


def test_a_code_belongs_to_the_address_it_was_sent_to(providers: Providers, contact: ContactPoint) -> None:
    send_code(contact, NOW)
    contact.refresh_from_db()
    contact.address = "+32470999999"
    contact.save()
    with pytest.raises(CannotVerify):
        verify(contact, code_of(providers), LATER)


def test_what_stands_against_sending_is_said_without_the_address(providers: Providers, contact: ContactPoint) -> None:
    providers.sms.answer = lambda _: reply(400, {"code": 21211})
    with pytest.raises(CannotVerify, match="HTTP 400 21211") as refusal:
        send_code(contact, NOW)
    assert PHONE not in str(refusal.value)
