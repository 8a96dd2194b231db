"""The patient sees every device that is in, and signs out a lost one from another."""

from __future__ import annotations

import uuid

from rest_framework.test import APIClient

from symptoms.models import DeviceToken, Patient
from tests.cast import api_of


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
