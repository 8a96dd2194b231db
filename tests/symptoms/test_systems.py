"""`manage.py system_credential`: tokens of a hospital's systems are made, listed and ended; stored is their hash."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from symptoms.models import Clinic, Practitioner, SystemCredential, User
from symptoms.models.clinic import Role
from symptoms.systems import find_credential
from tests.cast import make_practitioner

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("system_credential", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def create(name: str = "his", *more: str) -> dict[str, Any]:
    return run("create", "--clinic", "north", "--name", name, *more)[0]


def test_a_token_is_shown_once_and_only_its_hash_is_stored(clinic: Clinic) -> None:
    made = create()

    credential = SystemCredential.objects.get()
    assert made["token"].startswith("system_")
    assert (made["id"], made["clinic"], made["name"]) == (credential.pk, "north", "his")
    assert find_credential(made["token"], timezone.now()) == credential
    [listed] = run("list")
    assert listed == {name: value for name, value in made.items() if name != "token"} | {
        "last_used_at": listed["last_used_at"]
    }
    assert listed["last_used_at"] is not None
    assert made["token"] not in str(SystemCredential.objects.values())
    assert not credential.user.has_usable_password()
    assert not credential.user.is_staff


def test_a_token_lasts_a_year_unless_it_is_said_how_long(clinic: Clinic) -> None:
    now = timezone.now()
    lasts = [datetime.fromisoformat(create(*one)["expires_at"]) - now for one in (["his"], ["lab", "--days", "2"])]

    assert [round(one / timedelta(days=1)) for one in lasts] == [365, 2]


def test_one_that_is_revoked_or_has_expired_lets_nobody_in(clinic: Clinic) -> None:
    first, second = create(), create()
    [ended] = run("revoke", str(first["id"]))
    run("revoke", str(first["id"]))

    now = timezone.now()
    assert ended["revoked_at"] is not None
    assert run("list")[0]["revoked_at"] == ended["revoked_at"], "it stays ended since then"
    assert find_credential(first["token"], now) is None
    assert find_credential(second["token"], now) is not None, "the system has another one"
    assert find_credential(second["token"], now + timedelta(days=366)) is None
    assert User.objects.filter(username="system_his@north").count() == 1


@pytest.mark.parametrize(
    ("roles", "told"),
    [
        ([Role.NURSE, Role.ADMINISTRATOR, Role.AUDITOR], {"administrator", "auditor"}),
        ([Role.NURSE, Role.ONCOLOGIST], {"nurse", "oncologist"}),
        ([], set()),
    ],
    ids=["who watches", "all where nobody watches", "nobody yet"],
)
def test_that_a_system_can_read_them_is_told_to_the_clinic(
    clinic: Clinic, other_clinic: Clinic, mailoutbox: list[EmailMessage], roles: list[Role], told: set[str]
) -> None:
    for role in roles:
        make_practitioner(clinic, f"{role}", role=role)
    make_practitioner(other_clinic, "stranger", role=Role.ADMINISTRATOR)

    token = create()["token"]

    assert {mail.to[0].partition("@")[0] for mail in mailoutbox} == told
    for mail in mailoutbox:
        assert "“his”" in mail.body
        assert mail.body.rstrip().endswith("/admin/symptoms/accessrecord/")
        assert token not in f"{mail.subject}{mail.body}"


def test_a_mail_that_cannot_be_sent_costs_no_token(clinic: Clinic, nurse_kim: Practitioner, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "nowhere.Backend"

    assert find_credential(create()["token"], timezone.now()) is not None


def test_the_list_of_a_clinic_is_its_own(clinic: Clinic, other_clinic: Clinic) -> None:
    create()

    assert len(run("list", "--clinic", "north")) == 1
    assert run("list", "--clinic", "south") == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["create", "--clinic", "east", "--name", "his"], "no clinic 'east'"),
        (["create", "--clinic", "north", "--name", "The HIS"], "letters, digits"),
        (["create", "--clinic", "north", "--name", "x" * 41], "letters, digits"),
        (["create", "--clinic", "north", "--name", "his", "--days", "0"], "days"),
        (["list", "--clinic", "east"], "no clinic 'east'"),
        (["revoke", "7"], "no token 7"),
        (["revoke"], "required"),
        ([], "required"),
    ],
)
def test_what_cannot_be_done_is_said(clinic: Clinic, arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run(*arguments)
    assert not SystemCredential.objects.exists()


def test_no_system_takes_the_account_of_somebody_else(clinic: Clinic) -> None:
    User.objects.create_user("system_his@north", is_staff=True)

    with pytest.raises(CommandError, match="another name"):
        create()
