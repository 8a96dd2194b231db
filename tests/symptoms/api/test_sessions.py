"""The patient sees every device that is in, and signs out a lost one from another."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from rest_framework.test import APIClient

from symptoms.models import DeviceToken, Patient
from symptoms.models.user import RENEWED_EVERY
from tests.cast import api_of, api_of_carer


def test_a_new_phone_signs_no_other_out_and_a_lost_one_is_signed_out(ada: Patient) -> None:
    old, new = api_of(ada), api_of(ada)
    devices = new.get("/api/v1/sessions").json()["results"]
    assert [one["is_this_device"] for one in devices] == [True, False]
    assert set(devices[0]) == {"id", "device_name", "created_at", "expires_at", "carer_id", "is_this_device"}
    assert old.get("/api/v1/me").status_code == 200

    assert new.delete(f"/api/v1/sessions/{devices[1]['id']}").status_code == 204
    assert old.get("/api/v1/me").status_code == 401
    assert new.get("/api/v1/me").status_code == 200


def test_another_patients_device_does_not_exist(ada_api: APIClient, ben_api: APIClient, ben: Patient) -> None:
    other = DeviceToken.objects.get(user=ben.user_id).session_id
    for device in (other, uuid.uuid4()):
        assert ada_api.delete(f"/api/v1/sessions/{device}").status_code == 404
    assert ben_api.get("/api/v1/me").status_code == 200
    assert len(ada_api.get("/api/v1/sessions").json()["results"]) == 1


def test_what_is_stored_of_a_token_is_shown_to_nobody(ada_api: APIClient) -> None:
    token = DeviceToken.objects.get()
    shown = ada_api.get("/api/v1/sessions").content.decode()
    assert token.digest not in shown
    assert token.token_key not in shown


LIFE = settings.DEVICE_TOKEN_LIFETIME
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("unused_for", "is_renewed"),
    [(RENEWED_EVERY - 5 * SECOND, False), (RENEWED_EVERY, True), (LIFE - 5 * SECOND, True)],
    ids=str,
)
def test_a_token_lasts_from_its_last_use(ada: Patient, unused_for: timedelta, is_renewed: bool) -> None:
    api, now = api_of(ada), timezone.now()
    DeviceToken.objects.update(expiry=now + LIFE - unused_for)
    before = DeviceToken.objects.get().expiry

    assert api.get("/api/v1/me").status_code == 200

    after = DeviceToken.objects.get().expiry
    assert (after != before) == is_renewed
    if is_renewed:
        assert after is not None
        assert timedelta(0) <= after - now - LIFE < timedelta(minutes=1)


def test_a_token_that_was_not_used_for_its_life_is_out_and_says_what_to_do(ada: Patient) -> None:
    api = api_of(ada)
    DeviceToken.objects.update(expiry=timezone.now())

    answer = api.get("/api/v1/me")

    assert answer.status_code == 401
    assert "Ask your clinic for a new code" in answer.json()["error"]["message"]
    assert "emergency number" in answer.json()["error"]["message"]


def test_a_token_that_is_revoked_meanwhile_stays_revoked(ada: Patient) -> None:
    token, _ = DeviceToken.issue(ada.user, "phone")
    held = DeviceToken.objects.get(pk=token.pk)
    token.delete()

    held.renew(timezone.now() + 2 * RENEWED_EVERY)

    assert not DeviceToken.objects.exists()


@pytest.mark.parametrize("path", ["me", "reports", "conversations", "leaflets", "visits", "reminders"])
def test_a_carer_may_ask_for_the_head_of_what_she_may_read(ada: Patient, path: str) -> None:
    api = api_of_carer(ada, "Carl")

    assert api.head(f"/api/v1/{path}").status_code == api.get(f"/api/v1/{path}").status_code == 200


def test_a_carer_may_not_ask_for_the_head_of_anything_else(ada: Patient) -> None:
    assert api_of_carer(ada, "Carl").head("/api/v1/me/export").status_code == 403
