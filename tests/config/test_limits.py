"""The API may be called far more often than people type; whoever is refused is told whom to call."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from functools import partialmethod

import pytest
import time_machine
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from rest_framework.test import APIClient

from config import limits
from config.limits import Limit, RateLimit, RedisTally
from symptoms.flow.advise import call_team
from symptoms.models import Clinic, DeviceToken, Patient, Practitioner, SymptomReport
from tests.fhir import codes, response_body, system_of

MINUTE = 1_800_000_000.0 - 1_800_000_000 % 60


class Tallied:
    """One count for several processes, as Redis keeps it."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, int], int] = {}
        self.asked = 0

    def add(self, key: str, window: int, calls: int) -> int:
        self.asked += 1
        self.counts[key, window] = self.counts.get((key, window), 0) + calls
        return self.counts[key, window]


def calls_until_refused(limit: Limit, key: str, now: float, most: int = 1000) -> int:
    return next((number for number in range(most) if limit.is_reached(key, now)), most)


def test_a_device_may_call_so_often_and_once_more_in_the_next_minute() -> None:
    limit = Limit(Tallied(), most=10, counted_here=3)

    assert calls_until_refused(limit, "ada", MINUTE) == 10
    assert limit.is_reached("ada", MINUTE + 59.9)
    assert not limit.is_reached("ada", MINUTE + 60)


