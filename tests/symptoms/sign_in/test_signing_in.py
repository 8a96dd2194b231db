"""Staff sign in with a password and a second factor, and see nothing of the site before both are shown."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from anymail.exceptions import AnymailRecipientsRefused
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from symptoms.demo_data import load_demo_clinics
from symptoms.demo_password import PASSWORD as DEMO_PASSWORD
from symptoms.models import AccessRecord, Patient, Practitioner, SignInTry, User
from symptoms.models.clinic import Role
from symptoms.sign_in import turns
from symptoms.sign_in.forgetting import forget_ended
from symptoms.sign_in.gate import ENROLLING, ENTRANCE
from symptoms.sign_in.throttle import FREE_TRIES
from tests.cast import make_practitioner, site_of
from tests.filling import Page

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough passphrase"
SIGN_IN = "/sign-in/"
WORKLIST = "/admin/alerts/alert/"


def code_of(secret: str, *, steps: int = 0) -> str:
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
    return code


@pytest.fixture
def kim(nurse_kim: Practitioner) -> User:
    nurse_kim.user.set_password(PASSWORD)
    nurse_kim.user.save()
    return nurse_kim.user


@pytest.fixture
def secret(kim: User) -> str:
    """Kim has set up an app."""
    secret: str = generate_totp_secret()
    TOTP.activate(kim, secret)
    RecoveryCodes.activate(kim)
    return secret


def give_password(site: Client, username: str = "kim", password: str = PASSWORD, **query: str) -> Any:
    return site.post(SIGN_IN, {"login": username, "password": password, **query})


def give_code(site: Client, code: str) -> Any:
    return site.post(reverse("mfa_authenticate"), {"code": code})


def is_in(site: Client) -> bool:
    return site.get(WORKLIST).status_code == 200


def test_password_and_code_lead_to_the_page_that_was_asked_for(kim: User, secret: str, nobody_site: Client) -> None:
    first = nobody_site.get(WORKLIST, follow=True)
    assert first.redirect_chain[-1][0] == f"{SIGN_IN}?next=%2Fadmin%2Falerts%2Falert%2F"
    answer = give_password(nobody_site, next=WORKLIST)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(nobody_site)
    answer = give_code(nobody_site, code_of(secret))
    assert answer["Location"] == WORKLIST
    assert is_in(nobody_site)


def test_a_code_works_once_whatever_process_it_comes_to(kim: User, secret: str) -> None:
    code, first, second = code_of(secret), Client(), Client()
    for site in (first, second):
        give_password(site)
    give_code(first, code)
    cache.clear()  # another process has another cache
    give_code(second, code)
    assert is_in(first)
    assert not is_in(second)


def test_secrets_are_not_readable_in_the_database(kim: User, secret: str) -> None:
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert all(code not in stored for code in RecoveryCodes.activate(kim).generate_codes())


def test_factors_survive_a_change_of_the_keys(kim: User, secret: str, settings: Any) -> None:
    old, new = "the old key, of at least 32 characters", "the new key, of at least 32 characters"
    for keys in ([old, *settings.FIELD_KEYS], [new, old]):
        settings.FIELD_KEYS = keys
        with pytest.raises(CommandError, match="2 rows"):
            call_command("rotate_field_keys", "--check")
        call_command("rotate_field_keys")
    settings.FIELD_KEYS = [new]
    call_command("rotate_field_keys", "--check")
    site = Client()
    give_password(site)
    give_code(site, code_of(secret))
    assert is_in(site)


def test_a_recovery_code_lets_in_once(kim: User, secret: str) -> None:
    code = RecoveryCodes.activate(kim).get_unused_codes()[0]
    for expected in (True, False):
        site = Client()
        give_password(site)
        give_code(site, code)
        assert is_in(site) is expected


def test_the_first_sign_in_leads_to_setting_up_a_factor_and_nowhere_else(kim: User, nobody_site: Client) -> None:
    give_password(nobody_site, next=WORKLIST)
    for address in (WORKLIST, "/admin/", reverse("mfa_index"), reverse("admin:password_change"), "/acknowledge/x"):
        answer = nobody_site.get(address)
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp")), address
    nobody_site.get(WORKLIST)
    page = nobody_site.get(reverse("mfa_activate_totp"))
    assert "Set up a second factor" in page.content.decode()
    secret = page.context["form"].secret
    assert nobody_site.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert not is_in(nobody_site)
    answer = nobody_site.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = nobody_site.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert len(re.findall(r"<li>\d{5} \d{5}</li>", codes)) == 10
    assert f'href="{WORKLIST}"' in codes
    assert is_in(nobody_site)
    again = nobody_site.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not re.findall(r"\d{5} \d{5}", again)


def test_a_session_with_a_password_alone_sets_up_no_second_factor_beside_one(kim: User, nobody_site: Client) -> None:
    give_password(nobody_site)
    TOTP.activate(kim, generate_totp_secret())  # in another browser meanwhile
    for name in ("mfa_add_webauthn", "mfa_activate_totp"):
        assert nobody_site.get(reverse(name))["Location"].startswith("/admin/login/")
    assert "_auth_user_id" not in nobody_site.session


def doors(resolver: URLResolver | None = None, prefix: str = "", name: str = "") -> Iterator[tuple[str, str]]:
    """Every address of the site with the name of its page; parts that vary are filled with something."""
    for one in (resolver or get_resolver()).url_patterns:
        route = prefix + re.sub(r"<[^>]+>", "1", str(one.pattern)).lstrip("^")
        if isinstance(one, URLResolver):
            yield from doors(one, route, f"{one.namespace}:" if one.namespace else name)
        elif isinstance(one, URLPattern):
            yield "/" + route, f"{name}{one.name}"


OWN_DOORS = ("/api/", "/fhir/", "/health/", "/metrics", "/receipts/")
EVERY_DOOR = [(path, name) for path, name in doors() if not path.startswith(OWN_DOORS) and "(?P" not in path]


def test_every_door_of_a_session_needs_a_second_factor(kim: User, nobody_site: Client) -> None:
    assert len(EVERY_DOOR) > 150
    give_password(nobody_site)
    for path, name in EVERY_DOOR:
        if name in ENTRANCE | ENROLLING:
            continue
        for answer in (nobody_site.get(path), nobody_site.post(path)):
            assert answer.status_code in (302, 405), (path, name)
            if answer.status_code == 302:
                assert answer["Location"] == reverse("mfa_activate_totp"), (path, name)


def test_every_door_of_a_session_is_closed_to_strangers(nobody_site: Client) -> None:
    for path, name in EVERY_DOOR:
        if name in ENTRANCE:
            continue
        answer = nobody_site.get(path)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/admin/login/"), (path, name)
        answer = nobody_site.post(path)
        assert answer.status_code == 401, (path, name)
        assert "nothing was saved" in answer.content.decode()


def test_nobody_can_sign_up_or_have_a_password_mailed() -> None:
    names = {name for _, name in doors()}
    assert not [name for name in names if "signup" in name or "reset_password" in name]
    assert {model.__name__ for model in admin.site._registry}.isdisjoint({"EmailAddress", "Authenticator"})


def test_patients_cannot_sign_in_whatever_they_know(ada: Patient, nobody_site: Client) -> None:
    ada.user.set_password(PASSWORD)
    ada.user.save()
    answer = give_password(nobody_site, ada.user.username)
    assert answer.status_code == 200
    assert "_auth_user_id" not in nobody_site.session
    forced = Client()
    forced.force_login(ada.user)
    assert forced.get(WORKLIST)["Location"].startswith("/admin/login/")


def test_an_operator_needs_a_second_factor_too(nobody_site: Client) -> None:
    User.objects.create_superuser("root", password=PASSWORD)
    give_password(nobody_site, "root")
    assert nobody_site.get("/admin/symptoms/clinic/")["Location"] == reverse("mfa_activate_totp")


def shown(answer: Any) -> str:
    """The page without what differs at every call."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|value="[a-z.]+"', "", answer.content.decode())


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(kim: User, secret: str, ada: Patient) -> None:
    kim_wrong, unknown, patient = (
        give_password(Client(), name, "not the password") for name in ("kim", "nobody.at.all", ada.user.username)
    )
    assert kim_wrong.status_code == unknown.status_code == patient.status_code == 200
    assert shown(kim_wrong).replace("kim", "") == shown(unknown).replace("nobody.at.all", "")
    left = Practitioner.objects.get(user=kim)
    User.objects.filter(pk=left.user_id).update(is_active=False)
    assert shown(give_password(Client(), "kim", PASSWORD)) == shown(kim_wrong)


