"""The pages of signing in: they offer what the person has, take codes as they are written down, in one's language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from symptoms.models import Practitioner, User
from symptoms.templatetags.sign_in import in_halves
from tests.cast import site_of

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough passphrase"
CODE = "/sign-in/code/"


@pytest.fixture
def kim(nurse_kim: Practitioner) -> User:
    nurse_kim.user.set_password(PASSWORD)
    nurse_kim.user.save()
    TOTP.activate(nurse_kim.user, generate_totp_secret())
    return nurse_kim.user


def sign_in(site: Client) -> None:
    site.post(reverse("account_login"), {"login": "kim", "password": PASSWORD})


def test_the_page_of_the_second_factor_says_what_works_there(kim: User, nobody_site: Client) -> None:
    sign_in(nobody_site)
    page = nobody_site.get(CODE).content.decode()
    assert "one of your recovery codes works here too" in page
    assert " autofocus" in page
    assert "passkey" not in page, "kim has none"


def test_confirming_who_one_is_speaks_of_an_app_to_who_has_one(
    kim: User, kim_site: Client, nurse_kim: Practitioner
) -> None:
    RecoveryCodes.activate(kim)
    assert "six digits" in kim_site.get(reverse("mfa_reauthenticate")).content.decode()
    Authenticator.objects.filter(type=Authenticator.Type.TOTP).update(type=Authenticator.Type.WEBAUTHN)
    page = kim_site.get(reverse("mfa_reauthenticate")).content.decode()
    assert "six digits" not in page
    assert "If you have lost your passkey, type one of your recovery codes." in page


@pytest.mark.parametrize("write", [in_halves, "-".join, str], ids=["in halves", "with dashes", "plain"])
def test_a_recovery_code_may_be_typed_as_it_is_shown(
    kim: User, nobody_site: Client, write: Callable[[str], str]
) -> None:
    code = RecoveryCodes.activate(kim).get_unused_codes()[0]
    sign_in(nobody_site)
    nobody_site.post(CODE, {"code": write(code)})
    assert nobody_site.get("/admin/").status_code == 200


def test_a_language_is_chosen_before_signing_in_and_stays(kim: User, nobody_site: Client) -> None:
    choice = {"language": "de", "next": reverse("account_login")}
    answer = nobody_site.post(reverse("set_language"), choice)
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
    assert "Anmelden" in nobody_site.get(reverse("account_login"), headers={"Accept-Language": "en"}).content.decode()
    sign_in(nobody_site)
    assert "Zweiter Faktor" in nobody_site.get(CODE, headers={"Accept-Language": "en"}).content.decode()


def test_nobody_is_led_to_another_site_by_a_choice_of_language(nobody_site: Client) -> None:
    answer = nobody_site.post(reverse("set_language"), {"language": "de", "next": "https://example.org/"})
    assert answer["Location"] == "/"


def test_every_page_offers_the_languages_and_the_account_its_password(kim_site: Client) -> None:
    page = kim_site.get("/admin/").content.decode()
    assert page.count('<button name="language"') == 5
    assert reverse("admin:password_change") in page


def test_what_is_confirmed_removed_and_made_anew_is_said_in_the_words_of_the_site(kim: User) -> None:
    site = site_of(kim)
    said = {
        "mfa_deactivate_totp": "With the codes of your authenticator app nobody can sign in then.",
        "mfa_generate_recovery_codes": "You get ten codes.",
        "mfa_add_webauthn": "Passkey 1",
        "account_reauthenticate": "show once more that it is you",
        "mfa_reauthenticate": "show once more that it is you",
    }
    for name, words in said.items():
        page = site.get(reverse(name)).content.decode()
        assert words in page, name
    assert "Use a code" in site.get(reverse("account_reauthenticate")).content.decode()
    RecoveryCodes.activate(kim)
    assert "Those that you have now stop working" in site.get(reverse("mfa_generate_recovery_codes")).content.decode()