def test_a_large_call_counts_as_several_and_is_never_refused_for_its_own_size() -> None:
    tally = Tallied()
    limit = Limit(tally, most=10, counted_here=3)

    assert [limit.is_reached("ada", MINUTE, calls) for calls in (1, 1, 500, 1)] == [False, False, False, True]
    assert [limit.is_reached("ben", MINUTE, calls) for calls in (9, 1, 1)] == [False, False, True]
    assert tally.counts == {("ada", MINUTE // 60): 503, ("ben", MINUTE // 60): 11}, "all are told, none twice"


def test_one_device_takes_nothing_from_another() -> None:
    limit = Limit(Tallied(), most=10, counted_here=3)
    calls_until_refused(limit, "ada", MINUTE)

    assert calls_until_refused(limit, "ben", MINUTE) == 10


def test_several_processes_share_the_limit() -> None:
    tally = Tallied()
    processes = [Limit(tally, most=100, counted_here=5) for _ in range(4)]

    answered = sum(not processes[number % 4].is_reached("ada", MINUTE) for number in range(1000))

    assert answered == 100


def test_who_types_is_counted_without_redis() -> None:
    tally = Tallied()
    limit = Limit(tally, most=1)

    for second in range(59):
        assert not limit.is_reached("ada", MINUTE + second)

    assert tally.asked == 0


def test_the_shared_count_is_kept_in_redis_for_two_windows() -> None:
    key, window = str(uuid.uuid4()), int(time.time()) // 60
    one, other = RedisTally(settings.REDIS_URL), RedisTally(settings.REDIS_URL)

    assert [one.add(key, window, 60), other.add(key, window, 1), one.add(key, window + 1, 1)] == [60, 61, 1]


def test_without_redis_nobody_is_refused_and_it_is_asked_every_half_minute() -> None:
    clock = iter([0.0, 0.0, 1.0, 29.9, 30.0, 30.0])
    tally = RedisTally("redis://127.0.0.1:1/0", monotonic=lambda: next(clock))
    limit = Limit(tally, most=1, counted_here=1)

    assert not any(limit.is_reached("ada", MINUTE) for _ in range(4))
    assert next(clock, None) is None, "asked at 0 and at 30 seconds only"


def test_made_up_callers_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CALLERS", 100)
    limit = Limit(Tallied(), most=600)

    for number in range(1000):
        limit.is_reached(f"made up {number}", MINUTE)

    assert len(limit._calls) <= 101


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every second call of a minute is one too many; and no minute ends meanwhile."""
    monkeypatch.setattr(RateLimit, "__init__", _strict)
    with time_machine.travel(timezone.now(), tick=False):
        yield


def _strict(middleware: RateLimit, get_response: object) -> None:
    middleware._get_response = get_response  # type: ignore[assignment]
    middleware._limit = Limit(Tallied(), most=1, counted_here=1)


@pytest.mark.usefixtures("strict")
def test_who_is_refused_is_told_whom_to_call_in_their_language_and_when_to_try_again(
    ada: Patient, ada_api: APIClient, ben_api: APIClient, nurse_kim: Practitioner
) -> None:
    ada.language = "fr"
    ada.save()

    answers = [ada_api.get("/api/v1/me") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert 1 <= int(answers[1]["Retry-After"]) <= 60
    error = answers[1].json()["error"]
    assert error["code"] == "throttled"
    assert call_team(ada, timezone.now())["phone"] in error["message"]
    assert "112" in error["message"]
    assert "appelez" in error["message"]
    assert ben_api.get("/api/v1/me").status_code == 200


@pytest.mark.usefixtures("strict")
def test_a_system_that_is_too_fast_is_told_so_in_fhirs_words(clinic: Clinic, other_clinic: Clinic) -> None:
    his = system_of(clinic)

    answers = [his.get("/fhir/Patient") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert 1 <= int(answers[1]["Retry-After"]) <= 60
    assert answers[1].json()["issue"][0]["code"] == "throttled"
    assert answers[1]["Content-Type"] == "application/fhir+json"
    assert system_of(other_clinic).get("/fhir/Patient").status_code == 200


@pytest.mark.usefixtures("strict")
def test_a_system_that_reads_too_much_keeps_out_no_report(ada: Patient, clinic: Clinic) -> None:
    his = system_of(clinic)
    urgent = {"symptoms": codes("dyspnea"), "dyspnea.severity": codes("3")}

    reads = [his.get("/fhir/Patient").status_code for _ in range(3)]
    filed = [his.post("/fhir/QuestionnaireResponse", response_body(ada, urgent)).status_code for _ in range(2)]

    assert (reads, filed) == ([200, 429, 429], [201, 429])


@pytest.mark.usefixtures("strict")
def test_a_device_is_one_however_its_header_is_spelt(ada: Patient) -> None:
    _, token = DeviceToken.issue(ada.user, "test phone")
    spelt = [f"Bearer {token}", f"bearer {token}", f"Bearer  {token}", f"Bearer\t{token}"]
    client = Client()

    answers = [client.get("/api/v1/me", headers={"Authorization": one}) for one in spelt]

    assert [answer.status_code for answer in answers] == [200, 429, 429, 429]


@pytest.mark.usefixtures("strict")
def test_who_has_no_token_is_counted_by_address(db: None) -> None:
    client = Client()

    answers = [client.get("/api/v1/schema", REMOTE_ADDR=f"192.0.2.{host}") for host in (1, 1, 2)]

    assert [answer.status_code for answer in answers] == [200, 429, 200]
    assert "call your clinic" in answers[1].json()["error"]["message"]


@pytest.mark.usefixtures("strict")
def test_pages_outside_the_api_are_not_counted(db: None) -> None:
    client = Client()

    assert {client.get("/health/live").status_code for _ in range(5)} == {200}


class Answering:
    """Stands for all that is behind the limit: an answer that takes so many seconds of the processor."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
        self._spent, self._seconds = 0.0, seconds
        monkeypatch.setattr("config.limits.time.thread_time", lambda: self._spent)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self._spent += self._seconds
        return HttpResponse()


@pytest.mark.parametrize(
    ("size", "seconds", "answered"),
    [
        (300, 0.005, 600),
        (300, 0.11, 120),
        (5_300, 0.09, 150),
        (520_000, 9.49, 2),
        (9_000, 1.01, 15),
    ],
    ids=["a message", "an export", "the longest message", "a hundred of the longest reports", "a hundred short ones"],
)
def test_so_many_calls_are_answered_in_a_minute(
    ada: Patient, monkeypatch: pytest.MonkeyPatch, size: int, seconds: float, answered: int
) -> None:
    """A device takes a quarter of a processor at most, beside what the last call takes."""
    _, token = DeviceToken.issue(ada.user, "test phone")
    guarded = RateLimit(Answering(monkeypatch, seconds))
    guarded._limit = Limit(Tallied(), most=settings.CALLS_PER_MINUTE)
    headers = {"Authorization": f"Bearer {token}"}
    body = b" " * size

    with time_machine.travel(timezone.now(), tick=False):
        statuses = [
            guarded(
                RequestFactory().post("/api/v1/x", body, content_type="application/json", headers=headers)
            ).status_code
            for _ in range(answered + 1)
        ]

    assert statuses == [200] * answered + [429]


@pytest.mark.parametrize("length", ["", "many", "-5", "9" * 100])
def test_a_length_that_cannot_be_counts_as_it_may(ada: Patient, monkeypatch: pytest.MonkeyPatch, length: str) -> None:
    """A number that Redis cannot add would have it left alone for half a minute, with no limit for anybody."""
    guarded, tally = RateLimit(Answering(monkeypatch, 0)), Tallied()
    guarded._limit = Limit(tally, most=600, counted_here=1)

    assert guarded(RequestFactory().get("/api/v1/me", CONTENT_LENGTH=length)).status_code == 200
    assert set(tally.counts.values()) <= {1, 401}


@pytest.mark.parametrize("fits", [True, False], ids=["in one batch", "one by one"])
def test_an_app_that_comes_back_after_a_week_is_never_refused(
    ada: Patient, ada_api: APIClient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch, fits: bool
) -> None:
    """Thirty reports with a page of words each, and all that an app fetches when it is opened."""
    tally = Tallied()
    monkeypatch.setattr(RateLimit, "__init__", partialmethod(_counting, tally))
    words = "Since Monday I have had an itchy rash on both arms and slept badly. " * 15
    answers = {"symptoms": ["other"], "other.text": words, "other.can_wait": "yes"}
    reports = [{"client_id": str(uuid.uuid4()), "answers": answers} for _ in range(30)]
    read = ("me", "reports", "conversations", "leaflets", "visits", "reminders", "consent", "me/export")

    with time_machine.travel(timezone.now(), tick=False):
        sent = [reports] if fits else [[one] for one in reports]
        statuses = {ada_api.post("/api/v1/reports/batch", {"reports": some}).status_code for some in sent}
        statuses |= {ada_api.get(f"/api/v1/{path}").status_code for path in read}

    assert statuses == {207, 200}
    assert SymptomReport.objects.count() == 30
    assert max(tally.counts.values()) < settings.CALLS_PER_MINUTE / 2


def _counting(middleware: RateLimit, tally: Tallied, get_response: object) -> None:
    middleware._get_response = get_response  # type: ignore[assignment]
    middleware._limit = Limit(tally, most=settings.CALLS_PER_MINUTE, counted_here=1)