def tries(site: Client, count: int) -> list[bool]:
    """Whether each of some tries with a wrong password was judged, and not told to wait."""
    answers = [site.post(SIGN_IN, {"login": "kim", "password": "wrong"}) for _ in range(count)]
    return ["Too many tries" not in answer.content.decode() for answer in answers]


@pytest.mark.parametrize("name", ["kim", "nobody.at.all"])
def test_guessing_is_slowed_down_after_five_tries(kim: User, nobody_site: Client, name: str) -> None:
    answers = [give_password(nobody_site, name, "wrong").content.decode() for _ in range(7)]
    assert ["Too many tries" in answer for answer in answers] == [False] * 5 + [True] * 2


def test_whoever_waits_may_try_again_and_tries_too_soon_do_not_lengthen_the_wait(
    kim: User, nobody_site: Client
) -> None:
    assert tries(nobody_site, 8) == [True] * 5 + [False] * 3
    later("6 seconds")
    assert tries(nobody_site, 2) == [True, False]
    later("2 hours")
    assert tries(nobody_site, 6) == [True] * 5 + [False]


def later(how_much: str) -> None:
    """Let all tries lie further back."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE symptoms_signintry SET last_at = last_at - %s::interval", [how_much])


def test_an_attacker_elsewhere_does_not_keep_her_out(kim: User, secret: str, nobody_site: Client) -> None:
    assert tries(Client(REMOTE_ADDR="203.0.113.66"), 20).count(False) == 15
    assert give_password(nobody_site)["Location"] == reverse("mfa_authenticate")
    give_code(nobody_site, code_of(secret))
    assert is_in(nobody_site)


def test_her_own_browser_stays_usable_beside_an_attacker_in_her_network(kim: User, secret: str) -> None:
    own, attacker = Client(), Client()
    give_password(own)
    give_code(own, code_of(secret))
    assert is_in(own)
    own.post(reverse("account_logout"))
    assert tries(attacker, 10).count(False) == 5
    give_password(attacker)
    assert "Too many tries" in give_password(attacker).content.decode()
    assert give_password(own)["Location"] == reverse("mfa_authenticate")
    for _ in range(10):
        give_code(attacker, "000000")
    give_code(own, code_of(secret, steps=1))
    assert is_in(own)


@pytest.fixture
def siege(kim: User, secret: str) -> Callable[[], None]:
    """Somebody on her ward types wrong passwords, so fast that no delay passes in between."""

    def begin() -> None:
        assert tries(Client(), 6)[-1] is False
        SignInTry.objects.update(last_at=timezone.now() + timedelta(minutes=5))

    return begin


def test_no_tries_of_others_keep_out_who_has_password_and_code(
    kim: User, secret: str, siege: Callable[[], None]
) -> None:
    siege()
    fresh, code = Client(), code_of(secret)
    refused = give_password(fresh).content.decode()
    assert "Too many tries" in refused
    assert 'type="text" name="code"' in refused, "the form asks for a code once it is needed"
    assert give_password(fresh, code=code)["Location"] == reverse("mfa_authenticate")
    give_code(fresh, code)
    assert is_in(fresh)
    siege()
    with_paper = Client()
    left = RecoveryCodes(Authenticator.objects.get(user=kim, type="recovery_codes")).get_unused_codes()[0]
    assert give_password(with_paper, code=left)["Location"] == reverse("mfa_authenticate")
    give_code(with_paper, left)
    assert is_in(with_paper)


@pytest.mark.usefixtures("kim")
def test_while_tries_are_delayed_a_right_password_alone_looks_like_a_wrong_one(
    secret: str, siege: Callable[[], None]
) -> None:
    siege()
    right, wrong = code_of(secret), "000000"
    asked = [(PASSWORD, wrong), ("wrong", wrong), ("wrong", right), (PASSWORD, ""), ("wrong", "")]
    *with_code, one, other = [
        shown(give_password(Client(), password=password, code=code)).replace(code or "-", "")
        for password, code in asked
    ]
    assert len(set(with_code)) == 1
    assert one == other
    assert "Too many tries" in one
    assert "Too many tries" in with_code[0]


def test_codes_beside_a_password_are_slow_to_guess_and_used_ones_are_worth_nothing(
    kim: User, secret: str, siege: Callable[[], None]
) -> None:
    own = Client()
    give_password(own)
    give_code(own, used := code_of(secret))
    siege()
    for code in (used, *["000000"] * 4):
        assert "Too many tries" in give_password(Client(), code=code).content.decode()
    assert ["five wrong codes" in one.body for one in mail.outbox] == [True], "she is told that her password is known"
    SignInTry.objects.update(last_at=timezone.now() + timedelta(minutes=5))
    assert "Too many tries" in give_password(Client(), code=code_of(secret, steps=1)).content.decode()


def test_an_attacker_with_the_password_cannot_guess_codes_and_she_is_told(kim: User, secret: str) -> None:
    sites = [Client(REMOTE_ADDR=f"203.0.113.{number}") for number in range(10)]
    judged = []
    for site in sites:
        give_password(site)
        judged.append("Too many tries" not in give_code(site, "000000").content.decode())
        if len(judged) == 5:  # the delay has not passed for the others, however slow the machine
            SignInTry.objects.update(last_at=timezone.now() + timedelta(minutes=5))
    assert judged == [True] * 5 + [False] * 5
    (told,) = mail.outbox
    assert told.to == [kim.email]
    assert "five wrong codes" in told.body
    assert "kim" not in f"{told.subject} {told.body}".lower()


@pytest.fixture
def thief(kim: User, secret: str) -> None:
    """Somebody elsewhere knows her password, and types codes so fast that no delay passes in between."""
    site = Client(REMOTE_ADDR="203.0.113.66")
    give_password(site)
    for _ in range(6):
        give_code(site, "000000")
    SignInTry.objects.update(last_at=timezone.now() + timedelta(minutes=5))


def recovery_code_of(user: User) -> str:
    code: str = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()[0]
    return code


@pytest.mark.usefixtures("thief")
def test_who_knows_her_password_does_not_keep_her_recovery_code_out(kim: User, secret: str) -> None:
    fresh = Client()
    give_password(fresh)
    refused = give_code(fresh, code_of(secret)).content.decode()
    assert "Too many tries" in refused
    assert "A recovery code still lets you in" in refused
    code = recovery_code_of(kim)
    assert "Too many tries" in give_code(fresh, f"{int(code) + 1:010}"[-10:]).content.decode()
    give_code(fresh, code)
    assert is_in(fresh)


@pytest.mark.usefixtures("thief")
def test_nor_where_passwords_are_delayed_as_well(kim: User, siege: Callable[[], None]) -> None:
    siege()
    fresh, code = Client(), recovery_code_of(kim)
    assert give_password(fresh, code=code)["Location"] == reverse("mfa_authenticate")
    give_code(fresh, code)
    assert is_in(fresh)


@pytest.mark.usefixtures("thief")
def test_recovery_codes_are_slow_to_guess_from_one_place(kim: User) -> None:
    site = Client(REMOTE_ADDR="203.0.113.66")
    give_password(site)
    for _ in range(6):
        give_code(site, "0000000000")
    SignInTry.objects.update(last_at=timezone.now() + timedelta(minutes=5))
    assert "Too many tries" in give_code(site, recovery_code_of(kim)).content.decode()
    assert not is_in(site)


def test_the_old_password_is_not_guessed_fast_at_a_pc_that_was_left(kim: User, kim_site: Client) -> None:
    page = reverse("admin:password_change")
    new = {"new_password1": "quite another 7 words", "new_password2": "quite another 7 words"}
    answers = [kim_site.post(page, {"old_password": f"wrong {number}", **new}) for number in range(7)]
    assert ["Too many tries" in one.content.decode() for one in answers] == [False] * 5 + [True] * 2
    right = kim_site.post(page, {"old_password": PASSWORD, **new})
    assert "Too many tries" in right.content.decode()
    SignInTry.objects.all().delete()
    assert kim_site.post(page, {"old_password": PASSWORD, **new})["Location"] == reverse("admin:password_change_done")


def test_where_too_many_are_judged_nothing_is_and_no_try_is_counted(
    kim: User, secret: str, nobody_site: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Client()
    give_password(own)
    give_code(own, code_of(secret))
    own.post(reverse("account_logout"))
    monkeypatch.setattr(turns, "STRANGERS", strangers := turns.Turns(places=1, seats=0))
    with strangers.turn("203.0.113.66"):
        busy = [give_password(nobody_site).content.decode() for _ in range(FREE_TRIES + 1)]
        assert give_password(own)["Location"] == reverse("mfa_authenticate"), "a known browser has turns of its own"
    assert all("try again in a few seconds" in one for one in busy)
    assert give_password(nobody_site)["Location"] == reverse("mfa_authenticate")


def test_tries_are_kept_without_names(kim: User, nobody_site: Client) -> None:
    tries(nobody_site, 1)
    assert "kim" not in str(list(SignInTry.objects.values()))


def test_thirty_minutes_without_a_click_end_a_session_and_polling_is_no_click(kim: User) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        site = site_of(kim)
        assert is_in(site)
        for _ in range(2):
            clock.shift(20 * 60)
            assert is_in(site)
        for _ in range(2):
            clock.shift(14 * 60)
            assert site.get(WORKLIST, headers={"Sec-Fetch-Dest": "empty"}).status_code == 200
        clock.shift(3 * 60)
        polled = site.get(WORKLIST, headers={"X-Background": "1"})
        assert (polled.status_code, polled.json()["error"]["code"]) == (401, "signed_out")
        assert not is_in(site)


def test_a_session_ends_after_twelve_hours_of_clicks(kim: User) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        site = site_of(kim)
        for _ in range(36):
            assert is_in(site)
            clock.shift(20 * 60)
        assert is_in(site)
        clock.shift(1)
        page = site.get(WORKLIST, follow=True)
        assert "signed out" in page.content.decode()
        assert page.request["QUERY_STRING"] == "next=%2Fadmin%2Falerts%2Falert%2F"


def test_what_was_typed_when_the_session_had_ended_is_not_lost_silently(kim: User, ada: Patient) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        site = site_of(kim)
        clock.shift(31 * 60)
        answer = site.post(f"/admin/symptoms/patient/{ada.pk}/change/", {"full_name": "Changed"})
    assert answer.status_code == 401
    assert "What you typed was not saved" in answer.content.decode()
    assert Patient.objects.get(pk=ada.pk).full_name == ada.full_name
    assert not AccessRecord.objects.exists()


def test_a_changed_password_ends_her_other_sessions(kim: User) -> None:
    site = site_of(kim)
    assert is_in(site)
    kim.set_password("another long passphrase")
    kim.save()
    assert not is_in(site)


def test_the_last_factor_cannot_be_taken_away(kim: User, secret: str) -> None:
    site = Client()
    give_password(site)
    give_code(site, code_of(secret))
    site.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=kim, type="totp").exists()


def test_an_auditor_signs_in_reads_and_changes_nothing(clinic: Any, ada: Patient) -> None:
    site = site_of(make_practitioner(clinic, "audrey", role=Role.AUDITOR).user)
    assert site.get(f"/admin/symptoms/patient/{ada.pk}/change/").status_code == 200
    for path in (f"/admin/symptoms/patient/{ada.pk}/change/", "/admin/symptoms/patient/enrol/", WORKLIST):
        assert site.post(path, {}).status_code == 403, path


def test_what_is_over_is_forgotten(kim: User, kim_site: Client, nobody_site: Client) -> None:
    tries(nobody_site, 1)
    forget_ended(timezone.now())
    assert (is_in(kim_site), SignInTry.objects.count()) == (True, 1)
    forget_ended(timezone.now() + timedelta(hours=25))
    assert (is_in(kim_site), SignInTry.objects.count()) == (False, 0)


def test_the_demonstration_prints_codes_that_work(clinic: Any, settings: Any) -> None:
    (lee, *_) = [one for one in load_demo_clinics() if one.username == "lee"]
    with time_machine.travel(time.time(), tick=False):  # within one half minute
        for _ in range(3):
            site, out = Client(), StringIO()
            call_command("demo_code", "lee", stdout=out)
            give_password(site, "lee", DEMO_PASSWORD)
            give_code(site, out.getvalue().strip())
            assert is_in(site)
        with pytest.raises(CommandError, match="half a minute"):
            call_command("demo_code", "lee")
    settings.IS_LOCAL = False
    with pytest.raises(CommandError, match="known to everybody"):
        call_command("demo_code", "lee")
    assert lee.practitioner.role == "nurse"


@pytest.fixture
def amy_site(clinic: Any) -> Client:
    return site_of(make_practitioner(clinic, "amy", role=Role.ADMINISTRATOR).user)


def reset_url(user: User) -> str:
    return reverse("admin:symptoms_user_reset", args=[user.pk])


def test_an_administrator_resets_a_lost_factor_and_its_owner_is_told(kim: User, secret: str, amy_site: Client) -> None:
    before = site_of(kim)
    assert is_in(before)
    assert Authenticator.objects.filter(user=kim).count() == 2
    assert "stop working" in amy_site.get(reset_url(kim)).content.decode()
    assert Authenticator.objects.filter(user=kim).count() == 2
    page = amy_site.post(reset_url(kim))
    found = re.search(r'id="new-password"[^>]*>([^<]+)<', page.content.decode())
    assert found is not None
    assert not is_in(before)
    (told,) = mail.outbox
    assert told.to == [kim.email]
    assert LogEntry.objects.get(object_id=str(kim.pk)).change_message == "Reset the sign-in."
    assert "sign-in" in give_password(Client()).content.decode().lower()
    handed, mailed = found.group(1), told.body.split("\n\n")[-3]
    for half in (handed, mailed):
        assert "sign-in" in give_password(Client(), password=half).content.decode().lower()
    site = Client()
    assert give_password(site, password=handed + mailed).status_code == 302
    assert site.get(WORKLIST)["Location"] == reverse("mfa_activate_totp")


def test_a_start_password_opens_nothing_but_the_way_to_one_of_ones_own(kim: User) -> None:
    start = kim.give_start_password()
    kim.save()
    site = site_of(kim)
    change = reverse("admin:password_change")
    for address in (WORKLIST, "/admin/", reverse("emergency"), "/acknowledge/x"):
        for answer in (site.get(address), site.post(address)):
            assert (answer.status_code, answer["Location"]) == (302, change), address
    assert "somebody else knows" in site.get(change).content.decode()
    again = {"old_password": start, "new_password1": start, "new_password2": start}
    assert site.post(change, again).status_code == 200
    own = {"old_password": start, "new_password1": "herons at the canal", "new_password2": "herons at the canal"}
    assert site.post(change, own).status_code == 302
    assert is_in(site)


def test_nobody_resets_their_own_sign_in_or_one_of_another_clinic_or_an_operators(
    kim: User, nurse_lee: Practitioner, kim_site: Client, amy_site: Client
) -> None:
    amy = User.objects.get(username="amy")
    root = User.objects.create_superuser("root", password=PASSWORD)
    for site, user, status in (
        (amy_site, amy, 403), (amy_site, nurse_lee.user, 404), (amy_site, root, 404), (kim_site, kim, 403),
        (kim_site, amy, 403),
    ):  # fmt: skip
        assert site.get(reset_url(user)).status_code == status
        assert site.post(reset_url(user)).status_code == status
    for user in (amy, nurse_lee.user, root):
        assert User.objects.get(pk=user.pk).password == user.password


@pytest.mark.parametrize("error", [ConnectionRefusedError, AnymailRecipientsRefused])
def test_without_the_mail_nothing_is_reset(
    kim: User, secret: str, amy_site: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refuse(one: EmailMessage) -> int:
        raise error

    monkeypatch.setattr(EmailMessage, "send", refuse)
    assert "Nothing was reset" in amy_site.post(reset_url(kim), follow=True).content.decode()
    assert Authenticator.objects.filter(user=kim).count() == 2
    assert User.objects.get(pk=kim.pk).password == kim.password


def told_at() -> list[str]:
    return sorted(address for one in mail.outbox for address in one.to)


def test_a_reset_is_told_to_who_watches_over_the_accounts(kim: User, clinic: Any, amy_site: Client) -> None:
    for name, role in (("zoe", Role.ADMINISTRATOR), ("max", Role.AUDITOR), ("tim", Role.NURSE)):
        make_practitioner(clinic, name, role=role)
    amy_site.post(reset_url(kim))
    assert told_at() == [kim.email, "max@hospital.example", "zoe@hospital.example"]
    assert not any("kim" in one.body.lower().replace(kim.email, "") for one in mail.outbox)


def set_address(site: Client, user: User) -> None:
    address = reverse("admin:symptoms_user_change", args=[user.pk])
    Page(site, address).send(email="new@evil.example")


def test_a_new_address_is_told_to_the_old_one_and_lets_nobody_reset_for_three_days(
    kim: User, clinic: Any, amy_site: Client
) -> None:
    """Nor two administrators together, one of whom sets the address and the other resets."""
    zoe = make_practitioner(clinic, "zoe", role=Role.ADMINISTRATOR)
    set_address(amy_site, kim)
    assert told_at() == [kim.email, "new@evil.example", "zoe@hospital.example"]
    for site in (amy_site, site_of(zoe.user)):
        assert "less than three days ago" in site.post(reset_url(kim), follow=True).content.decode()
    assert User.objects.get(pk=kim.pk).password == kim.password


@pytest.mark.parametrize(("hours", "is_refused"), [(71.9, True), (72.1, False)])
@pytest.mark.parametrize("by", ["amy", "kim"])
def test_three_days_are_left_to_object(kim: User, amy_site: Client, hours: float, is_refused: bool, by: str) -> None:
    set_by, set_at = User.objects.get(username=by), timezone.now() - timedelta(hours=hours)
    User.objects.filter(pk=kim.pk).update(email_set_by=set_by, email_set_at=set_at)
    page = amy_site.post(reset_url(kim), follow=True).content.decode()
    assert ("less than three days ago" in page) is (is_refused and by != "kim")
    assert ("Somebody else has changed the mail address" in site_of(kim).get("/admin/").content.decode()) is (
        is_refused and by != "kim"
    )


def test_the_old_address_gets_a_link_that_undoes_the_new_one(
    kim: User, clinic: Any, amy_site: Client, nobody_site: Client
) -> None:
    make_practitioner(clinic, "max", role=Role.AUDITOR)
    set_address(amy_site, kim)
    bodies = {one.to[0]: str(one.body) for one in mail.outbox}
    (link,) = re.findall(r"/sign-in/address/\S+", bodies[kim.email])
    assert not any("/address/" in body for address, body in bodies.items() if address != kim.email)
    assert kim.email not in link
    assert "Keep my old address" in nobody_site.get(link).content.decode()
    assert User.objects.get(pk=kim.pk).email == "new@evil.example", "to look changes nothing"
    mail.outbox.clear()
    assert nobody_site.post(link).status_code == 200
    assert User.objects.get(pk=kim.pk).email == kim.email
    assert told_at() == ["amy@hospital.example", "max@hospital.example"]
    entry = LogEntry.objects.filter(object_id=str(kim.pk)).latest("pk")
    assert (entry.user, entry.get_change_message()) == (kim, "Kept the old mail address.")
    assert "new-password" in amy_site.post(reset_url(kim)).content.decode(), "by the old address it may be reset"
    for path in (link, "/sign-in/address/nonsense/"):
        assert (nobody_site.get(path).status_code, nobody_site.post(path).status_code) == (404, 404)


def test_the_link_of_an_older_change_or_after_three_days_undoes_nothing(
    kim: User, amy_site: Client, nobody_site: Client
) -> None:
    set_address(amy_site, kim)
    (link,) = re.findall(r"/sign-in/address/\S+", next(str(one.body) for one in mail.outbox if one.to == [kim.email]))
    User.objects.filter(pk=kim.pk).update(email_set_at=timezone.now() - timedelta(hours=1))
    assert nobody_site.post(link).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert nobody_site.post(link).status_code == 404
    assert User.objects.get(pk=kim.pk).email == "new@evil.example"


def test_an_operator_gets_at_administrators_and_at_no_clinician(kim: User, amy_site: Client) -> None:
    root = site_of(User.objects.create_superuser("root", "root@hospital.example", password=PASSWORD))
    amy = User.objects.get(username="amy")
    change = reverse("admin:symptoms_user_change", args=[kim.pk])
    assert root.post(reset_url(kim)).status_code == 403
    assert root.post(change, {"email": "new@evil.example"}).status_code == 403
    assert "reset/" not in root.get(change).content.decode()
    assert User.objects.get(pk=kim.pk).email == kim.email
    assert "new-password" in root.post(reset_url(amy)).content.decode()
