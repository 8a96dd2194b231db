"""A channel that is set up by half is found before anything needs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from alerts.channels import configured_channels
from alerts.checks import check_channels
from tests.alerts.browsers import make_vapid_key
from tests.alerts.providers import Providers


def test_as_it_comes_only_e_mail_is_on_and_nothing_is_wrong() -> None:
    assert configured_channels() == ["email"]
    assert check_channels(None) == []


def test_what_is_whole_is_on(providers: Providers) -> None:
    assert configured_channels() == ["email", "sms", "web_push", "webhook"]
    assert check_channels(None) == []


@pytest.mark.parametrize(
    ("changes", "found", "says"),
    [
        ({"SMS_URL": "https://AC1:t@api.twilio.com"}, ["alerts.E001"], "SMS_FROM"),
        ({"SMS_URL": "https://api.twilio.com", "SMS_FROM": "x"}, ["alerts.E002"], "account and token"),
        ({"WEBHOOK_SECRET": "x"}, ["alerts.E001"], "WEBHOOK_HOSTS"),
        ({"VAPID_SUBJECT": "mailto:x@example.org"}, ["alerts.E001"], "VAPID_PRIVATE_KEY"),
        ({"VAPID_PRIVATE_KEY": "x", "VAPID_SUBJECT": "mailto:x@example.org"}, ["alerts.E004"], "P-256"),
        ({"VAPID_PRIVATE_KEY": make_vapid_key(), "VAPID_SUBJECT": "x@example.org"}, ["alerts.E005"], "mailto:"),
        ({"FCM_CREDENTIALS": "/nowhere.json"}, ["alerts.E003"], "service account"),
        ({"EMAIL_BACKEND": "anymail.backends.postmark.EmailBackend", "ANYMAIL": {}}, ["alerts.E006"], "ANYMAIL"),
    ],
)
def test_what_is_missing_is_named(settings: Settings, changes: dict[str, object], found: list[str], says: str) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    problems = check_channels(None)
    assert [problem.id for problem in problems] == found
    assert says in problems[0].msg


def test_a_file_of_something_else_is_no_service_account(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "account.json"
    file.write_text('{"project_id": "x"}')
    settings.FCM_CREDENTIALS = str(file)
    assert [problem.id for problem in check_channels(None)] == ["alerts.E003"]
