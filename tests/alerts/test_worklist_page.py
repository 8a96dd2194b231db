"""The landing page of clinicians: what waits, whose it is, what is overdue, and one click to take it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override

from alerts.acknowledging import acknowledge, close, record_action
from alerts.models import Alert, ContactPoint
from alerts.models.alert import Outcome
from alerts.reasons import BESIDE_THE_RULES
from alerts.worklist import PAGE_SIZE, Show, read_worklist
from config.env import BASE_DIR
from config.privacy.erasing import request_erasure
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.terms import Problem
from symptoms.courses import set_status
from symptoms.models import AccessRecord, Clinic, Erasure, Patient, Practitioner, User
from symptoms.models.access import AccessKind
from symptoms.models.clinic import Role
from tests.alerts.making import emergency, make_report, raised, routine, urgent
from tests.cast import make_patient, make_practitioner, site_of

pytestmark = pytest.mark.django_db

INDEX = "/admin/"
FRAGMENT = "/admin/alerts/alert/worklist/"
TAKE = "/admin/alerts/alert/take/"
WEDNESDAY = datetime(2026, 3, 11, 10, tzinfo=UTC)


def key(alert: Alert, generation: int | None = None) -> str:
    return f"{alert.pk}:{alert.generation if generation is None else generation}"


def shown(practitioner: Practitioner, show: Show = Show.ALL) -> list[Alert]:
    return list(read_worklist(practitioner, timezone.now(), show=show).alerts)


@pytest.fixture
def alert(ada: Patient, nurse_kim: Practitioner) -> Alert:
    return raised(urgent("MOUTH-COUNT", "MOUTH-INTAKE"), ada, make_report(ada), timezone.now())


def test_the_first_page_of_a_clinician_is_the_worklist_by_urgency_and_waiting_time(
    kim_site: Client, ada: Patient, nurse_kim: Practitioner
) -> None:
    now = timezone.now()
    raised(routine("VISIT-MISSED", problem=Problem.MISSED_VISIT), ada, now=now - timedelta(days=3))
    raised(urgent("FEVER", problem=Problem.INFECTION), ada, now=now)
    raised(urgent("MOUTH-COUNT"), ada, now=now - timedelta(hours=1))
    raised(emergency("RED-REST"), ada, now=now)
    close(
        raised(urgent("OTHER-NOW", problem=Problem.OTHER), ada, now=now), nurse_kim, Outcome.PHONE_ADVICE, "rang", now
    )
    page = kim_site.get(INDEX).content.decode()
    why = (
        "Breathlessness of severity 4",
        "More than three mouth sores",
        "Temperature of 38.0",
        "The visit was not marked",
    )
    places = [page.index(words) for words in why]
    assert places == sorted(places)
    assert "cannot wait" not in page


def test_a_line_says_who_why_since_when_and_who_has_it(
    kim_site: Client, alert: Alert, ada: Patient, nurse_kim: Practitioner
) -> None:
    page = kim_site.get(INDEX).content.decode()
    for words in (
        "Ada Archer",
        "day 10 of treatment",
        "More than three mouth sores",
        "and 1 more",
        "0 min",
        "Nobody has taken",
    ):
        assert words in page
    acknowledge(alert, nurse_kim, timezone.now())
    assert "an action is awaited by" in kim_site.get(INDEX).content.decode()


def test_an_operator_sees_the_applications_and_no_worklist(alert: Alert) -> None:
    page = site_of(User.objects.create_superuser("root", "root@example.org")).get(INDEX)
    assert page.status_code == 200
    assert "Ada Archer" not in page.content.decode()


def test_the_parts_are_mine_nobodys_and_overdue_with_their_counts(
    kim_site: Client, ada: Patient, clinic: Clinic, nurse_kim: Practitioner
) -> None:
    now = timezone.now()
    sam = make_practitioner(clinic, "sam")
    mine = raised(urgent("MOUTH-COUNT"), ada, now=now)
    his = raised(urgent("FEVER", problem=Problem.INFECTION), ada, now=now)
    free = raised(urgent("OTHER-NOW", problem=Problem.OTHER), ada, now=now)
    acknowledge(mine, nurse_kim, now)
    acknowledge(his, sam, now)
    assert shown(nurse_kim, Show.MINE) == [mine]
    assert shown(nurse_kim, Show.UNOWNED) == [free]
    assert shown(nurse_kim, Show.OVERDUE) == []
    page = kim_site.get(INDEX, {"show": "mine"}).content.decode()
    assert "All <b>3</b>" in page
    assert 'aria-current="page">Mine <b>1</b>' in page
    assert "More than three mouth sores" in page
    assert "Temperature of 38.0" not in page


def test_an_urgent_alert_is_overdue_from_its_second_step_on(alert: Alert, nurse_kim: Practitioner) -> None:
    for steps, is_overdue in ((1, False), (2, True)):
        Alert.objects.filter(pk=alert.pk).update(steps_taken=steps)
        assert (shown(nurse_kim, Show.OVERDUE) == [alert]) is is_overdue
    Alert.objects.filter(pk=alert.pk).update(steps_taken=2)
    acknowledge(alert, nurse_kim, timezone.now())
    assert shown(nurse_kim, Show.OVERDUE) == []


def test_what_was_taken_is_overdue_when_its_deadline_has_passed(alert: Alert, nurse_kim: Practitioner) -> None:
    record_action(alert, nurse_kim, "rang", timezone.now())
    for late, is_overdue in ((timedelta(minutes=-1), False), (timedelta(0), True)):
        Alert.objects.filter(pk=alert.pk).update(climbs_at=timezone.now() - late - timedelta(milliseconds=1))
        assert (shown(nurse_kim, Show.OVERDUE) == [alert]) is is_overdue


@pytest.fixture
def wednesday() -> Iterator[None]:
    """Ten in the morning in London, eleven in Brussels, where the clinic closes at 18:00."""
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


@pytest.mark.parametrize(
    ("raised_at", "is_overdue"),
    [
        # The last working day that is over is Tuesday: what was raised on Monday was to be answered by its end.
        (datetime(2026, 3, 9, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 9, 23, 0, tzinfo=UTC), False),
    ],
)
def test_a_routine_alert_is_overdue_after_the_next_working_day(
    wednesday: None, ada: Patient, nurse_kim: Practitioner, raised_at: datetime, is_overdue: bool
) -> None:
    alert = raised(routine(), ada, now=raised_at)
    assert (shown(nurse_kim, Show.OVERDUE) == [alert]) is is_overdue


def test_a_weekend_is_no_working_day(ada: Patient, nurse_kim: Practitioner) -> None:
    raised(routine(), ada, now=datetime(2026, 3, 13, 9, tzinfo=UTC))
    for now, count in ((datetime(2026, 3, 16, 16, 59, tzinfo=UTC), 0), (datetime(2026, 3, 16, 17, 0, tzinfo=UTC), 1)):
        assert read_worklist(nurse_kim, now).counts.overdue == count


def test_one_click_takes_an_urgent_alert_and_leads_back_to_the_same_part(
    kim_site: Client, alert: Alert, nurse_kim: Practitioner
) -> None:
    answer = kim_site.post(f"{TAKE}?show=unowned&page=1", {"one": key(alert)})
    assert answer.headers["Location"] == f"/admin/?show=unowned#alert-{alert.number}"
    alert.refresh_from_db()
    assert alert.acknowledged_by == nurse_kim
    assert f"You have taken alert {alert.number}" in kim_site.get(INDEX).content.decode()


def test_of_two_nurses_one_takes_it_and_the_other_reads_who_did(
    kim_site: Client, alert: Alert, clinic: Clinic, nurse_kim: Practitioner
) -> None:
    sam_site = site_of(make_practitioner(clinic, "sam", name="Sam Sanders").user)
    kim_site.post(TAKE, {"one": key(alert)})
    answer = sam_site.post(TAKE, {"one": key(alert)}, follow=True).content.decode()
    assert "Kim Keller has already acknowledged this alert" in answer
    alert.refresh_from_db()
    assert alert.acknowledged_by == nurse_kim
    changes = AccessRecord.objects.filter(kind=AccessKind.CHANGE)
    assert [one.person for one in changes] == [nurse_kim.user], "what was refused has changed nothing"


def test_who_was_first_is_told_by_the_readers_calendar(
    kim_site: Client, alert: Alert, clinic: Clinic, nurse_kim: Practitioner
) -> None:
    acknowledge(alert, nurse_kim, timezone.now())
    day = localtime(timezone.now(), clinic.zone)
    sam_site = site_of(make_practitioner(clinic, "sam").user)
    with override("fr"):
        said = date_format(day, "j b")
    answer = sam_site.post(TAKE, {"one": key(alert)}, follow=True, headers={"Accept-Language": "fr"})
    assert said in answer.content.decode()
    assert f"{day:%Y-%m-%d}" not in str(list(answer.context["messages"]))


def test_a_line_that_shows_a_lower_urgency_takes_nothing(kim_site: Client, ada: Patient) -> None:
    alert = raised(urgent("RESP-DYSPNEA", problem=Problem.RESPIRATORY), ada)
    raised(emergency(), ada)
    answer = kim_site.post(TAKE, {"one": key(alert, 1)}, follow=True).content.decode()
    assert "has become more urgent" in answer
    alert.refresh_from_db()
    assert alert.state == "open"


def test_only_routine_alerts_are_taken_together(kim_site: Client, alert: Alert, ada: Patient) -> None:
    visit = raised(routine("VISIT-MISSED", problem=Problem.MISSED_VISIT), ada)
    silent = raised(routine("NO-REPORT", problem=Problem.NO_REPORT), ada)
    page = kim_site.get(INDEX).content.decode()
    assert (page.count('type="checkbox" name="alert"'), f'name="alert" value="{alert.pk}' in page) == (2, False)
    answer = kim_site.post(TAKE, {"alert": [key(one) for one in (visit, silent, alert)]}, follow=True).content.decode()
    assert f"Alert {alert.number} is not taken together with others (urgent)." in answer
    assert {one.state for one in Alert.objects.exclude(pk=alert.pk)} == {"acknowledged"}
    assert Alert.objects.get(pk=alert.pk).state == "open"


@pytest.mark.parametrize("sent", ["", "nonsense", "nonsense:1", "8f0e2fdc-9d0e-4a51-8a70-000000000000:1", "x:y:z"])
def test_nonsense_takes_nothing_and_breaks_nothing(kim_site: Client, alert: Alert, sent: str) -> None:
    assert kim_site.post(TAKE, {"one": sent}).status_code == 302
    assert kim_site.get(INDEX, {"show": sent, "page": sent}).status_code == 200
    assert Alert.objects.get().state == "open"


def test_another_clinics_alert_cannot_be_taken_nor_its_number_shown(lee_site: Client, alert: Alert) -> None:
    lee_site.post(TAKE, {"one": key(alert)})
    assert lee_site.post(f"/admin/alerts/alert/{alert.pk}/phone/").status_code == 404
    assert lee_site.get(f"/admin/alerts/alert/{alert.pk}/state/").status_code == 404
    assert "Ada Archer" not in lee_site.get(INDEX).content.decode()
    assert "Ada Archer" not in lee_site.get(FRAGMENT).content.decode()
    assert Alert.objects.get().state == "open"


def test_an_administrator_reads_the_worklist_and_takes_nothing(alert: Alert) -> None:
    site = site_of(make_practitioner(alert.clinic, "office", role=Role.ADMINISTRATOR).user)
    page = site.get(INDEX).content.decode()
    assert "Ada Archer" in page
    assert "Take it" not in page
    assert site.post(TAKE, {"one": key(alert)}).status_code == 403


@pytest.mark.parametrize("name", ["nobody_site", "ada_site"])
def test_who_is_not_staff_gets_nothing(request: pytest.FixtureRequest, name: str, alert: Alert) -> None:
    site: Client = request.getfixturevalue(name)
    for address in (INDEX, FRAGMENT):
        answer = site.get(address)
        assert (answer.status_code, "/login/" in answer.headers["Location"]) == (302, True)
    assert site.post(TAKE, {"one": key(alert)}).status_code == 401
    alert.refresh_from_db()
    assert alert.state == "open"


def test_a_telephone_number_is_shown_when_asked_for_and_that_is_kept(
    kim_site: Client, alert: Alert, ada: Patient, nurse_kim: Practitioner
) -> None:
    Patient.objects.filter(pk=ada.pk).update(phone="+32 2 555 12 34")
    address = reverse("admin:alerts_alert_phone", args=[alert.pk])
    assert "555 12 34" not in kim_site.get(INDEX).content.decode()
    assert kim_site.get(address).status_code == 403
    assert not AccessRecord.objects.filter(kind="reveal").exists()
    answer = kim_site.post(address, headers={"X-Fragment": "1"}).content.decode()
    assert 'href="tel:+3225551234"' in answer
    assert "<html" not in answer
    assert "<html" in kim_site.post(address).content.decode()
    kept = AccessRecord.objects.filter(kind="reveal")
    assert {(one.person, one.record, *one.patients) for one in kept} == {
        (nurse_kim.user, f"alerts.alert {alert.pk}", ada.pk)
    }


WAYS = {
    "carer_phone": ("+32 2 555 98 76", "the carer's telephone"),
    "email": ("ada@home.example", "an e-mail address"),
    "status": ("active", "a message in the app"),
}


@pytest.mark.parametrize("there", [(), ("status",), ("email",), ("carer_phone", "status"), ("carer_phone", "email")])
def test_without_a_telephone_number_it_is_said_what_else_there_is(
    kim_site: Client, alert: Alert, ada: Patient, there: tuple[str, ...]
) -> None:
    given = {"phone": "", "carer_phone": "", "email": "", "status": "withdrawn"}
    Patient.objects.filter(pk=ada.pk).update(**given | {name: WAYS[name][0] for name in there})
    for page in (INDEX, FRAGMENT, reverse("admin:alerts_alert_change", args=[alert.pk])):
        shown = unescape(kim_site.get(page).content.decode())
        assert "No telephone number of this patient is recorded" in shown, page
        assert ("nor another way to reach them" in shown) is (not there), page
        for name, (_, words) in WAYS.items():
            assert (words in shown) is (name in there), (page, name)
        assert WAYS["carer_phone"][0] not in shown, "shown when it is asked for"
        assert ("data-phone" in shown) is ("carer_phone" in there), page


def test_a_line_says_when_contact_details_go_and_why_they_are_gone(
    kim_site: Client, alert: Alert, ada: Patient
) -> None:
    def renewed(known: str = "") -> Any:
        return kim_site.get(FRAGMENT, headers={"If-None-Match": known})

    before = renewed()
    assert "contact details" not in before.content.decode()
    contact, _record = request_erasure(ada, by=ada.user, now=timezone.now())
    asked = renewed(before["ETag"])
    assert "The contact details are erased on" in asked.content.decode()
    assert renewed(asked["ETag"]).status_code == 304
    Patient.objects.filter(pk=ada.pk).update(phone="", email="")
    Erasure.objects.filter(pk=contact.pk).update(done_at=timezone.now())
    assert "The contact details were erased on" in renewed(asked["ETag"]).content.decode()


def test_the_carers_number_is_shown_when_asked_for_where_the_patient_has_none(
    kim_site: Client, alert: Alert, ada: Patient
) -> None:
    Patient.objects.filter(pk=ada.pk).update(phone="", carer_name="Carl Cares", carer_phone="+32 2 555 98 76")
    answer = kim_site.post(reverse("admin:alerts_alert_phone", args=[alert.pk])).content.decode()
    assert 'href="tel:+3225559876"' in answer
    assert "Carl Cares" in answer
    Patient.objects.filter(pk=ada.pk).update(phone="+32 2 555 12 34")
    assert "No telephone number" not in kim_site.get(INDEX).content.decode()


def test_somebody_who_has_withdrawn_still_waits_and_is_marked(kim_site: Client, alert: Alert, ada: Patient) -> None:
    set_status(ada, "withdrawn", timezone.now())
    assert "withdrawn: the service does not write to this patient" in kim_site.get(INDEX).content.decode()


def test_the_fragment_says_not_modified_until_something_has_changed(
    kim_site: Client, alert: Alert, ada: Patient, nurse_kim: Practitioner
) -> None:
    def tag() -> str:
        return kim_site.get(FRAGMENT).headers["ETag"]

    first = tag()
    assert kim_site.get(FRAGMENT, headers={"If-None-Match": first}).status_code == 304
    changes: list[Callable[[], object]] = [
        lambda: raised(routine("NO-REPORT", problem=Problem.NO_REPORT), ada),
        lambda: raised(urgent("MOUTH-SEVERE"), ada, make_report(ada), timezone.now()),
        lambda: acknowledge(alert, nurse_kim, timezone.now()),
        lambda: Alert.objects.filter(pk=alert.pk).update(climbs_at=timezone.now() - timedelta(seconds=1)),
        lambda: set_status(ada, "paused", timezone.now()),
        lambda: close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", timezone.now()),
    ]
    for number, change in enumerate(changes):
        before = tag()
        change()
        assert kim_site.get(FRAGMENT, headers={"If-None-Match": before}).status_code == 200, number


def test_fifty_stand_on_a_page_the_urgent_ones_first(kim_site: Client, clinic: Clinic, nurse_kim: Practitioner) -> None:
    _fill(clinic, PAGE_SIZE + 3)
    first, second = (read_worklist(nurse_kim, timezone.now(), page=page) for page in (1, 2))
    assert (len(first.alerts), len(second.alerts), first.pages) == (PAGE_SIZE, 3, 2)
    urgencies = [alert.urgency for alert in [*first.alerts, *second.alerts]]
    assert urgencies == sorted(urgencies, reverse=True)
    assert read_worklist(nurse_kim, timezone.now(), page=99).page == 2
    page = kim_site.get(INDEX, {"page": "2"}).content.decode()
    assert "Page 2 of 2" in page
    assert 'href="?show=all&amp;page=1"' in page


def _fill(clinic: Clinic, count: int) -> None:
    for number in range(count):
        patient = make_patient(clinic, f"Patient {number}")
        raised(routine() if number % 2 else urgent(), patient, now=timezone.now())


def test_a_dead_address_of_a_colleague_is_named_until_it_is_mended(
    kim_site: Client, lee_site: Client, clinic: Clinic, nurse_kim: Practitioner
) -> None:
    joris = make_practitioner(clinic, "joris", is_on_call=True, name="Joris Jansen")
    tag = kim_site.get(FRAGMENT).headers["ETag"]
    point = ContactPoint.objects.create(
        practitioner=joris, channel="email", address="joris@nowhere.example", bad_since=timezone.now()
    )
    fragment = kim_site.get(FRAGMENT, headers={"If-None-Match": tag}).content.decode()
    assert "Pages to Joris Jansen by e-mail are refused: the address is dead. This person is on call." in fragment
    mend = reverse("admin:alerts_contactpoint_change", args=[point.pk])
    assert mend not in fragment
    assert mend in site_of(joris.user).get(FRAGMENT).content.decode()
    assert "Joris" not in lee_site.get(FRAGMENT).content.decode()
    ContactPoint.objects.update(bad_since=None)
    assert "are refused" not in kim_site.get(FRAGMENT).content.decode()


def test_everything_that_raises_an_alert_has_words() -> None:
    written = re.compile(r'rules=\("([A-Z0-9-]+)",\)|: Final = "([A-Z]+-[A-Z-]+)"')
    sources = [path.read_text() for folder in ("alerts", "symptoms/flow") for path in (BASE_DIR / folder).rglob("*.py")]
    named = {one or other for source in sources for one, other in written.findall(source)}
    assert {"NO-REPORT", "VISIT-MISSED", "SELF-HARM", "COULD-NOT-ASSESS", "NOBODY-REACHABLE"} <= named
    assert named <= set(BESIDE_THE_RULES) | set(CURRENT.by_id)
