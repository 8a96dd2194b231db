"""Nobody tries codes out: refusals are counted by address, by code and by clinic, for all web processes together."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from symptoms.activating import (
    MOST_AT_CLINIC,
    MOST_FROM_ADDRESS,
    MOST_OF_CODE,
    WINDOW,
    TooManyTries,
    try_code,
)
from symptoms.carers import invite_carer, revoke_carer
from symptoms.enrolment import CODE_ALPHABET, CODE_LENGTH, ActivationRefused, issue_activation_code
from symptoms.models import DeviceToken, Patient, RefusedActivation

pytestmark = pytest.mark.django_db


def try_it(code: str, address: str = "192.0.2.1", now: datetime | None = None) -> str:
    """What comes of a code: in, refused, or wait."""
    try:
        try_code(code, device_name="phone", address=address, now=now or timezone.now())
    except ActivationRefused:
        return "refused"
    except TooManyTries:
        return "wait"
    return "in"


def new_code(patient: Patient) -> str:
    return issue_activation_code(patient, now=timezone.now())


def used_code(patient: Patient) -> str:
    code = new_code(patient)
    assert try_it(code, address="198.51.100.9") == "in"
    return code


def test_an_address_has_twenty_wrong_codes_an_hour(ada: Patient) -> None:
    now = timezone.now()
    assert {try_it(f"WRONG{n}", now=now) for n in range(MOST_FROM_ADDRESS)} == {"refused"}
    assert try_it("WRONG", now=now) == "wait"
    assert try_it("WRONG", now=now + WINDOW - timedelta(seconds=1)) == "wait"
    assert try_it("WRONG", address="192.0.2.2", now=now) == "refused"
    assert try_it("WRONG", now=now + WINDOW) == "refused"


@pytest.mark.parametrize("junk", [MOST_FROM_ADDRESS, 20 * MOST_FROM_ADDRESS])
def test_wrong_codes_from_a_ward_keep_nobody_out_who_has_a_right_one(ada: Patient, junk: int) -> None:
    for n in range(junk):
        try_it(f"WRONG{n}")

    assert try_it(new_code(ada)) == "in"
    assert try_it("WRONG") == "wait"
    assert RefusedActivation.objects.count() == MOST_FROM_ADDRESS, "and fill no table"


def test_a_code_has_five_tries_from_wherever_they_come(ada: Patient) -> None:
    code = used_code(ada)
    answers = [try_it(code, address=f"192.0.2.{n}") for n in range(MOST_OF_CODE + 1)]
    assert answers == ["refused"] * MOST_OF_CODE + ["wait"]


def test_a_clinic_whose_old_codes_are_tried_in_numbers_has_no_more_of_them_looked_at(ada: Patient) -> None:
    codes = [used_code(ada) for _ in range(MOST_AT_CLINIC // MOST_OF_CODE)]
    another = used_code(ada)
    tries = [(code, n) for n in range(MOST_OF_CODE) for code in codes]
    assert {try_it(code, address=f"10.0.{n}.{codes.index(code)}") for code, n in tries} == {"refused"}
    assert try_it(another, address="203.0.113.1") == "wait"
    assert try_it(new_code(ada), address="203.0.113.1") == "in"


def test_the_codes_that_a_patient_makes_for_carers_keep_nobody_else_out(ada: Patient, ben: Patient) -> None:
    now = timezone.now()
    for n in range(MOST_AT_CLINIC // MOST_OF_CODE + 1):
        carer, code = invite_carer(ada, name=f"Carer {n}", by=ada.user, now=now)
        revoke_carer(carer, by=ada.user, now=now)
        assert {try_it(code, address=f"10.{n}.0.{tries}", now=now) for tries in range(MOST_OF_CODE)} == {"refused"}
    assert try_it(new_code(ada), address="203.0.113.1", now=now) == "in"


def test_waiting_is_told_in_seconds_and_whom_to_call(ada: Patient) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        client = APIClient()
        bodies = [{"code": f"WRONG{number}", "device_name": "phone"} for number in range(MOST_FROM_ADDRESS + 1)]
        *_, refused, wait = [client.post("/api/v1/activate", body, HTTP_ACCEPT_LANGUAGE="nl") for body in bodies]
    assert (refused.status_code, wait.status_code, wait["Retry-After"]) == (400, 429, "3600")
    assert refused.json()["error"]["message"] == wait.json()["error"]["message"]
    assert "noodnummer" in wait.json()["error"]["message"]
    assert not DeviceToken.objects.exists()


def test_a_guess_is_hopeless() -> None:
    """A year of guesses as fast as one address may call, against ten thousand codes in force at once."""
    tries = 60 * 24 * 365 * settings.CALLS_PER_MINUTE
    codes = len(CODE_ALPHABET) ** CODE_LENGTH

    assert tries * 10_000 / codes < 0.01


def test_neither_address_nor_code_is_stored(ada: Patient) -> None:
    code = used_code(ada)
    try_it(code)
    stored = str(RefusedActivation.objects.values().get())
    assert "192.0.2.1" not in stored
    assert code.replace("-", "") not in stored


def test_a_header_that_anybody_may_send_gives_no_new_address(ada: Patient) -> None:
    client = APIClient()
    answers = [
        client.post(
            "/api/v1/activate", {"code": f"W{n}", "device_name": "phone"}, HTTP_X_FORWARDED_FOR=f"192.0.2.{n}"
        ).status_code
        for n in range(MOST_FROM_ADDRESS + 1)
    ]
    assert answers == [400] * MOST_FROM_ADDRESS + [429]


@pytest.mark.django_db(transaction=True)
def test_thirty_wrong_codes_at_once_are_no_more_than_in_a_row() -> None:
    barrier = threading.Barrier(6)
    answers: list[str] = []

    def try_five(first: int) -> None:
        barrier.wait()
        try:
            answers.extend(try_it(f"WRONG{first + n}") for n in range(5))
        finally:
            connection.close()

    threads = [threading.Thread(target=try_five, args=[n * 5]) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["refused"] * MOST_FROM_ADDRESS + ["wait"] * 10
    assert RefusedActivation.objects.count() == MOST_FROM_ADDRESS
