"""An alert that somebody has taken changes hands: it is given back to the team, or a colleague takes it over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.acknowledging import AlreadyClosed, HasChanged, HasRisen, NotOfThisClinic, acknowledge, close, record_action
from alerts.handing_over import NobodyHasIt, NotTheirs, StaysClosed, give_back, reopen, take_over
from alerts.models import Alert
from alerts.models.alert import AlertState, Outcome
from symptoms.clinical.terms import Problem
from symptoms.clock import database_now
from symptoms.models import AccessRecord, Clinic, Patient, Practitioner
from symptoms.models.clinic import Role
from tests.alerts.making import emergency, events_of, raised, routine, urgent
from tests.alerts.making_time import pass_and_climb
from tests.cast import make_practitioner, site_of
from tests.filling import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(clinic: Clinic) -> Practitioner:
    return make_practitioner(clinic, "sam")


@pytest.fixture
def alert(ada: Patient, nurse_kim: Practitioner, sam: Practitioner) -> Alert:
    """Kim, who is on call, was paged about it and has taken it."""
    alert = raised(urgent("RESP-DYSPNEA", problem=Problem.RESPIRATORY), ada)
    return acknowledge(alert, nurse_kim, timezone.now())


def paged(alert: Alert) -> list[str]:
    """Who has a page about the alert that waits to be sent."""
    pages = alert.notifications.filter(state="pending")
    return sorted(pages.values_list("recipient__user__username", flat=True))


def test_given_back_it_is_nobodys_and_pages_whom_it_had_paged_and_the_next_step(
    alert: Alert, nurse_kim: Practitioner
) -> None:
    assert paged(alert) == []
    give_back(alert, nurse_kim, "the wrong line", timezone.now())
    alert.refresh_from_db()
    assert (alert.state, alert.acknowledged_by, alert.acknowledged_at, alert.awaited) == ("open", None, None, "")
    assert paged(alert) == ["kim", "sam"]
    event = alert.events.get(kind="given_back")
    assert (event.actor, event.detail["note"]) == (nurse_kim.user, "the wrong line")


def test_given_back_it_goes_on_climbing_until_somebody_takes_it(alert: Alert, nurse_kim: Practitioner) -> None:
    give_back(alert, nurse_kim, "", timezone.now())
    alert.refresh_from_db()
    assert alert.climbs_at is not None
    assert alert.climbs_at <= database_now() + timedelta(minutes=30)
    assert pass_and_climb(30) == 1
    acknowledge(alert, nurse_kim, timezone.now())
    assert pass_and_climb(30) == 0


def test_given_back_with_nobody_to_page_the_worklist_says_so(alert: Alert, nurse_kim: Practitioner) -> None:
    for user in (nurse_kim.user, Practitioner.objects.get(user__username="sam").user):
        user.email = ""
        user.save()
    give_back(alert, nurse_kim, "", timezone.now())
    assert Alert.objects.get(problem=Problem.SYSTEM).rules == ["NOBODY-REACHABLE"]
    alert.refresh_from_db()
    assert alert.climbs_at is not None


def test_a_routine_alert_that_is_given_back_waits_in_the_worklist(ada: Patient, nurse_kim: Practitioner) -> None:
    alert = acknowledge(raised(routine(), ada), nurse_kim, timezone.now())
    give_back(alert, nurse_kim, "", timezone.now())
    alert.refresh_from_db()
    assert (alert.state, alert.climbs_at, paged(alert)) == (AlertState.OPEN, None, [])


def test_only_who_has_an_alert_gives_it_back(alert: Alert, nurse_kim: Practitioner, sam: Practitioner) -> None:
    with pytest.raises(NotTheirs):
        give_back(alert, sam, "", timezone.now())
    give_back(alert, nurse_kim, "", timezone.now())
    with pytest.raises(NotTheirs):
        give_back(alert, nurse_kim, "", timezone.now())
    assert events_of(alert).count("given_back") == 1


def test_a_colleague_takes_over_pages_nobody_and_owes_what_was_owed_by_the_same_moment(
    alert: Alert, nurse_kim: Practitioner, sam: Practitioner
) -> None:
    owed = (alert.awaited, alert.climbs_at)
    pages = alert.notifications.count()
    now = timezone.now()
    take_over(alert, sam, now)
    alert.refresh_from_db()
    assert (alert.state, alert.acknowledged_by, alert.acknowledged_at) == (AlertState.ACKNOWLEDGED, sam, now)
    assert (alert.awaited, alert.climbs_at) == owed
    assert alert.notifications.count() == pages
    event = alert.events.latest("number")
    assert (event.kind, event.actor, event.detail["from"]) == ("taken_over", sam.user, nurse_kim.pk)
    take_over(alert, sam, timezone.now())
    assert events_of(alert).count("taken_over") == 1


def test_what_was_taken_over_climbs_when_it_is_let_lie(alert: Alert, sam: Practitioner) -> None:
    take_over(alert, sam, timezone.now())
    assert pass_and_climb(60) == 1
    assert "kim" in paged(alert)


def test_nobody_takes_over_what_nobody_has(ada: Patient, sam: Practitioner) -> None:
    with pytest.raises(NobodyHasIt):
        take_over(raised(urgent(), ada), sam, timezone.now())


def test_whose_page_is_old_looks_again(alert: Alert, nurse_kim: Practitioner, sam: Practitioner) -> None:
    seen_at = alert.updated_at
    record_action(alert, nurse_kim, "rang", timezone.now())
    with pytest.raises(HasChanged):
        take_over(alert, sam, timezone.now(), seen_at=seen_at)
    with pytest.raises(HasChanged):
        give_back(alert, nurse_kim, "", timezone.now(), seen_at=seen_at)
    raised(emergency(), alert.patient)
    with pytest.raises(HasRisen):
        take_over(alert, sam, timezone.now())


def test_what_is_closed_or_of_another_clinic_does_not_change_hands(
    alert: Alert, nurse_kim: Practitioner, nurse_lee: Practitioner
) -> None:
    with pytest.raises(NotOfThisClinic):
        take_over(alert, nurse_lee, timezone.now())
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", timezone.now())
    with pytest.raises(AlreadyClosed):
        give_back(alert, nurse_kim, "", timezone.now())


def test_a_closing_is_taken_back_within_a_day_and_the_alert_climbs_again(alert: Alert, nurse_kim: Practitioner) -> None:
    now = timezone.now()
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", now)
    reopen(alert, nurse_kim, "the wrong line", now + timedelta(hours=23, minutes=59))
    alert.refresh_from_db()
    assert (alert.state, alert.outcome, alert.closed_at, alert.acknowledged_by) == ("open", "", None, None)
    assert paged(alert) == ["kim", "sam"]
    assert alert.events.get(kind="reopened").actor == nurse_kim.user
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", now)
    with pytest.raises(StaysClosed):
        reopen(alert, nurse_kim, "", now + timedelta(hours=24))


def test_what_was_never_closed_or_has_a_successor_is_not_opened_again(alert: Alert, nurse_kim: Practitioner) -> None:
    now = timezone.now()
    with pytest.raises(StaysClosed):
        reopen(alert, nurse_kim, "", now)
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", now)
    raised(emergency(), alert.patient, now=now)
    with pytest.raises(StaysClosed):
        reopen(alert, nurse_kim, "", now)


def test_what_was_let_lie_says_who_had_it_and_stays_among_theirs(
    alert: Alert, nurse_kim: Practitioner, sam: Practitioner
) -> None:
    pass_and_climb(60)
    mine = site_of(nurse_kim.user).get("/admin/?show=mine").content.decode()
    assert "Nobody has it now: Kim Keller let it lie until" in mine
    assert "let it lie" not in site_of(sam.user).get("/admin/?show=mine").content.decode()
    alert.refresh_from_db()
    acknowledge(alert, sam, timezone.now())
    assert "let it lie" not in site_of(nurse_kim.user).get("/admin/").content.decode()


def test_both_are_done_from_the_site_and_recorded(alert: Alert, nurse_kim: Practitioner, sam: Practitioner) -> None:
    def post(client: Client, act: str) -> None:
        alert.refresh_from_db()
        seen = {"generation": alert.generation, "seen_at": alert.updated_at.isoformat()}
        path = f"/admin/alerts/alert/{alert.pk}/{act}/?from=worklist"
        assert client.get(path).status_code == 200
        assert client.post(path, seen).headers["Location"] == f"/admin/#alert-{alert.number}"

    assert "Give back: alert" in site_of(nurse_kim.user).get("/admin/").content.decode()
    assert "Take over: alert" in site_of(sam.user).get("/admin/").content.decode()
    post(site_of(sam.user), "take-over")
    post(site_of(sam.user), "give-back")
    assert events_of(alert)[-3:] == ["taken_over", "given_back", "escalated"]
    changes = AccessRecord.objects.filter(kind="change", person=sam.user)
    assert [one.patients for one in changes] == [[alert.patient_id]] * 2
    page = site_of(sam.user).get(f"/admin/alerts/alert/{alert.pk}/change/").content.decode()
    assert "Given back: it climbs again" in page


LEAVING = {
    "closed account": ("user", {"is_active": False}),
    "auditor": ("practitioner", {"role": Role.AUDITOR, "is_on_call": False}),
    "administrator": ("practitioner", {"role": Role.ADMINISTRATOR}),
}


@pytest.mark.parametrize(("model", "change"), LEAVING.values(), ids=LEAVING)
def test_the_alerts_of_who_can_act_no_more_are_nobodys_and_page_at_once(
    alert: Alert, ada: Patient, nurse_kim: Practitioner, sam: Practitioner, model: str, change: dict[str, object]
) -> None:
    record_action(alert, nurse_kim, "rang, no answer", timezone.now())
    boss = make_practitioner(ada.clinic, "boss", role=Role.ADMINISTRATOR)
    key = nurse_kim.user_id if model == "user" else nurse_kim.pk
    page = Page(site_of(boss.user), reverse(f"admin:symptoms_{model}_change", args=[key]))
    answer = page.answer_to(**change)
    alert.refresh_from_db()
    assert (alert.state, alert.acknowledged_by, alert.awaited) == ("open", None, "")
    assert "sam" in paged(alert)
    event = alert.events.get(kind="given_back")
    assert (event.actor, event.detail["leaver"]) == (boss.user, nurse_kim.pk)
    assert f"nobody has now: {alert.number}." in answer.content.decode()
    recorded = AccessRecord.objects.filter(person=boss.user, kind="change", patients=[ada.pk])
    assert recorded.exists()
    shown = site_of(sam.user).get(reverse("admin:alerts_alert_change", args=[alert.pk])).content.decode()
    assert "Who had it can no longer act" in shown


def test_who_stays_or_had_nothing_gives_nothing_back(
    alert: Alert, ada: Patient, nurse_kim: Practitioner, sam: Practitioner
) -> None:
    boss = make_practitioner(ada.clinic, "boss", role=Role.ADMINISTRATOR)
    site = site_of(boss.user)
    Page(site, reverse("admin:symptoms_practitioner_change", args=[nurse_kim.pk])).send(role=Role.ONCOLOGIST)
    Page(site, reverse("admin:symptoms_user_change", args=[sam.user_id])).send(is_active=False)
    alert.refresh_from_db()
    assert alert.acknowledged_by == nurse_kim


def test_closing_the_account_of_the_last_one_on_call_says_so(ada: Patient, nurse_kim: Practitioner) -> None:
    boss = make_practitioner(ada.clinic, "boss", role=Role.ADMINISTRATOR)
    page = Page(site_of(boss.user), reverse("admin:symptoms_user_change", args=[nurse_kim.user_id]))
    said = [str(one) for one in page.answer_to(is_active=False).context["messages"]]
    assert any("Nobody is on shift (tier 1)" in one for one in said)
