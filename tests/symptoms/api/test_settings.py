"""What a patient may change about the service, and what is refused by name."""

from __future__ import annotations

from collections.abc import Mapping

import httpx
import pytest
from django.core.exceptions import ValidationError
from pytest_django.live_server_helper import LiveServer
from rest_framework.test import APIClient

from symptoms.models import Clinic, DeviceToken, Patient
from tests.cast import make_patient

pytestmark = pytest.mark.django_db

ME = "/api/v1/me"


def refused(api: APIClient, body: Mapping[str, object]) -> dict[str, str]:
    answer = api.patch(ME, body, format="json")
    assert answer.status_code == 400
    fields: dict[str, str] = answer.json()["error"]["fields"]
    return fields


@pytest.mark.parametrize("name", ["localtime", "posixrules", "Factory", "Mars/Base", "posix/UTC", "right/UTC"])
def test_a_zone_is_a_place(ada_api: APIClient, clinic: Clinic, name: str) -> None:
    assert "not a time zone" in refused(ada_api, {"time_zone": name})["time_zone"]
    with pytest.raises(ValidationError, match="not a time zone"):
        make_patient(clinic, "New", time_zone=name)


@pytest.mark.parametrize(
    ("begin", "end", "is_fine"),
    [("20:00", "12:00", True), ("20:00", "12:01", False), ("08:00", "07:59", False), ("08:00", "08:00", True)],
)
def test_quiet_hours_leave_some_of_the_day(
    ada: Patient, ada_api: APIClient, begin: str, end: str, is_fine: bool
) -> None:
    hours = {"quiet_hours": {"from": begin, "until": end}}
    if is_fine:
        assert ada_api.patch(ME, hours, format="json").status_code == 200
    else:
        assert "16 quiet hours" in refused(ada_api, hours)["quiet_hours"]


def test_the_clinic_cannot_set_longer_ones_either(ada: Patient) -> None:
    ada.quiet_from, ada.quiet_until = ada.quiet_until, ada.quiet_until.replace(minute=1)
    ada.full_clean()
    ada.quiet_from, ada.quiet_until = ada.quiet_until, ada.quiet_from
    with pytest.raises(ValidationError, match="16 quiet hours"):
        ada.full_clean()


def test_only_known_preferences_are_kept(ada: Patient, ada_api: APIClient) -> None:
    assert ada_api.patch(ME, {"preferences": {"sms": True}}, format="json").json()["preferences"] == {"sms": True}
    assert "no such field" in refused(ada_api, {"preferences": {"pigeon": True}})["preferences"]
    many = refused(ada_api, {"preferences": {f"key{number}": True for number in range(2000)}})["preferences"]
    assert many.count("no such field") == 10
    ada.refresh_from_db()
    assert ada.preferences == {"sms": True}


def test_an_app_that_has_the_latest_gets_no_body(ada_api: APIClient) -> None:
    first = ada_api.get(ME)

    again = ada_api.get(ME, HTTP_IF_NONE_MATCH=first["ETag"])
    weak = ada_api.get(ME, HTTP_IF_NONE_MATCH=f'"other", W/{first["ETag"]}')
    changed = ada_api.patch(ME, {"language": "fr"})
    anew = ada_api.get(ME, HTTP_IF_NONE_MATCH=first["ETag"])

    assert (again.status_code, again.content, weak.status_code) == (304, b"", 304)
    assert (anew.status_code, anew["ETag"]) == (200, changed["ETag"])


def test_who_edits_what_has_changed_has_to_look_again(ada: Patient, ada_api: APIClient) -> None:
    seen = ada_api.get(ME)["ETag"]
    ada_api.patch(ME, {"language": "fr"})

    late = ada_api.patch(ME, {"language": "nl"}, HTTP_IF_MATCH=seen)
    looked_again = ada_api.patch(ME, {"language": "nl"}, HTTP_IF_MATCH=ada_api.get(ME)["ETag"])
    does_not_care = ada_api.patch(ME, {"language": "de"})

    assert (late.status_code, late.json()["error"]["code"]) == (412, "changed")
    assert (looked_again.status_code, does_not_care.status_code) == (200, 200)


def test_what_nobody_edits_keeps_nobody_from_editing(ada: Patient, ada_api: APIClient) -> None:
    seen = ada_api.get(ME)["ETag"]
    Clinic.objects.filter(pk=ada.clinic_id).update(phone="+32 2 555 01 11")

    anew = ada_api.get(ME, HTTP_IF_NONE_MATCH=seen)
    edited = ada_api.patch(ME, {"language": "fr"}, HTTP_IF_MATCH=seen)

    assert (anew.status_code, anew.json()["clinic"]["phone"]) == (200, "+32 2 555 01 11")
    assert (edited.status_code, edited.json()["language"]) == (200, "fr")


def test_an_edit_whose_answer_got_lost_is_no_conflict_with_itself(ada_api: APIClient) -> None:
    seen = ada_api.get(ME)["ETag"]
    edit = {"language": "fr", "quiet_hours": {"from": "22:00", "until": "07:00"}, "preferences": {"sms": True}}

    first, again = (ada_api.patch(ME, edit, HTTP_IF_MATCH=seen, format="json") for _ in range(2))

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert ada_api.patch(ME, {**edit, "language": "nl"}, HTTP_IF_MATCH=seen, format="json").status_code == 412


def test_a_time_of_day_is_one(ada_api: APIClient) -> None:
    for wrong in ("24:00", "8:00", "21:00Z", 21, None):
        assert "quiet_hours" in refused(ada_api, {"quiet_hours": {"from": wrong, "until": "08:00"}})


def test_a_body_in_pieces_is_refused_and_not_taken_for_an_empty_one(ada: Patient, live_server: LiveServer) -> None:
    _, token = DeviceToken.issue(ada.user, "test phone")
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    body = b'{"language": "nl"}'

    in_pieces = httpx.patch(live_server.url + ME, headers=headers, content=iter([body]))
    whole = httpx.patch(live_server.url + ME, headers=headers, content=body)

    assert (in_pieces.status_code, in_pieces.json()["error"]["code"]) == (411, "length_required")
    assert "call your clinic" in in_pieces.json()["error"]["message"]
    assert (whole.status_code, whole.json()["language"]) == (200, "nl")


@pytest.mark.parametrize("path", ["me", "leaflets", "leaflets/your-mouth", "reports", "me/export", "visits.ics"])
def test_no_cache_keeps_an_answer_not_one_with_an_etag_either(ada_api: APIClient, path: str) -> None:
    assert ada_api.get(f"/api/v1/{path}")["Cache-Control"] == "no-store"
