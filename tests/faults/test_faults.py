"""Breaks a real site in every way that is known to lose alerts elsewhere. Nothing is lost; doubles are bounded.

The short form of some runs with the ordinary tests; all of them, at full length, under `make faults`.
"""

from __future__ import annotations

import json
import random
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import httpx
import psycopg
import pytest

from tests.alerts.http_sink import reply, running_http_sink
from tests.faults.ledger import Row, judge, quantile
from tests.faults.site import CELERY, DISPATCH, PYTHON, SHIFTED, WORKER, Site, await_that

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

Note = Callable[[Row], None]
full = pytest.mark.faults
LEASE_S = 60
CALLERS = 32
"""Four for each thread of the web server, so that every one has a connection and comes to use it."""


def report_all(site: Site, count: int, every_s: float = 0.0, *, emergency_every: int = 4) -> None:
    """So many reports; one of four is an emergency, the first among them. 0: none."""
    for number in range(count):
        site.report(is_emergency=bool(emergency_every) and number % emergency_every == 0)
        time.sleep(every_s)


@contextmanager
def reporting(site: Site, count: int, every_s: float) -> Iterator[threading.Thread]:
    """Reports come in, one after the other, while the block breaks something."""
    failures: list[BaseException] = []

    def report() -> None:
        try:
            report_all(site, count, every_s)
        except BaseException as error:
            failures.append(error)
            raise

    thread = threading.Thread(target=report)
    thread.start()
    try:
        yield thread
    finally:
        thread.join()
    assert not failures


def all_told(site: Site, within_s: float = 60) -> None:
    await_that(site.all_told, "somebody is told about every report", within_s)


def settled(site: Site, within_s: float = 150) -> None:
    """Every page has come to an end: what a dead sender held is taken over when its lease has run out."""
    patients = [one.patient for one in site.filed]

    def nothing_waits() -> bool:
        ((waiting,),) = site.sql(
            "SELECT count(*) FROM alerts_notification page JOIN alerts_alert alert ON alert.id = page.alert_id"
            " WHERE alert.patient_id = ANY(%s::uuid[]) AND page.state IN ('pending', 'sending')",
            patients,
        )
        return bool(waiting == 0)

    await_that(nothing_waits, "every page comes to an end", within_s)


@full
def test_f0_competing_dispatchers_and_workers(site: Site, note: Note) -> None:
    site.begin(40)
    site.start_celery()
    for number in range(3):
        site.start_dispatcher(f"dispatcher-{number}")
    site.await_life("worker", "dispatcher")
    report_all(site, 40)
    all_told(site)
    settled(site)
    row = judge(site, "F0 competing dispatchers and workers")
    assert row.doubles == 0
    note(row)


@pytest.mark.parametrize("kills", [pytest.param(2, id="short"), pytest.param(20, id="full", marks=full)])
def test_f1_a_random_worker_or_dispatcher_is_killed_again_and_again(site: Site, note: Note, kills: int) -> None:
    site.begin(3 * kills)
    choose = random.Random(kills)
    commands = {"worker": [*WORKER, "--queues", "alerts,care"], "dispatcher-1": DISPATCH, "dispatcher-2": DISPATCH}
    for name, command in commands.items():
        site.start(name, command)
    site.await_life("worker", "dispatcher")
    with reporting(site, 3 * kills, 0.4):
        for _ in range(kills):
            time.sleep(choose.uniform(0.5, 3.0))
            name = choose.choice(list(commands))
            site.kill(name)
            site.start(name, commands[name])
    all_told(site, LEASE_S + 60)
    if kills > 3:
        settled(site)
    # A page may be claimed by a sender that is then killed: the first attempt is made all the same.
    note(judge(site, f"F1 kill -9 of a worker or dispatcher, {kills} times"))


@pytest.mark.parametrize("seconds", [pytest.param(3, id="short"), pytest.param(60, id="full", marks=full)])
def test_f2_redis_is_down_while_reports_come_in(site: Site, note: Note, seconds: int) -> None:
    site.begin(seconds + 2)
    if seconds > 3:
        site.start_celery()
        site.await_life("worker")
    site.start_dispatcher()
    site.await_life("dispatcher")
    site.report()
    site.redis_server.stop()
    with reporting(site, seconds, 0.9):
        pass
    site.redis_server.start()
    site.report()
    all_told(site)
    row = judge(site, f"F2 Redis down for {seconds} s")
    # Of a handful the slowest would count: they only show that no report waits for Redis.
    assert row.answer_p95_s < (0.3 if seconds > 3 else 3), row
    note(row)


@full
def test_f3_redis_is_emptied_again_and_again(site: Site, note: Note) -> None:
    site.begin(60)
    site.start_celery()
    site.start_dispatcher()
    site.await_life("worker", "dispatcher")
    with reporting(site, 60, 0.2) as reports, site.broker() as broker:
        while reports.is_alive():
            broker.flushall()
            time.sleep(0.05)
    all_told(site)
    settled(site)
    note(judge(site, "F3 FLUSHALL storm"))


@full
def test_f4_redis_is_a_black_hole(site: Site, note: Note) -> None:
    site.begin(20)
    with socket.socket() as hole:
        hole.bind(("127.0.0.1", 0))
        hole.listen(128)
        site.kill("web")
        site.start_web(REDIS_URL=f"redis://127.0.0.1:{hole.getsockname()[1]}/0")
        site.start_dispatcher()
        site.await_life("dispatcher")
        first = site.report()
        report_all(site, 19, 0.1)
        all_told(site)
        site.kill("web")
    row = judge(site, "F4 Redis accepts and never answers")
    assert first.took_s < 3, first
    assert row.answer_p95_s < 0.3, row
    note(row)


@pytest.mark.parametrize("crashes", [pytest.param(1, id="short"), pytest.param(3, id="full", marks=full)])
def test_f5_postgresql_crashes(site: Site, note: Note, crashes: int) -> None:
    site.begin(8 * crashes)
    token = site.phones[0]["token"]
    site.start_celery()
    site.start_dispatcher()
    site.await_life("worker", "dispatcher")
    with reporting(site, 8 * crashes, 0.4):
        for _ in range(crashes):
            site.call_at_once(CALLERS, token)
            time.sleep(1.5)
            site.crash_postgres()
            # Apps try again and would hide it: not one call of any thread is refused once the database is back.
            assert site.call_at_once(CALLERS, token) == {200: CALLERS}
    all_told(site, LEASE_S + 90)
    if crashes > 1:
        settled(site)
    note(judge(site, f"F5 PostgreSQL crashes, {crashes} times", is_databases_own=True))


@full
def test_f6_the_mail_server_is_slow_and_fails_half_of_the_time(site: Site, note: Note) -> None:
    site.begin(30)
    site.sink.failing_share, site.sink.slow_s = 0.5, 0.3
    site.start_celery()
    site.start_dispatcher()
    site.await_life("worker", "dispatcher")
    report_all(site, 30)
    all_told(site, 120)
    site.sink.failing_share = 0.0  # of a hundred pages one has failed seven times by now, and waits a minute
    settled(site)
    row = judge(site, "F6 mail server slow and failing half of the time")
    assert row.doubles == 0, "it fails before it keeps the mail"
    note(row)


@pytest.mark.parametrize("count", [pytest.param(4, id="short"), pytest.param(30, id="full", marks=full)])
def test_f7_there_is_no_celery_worker_at_all(site: Site, note: Note, count: int) -> None:
    site.begin(count)
    site.start_dispatcher()
    site.await_life("dispatcher")
    report_all(site, count)
    all_told(site)
    note(judge(site, "F7 no Celery worker at all"))


@full
def test_f8_a_dispatcher_is_stopped_for_longer_than_its_lease(site: Site, note: Note) -> None:
    site.begin(12)
    site.sink.slow_s = 0.5
    site.start_dispatcher("sleeper")
    report_all(site, 6)
    await_that(lambda: site.sql("SELECT 1 FROM alerts_notification WHERE state = 'sending'"), "a page is being sent")
    site.signal("sleeper", signal.SIGSTOP)
    site.start_dispatcher("other")
    report_all(site, 6)
    all_told(site, LEASE_S + 40)
    time.sleep(5)  # the lease is over and the other has it: now the sleeper wakes, and must not send again unseen
    site.signal("sleeper", signal.SIGCONT)
    settled(site)
    note(judge(site, "F8 SIGSTOP longer than the lease"))


def pass_time(site: Site, hours: float) -> None:
    """So many hours pass for the filed alerts while nothing works: their clocks move into the past."""
    site.sql(
        "UPDATE alerts_alert SET climbing_since = climbing_since - %s * interval '1 hour',"
        " stepped_at = stepped_at - %s * interval '1 hour', climbs_at = climbs_at - %s * interval '1 hour'"
        " WHERE patient_id = ANY(%s::uuid[])",
        hours, hours, hours, [one.patient for one in site.filed],
    )  # fmt: skip


def steps(site: Site) -> set[int]:
    """How many steps the mouth alerts of the filed reports have taken."""
    rows = site.sql(
        "SELECT DISTINCT steps_taken FROM alerts_alert WHERE problem = 'mouth' AND patient_id = ANY(%s::uuid[])",
        [one.patient for one in site.filed],
    )
    return {taken for (taken,) in rows}


@full
@pytest.mark.parametrize("hours", [2, 26])
def test_f9_beat_is_down_for_hours(site: Site, note: Note, hours: int) -> None:
    site.begin(5)
    site.start_celery()
    site.await_life("worker", "beat")
    report_all(site, 5, emergency_every=0)
    all_told(site)
    settled(site)
    site.kill_all("web")
    pass_time(site, hours)
    site.start_celery()
    await_that(lambda: steps(site) == {3}, "late steps are taken, each once")
    settled(site)
    time.sleep(11)  # one more period of the sweep: nothing is repeated before its time
    assert steps(site) == {3}
    note(judge(site, f"F9 beat down for {hours} h"))


@full
def test_f10_two_beats_and_two_escalators_take_each_step_once(site: Site, note: Note) -> None:
    site.begin(20)
    site.start_celery()
    site.start("beat-2", [*CELERY, "beat", "--pidfile", ""])
    site.start_dispatcher("one")
    site.start_dispatcher("two")
    site.await_life("worker", "beat", "dispatcher")
    report_all(site, 20, emergency_every=0)
    all_told(site)
    settled(site)
    pass_time(site, 0.26)
    await_that(lambda: steps(site) == {2}, "every alert takes its second step")
    settled(site)
    time.sleep(11)
    assert steps(site) == {2}
    row = judge(site, "F10 two beats, two escalators")
    assert row.doubles == 0
    note(row)


@full
def test_f11_a_crash_between_commit_and_nudge(site: Site, note: Note) -> None:
    site.begin(15)
    site.kill("web")
    site.start_web(REDIS_URL="redis://127.0.0.1:1/0")  # no nudge ever leaves this web server
    site.start_celery()
    site.await_life("worker", "beat")
    report_all(site, 15)
    all_told(site)
    site.kill("web")
    note(judge(site, "F11 crash between commit and nudge, Celery alone"))


@full
@pytest.mark.parametrize("hours", [2, -2])
def test_f12_the_clock_of_a_host_is_off(site: Site, note: Note, hours: int) -> None:
    site.begin(10)
    site.start("shifted", [PYTHON, "-c", SHIFTED.format(hours=hours)])
    site.await_life("dispatcher")
    report_all(site, 10, emergency_every=0)
    all_told(site)
    settled(site)
    assert steps(site) == {1}, "no step is taken early"
    pass_time(site, 0.26)
    await_that(lambda: steps(site) == {2}, "the second step is taken in time")
    settled(site)
    note(judge(site, f"F12 clock of the host off by {hours:+} h"))


@full
def test_f13_the_provider_accepts_and_the_call_times_out(site: Site, note: Note) -> None:
    site.begin(2)
    site.sink.silent_s = 17  # longer than EMAIL_TIMEOUT, after it has kept the mail
    for number in range(2):
        site.start_dispatcher(f"dispatcher-{number}")
    site.await_life("dispatcher")
    report_all(site, 2)
    await_that(lambda: len(site.sink.mails) >= 4, "the first mails are kept", 60)
    time.sleep(16)
    site.sink.silent_s = 0
    settled(site)
    row = judge(site, "F13 provider accepts, then the call times out")
    assert row.doubles > 0, "this fault cannot be without doubles; they are known"
    note(row)


@full
def test_f14_receipts_come_doubled_in_any_order_and_forged(site: Site, note: Note) -> None:
    """One of two on call has a webhook; its receiver, and a forger, report what became of it."""
    count, choose = 8, random.Random(14)
    site.begin(count)
    with running_http_sink(lambda _: reply(202)) as gateway:
        site.people("webhook", f"{gateway.url}/pager")
        site.start_celery()
        site.start_dispatcher()
        site.await_life("worker", "dispatcher")
        report_all(site, count, 0.5)
        await_that(lambda: len(gateway.received) >= count, "every webhook is called")
        settled(site)
        ended = {"delivered": 0, "failed": 0}
        for identity in sorted({request.headers["webhook-id"] for request in gateway.received}):
            assert site.receipt(identity, "failed", secret="whsec_b3RoZXI=") == 403, "forged"
            receipts = ["delivered", "failed"] * 2
            choose.shuffle(receipts)
            assert {site.receipt(identity, status) for status in receipts} == {204}
            ended[receipts[0]] += 1
        settled(site)
    states = site.sql(
        "SELECT page.state, count(*) FROM alerts_notification page JOIN alerts_alert alert ON alert.id = page.alert_id"
        " WHERE alert.report_id = ANY(%s::uuid[]) AND page.channel = 'webhook' GROUP BY page.state",
        [one.report for one in site.filed],
    )
    site.sql("DELETE FROM alerts_contactpoint")
    assert sum(ended.values()) == count
    assert dict(states) == ended, "the first true receipt decides"
    assert len(site.links("kim")) == ended["failed"], "what failed goes by the next channel, once"
    row = judge(site, "F14 receipts doubled, reordered and forged")
    assert row.doubles == 0, row
    note(row)


@pytest.mark.parametrize("seconds", [pytest.param(4, id="short"), pytest.param(60, id="full", marks=full)])
def test_f15_the_database_is_away_while_worklists_are_open(site: Site, note: Note, seconds: int) -> None:
    """A patient who reports then reads within two seconds whom to call, however many pages ask for the database."""
    site.begin(2)
    token = site.phones[0]["token"]
    kim = site.log_in()
    site.start_dispatcher()
    site.await_life("dispatcher")
    answers = []
    with asking(lambda: site.see("/admin/alerts/alert/worklist/", session=kim), loops=12):
        site.postgres.stop()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            answers.append(site.try_to_report(token))
        page = site.see("/admin/", session=kim)
        site.postgres.start()
        assert site.call_at_once(CALLERS, token) == {200: CALLERS}
    assert {one.status_code for one in answers} == {500}
    assert all("call your clinic" in one.text for one in answers)
    assert max(one.elapsed.total_seconds() for one in answers) < 2
    assert "The database does not answer" in page
    report_all(site, 2)
    all_told(site, LEASE_S + 60)
    note(judge(site, f"F15 PostgreSQL away for {seconds} s, worklists open", is_databases_own=True))


@full
def test_f16_a_stranger_floods_the_sign_in(site: Site, note: Note) -> None:
    """Thirty loops of names that nobody has: other calls come as fast as beside as many loops that ask for nothing."""
    site.begin(20)
    token = site.phones[0]["token"]
    site.start_dispatcher()
    site.await_life("dispatcher")
    calm = site.seconds_of_calls(100, token)
    tried: Counter[bool] = Counter()
    with httpx.Client() as stranger, asking(lambda: tried.update([site.guess_password(stranger)]), loops=30):
        await_that(lambda: tried.total() > 30, "the flood has begun")
        flooded = site.seconds_of_calls(100, token)
        report_all(site, 20)
    beside, within = quantile(calm, 0.95), quantile(flooded, 0.95)
    print(f"\np95 of a call: {beside:.3f} s, and in a flood of {dict(tried)} tries {within:.3f} s")
    all_told(site)
    assert within < 1.0
    note(judge(site, "F16 sign-in flooded by thirty loops"))


@contextmanager
def asking(ask: Callable[[], object], *, loops: int) -> Iterator[None]:
    """So many loops ask for something, again and again, while the block runs; what they get is theirs to bear."""
    over = threading.Event()

    def ask_on() -> None:
        while not over.is_set():
            with suppress(httpx.HTTPError):
                ask()

    threads = [threading.Thread(target=ask_on) for _ in range(loops)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


@full
def test_f17_taking_races_with_sending(site: Site, note: Note) -> None:
    """One of two on call takes each alert by the link of the first page, while that to the other is on its way."""
    count = 8  # within a minute more of them would go as one, without such a link
    site.begin(count)
    site.sink.slow_s = 0.3
    kim = site.log_in()
    site.start_celery()
    for number in range(2):
        site.start_dispatcher(f"dispatcher-{number}")
    site.await_life("worker", "dispatcher")
    taken: set[int] = set()

    def take_what_came() -> bool:
        for number, link in site.links("kim").items():
            if number not in taken:
                assert "You have taken this alert" in site.take(link, session=kim)
                taken.add(number)
        return len(taken) == count

    with reporting(site, count, 0.5):
        await_that(take_what_came, "every alert is taken", 60)
    all_told(site)
    settled(site)
    states = site.sql(
        "SELECT state, count(*) FROM alerts_alert WHERE report_id = ANY(%s::uuid[]) GROUP BY state",
        [one.report for one in site.filed],
    )
    assert states == [("acknowledged", count)]
    row = judge(site, "F17 taking races with sending")
    assert row.doubles == 0, row
    note(row)


@full
@pytest.mark.parametrize("who", ["dispatcher", "auditor"])
def test_f18_who_falls_silent_is_seen_everywhere(site: Site, note: Note, who: str) -> None:
    """The whole dispatcher is stopped; or its auditor alone hangs, as nobody lets it write that it lives."""
    site.begin(2)
    token = site.phones[0]["token"]
    site.start_dispatcher()
    site.await_life("dispatcher", "escalator", "auditor")
    site.report()
    all_told(site)
    kim = site.log_in()
    await_that(lambda: site.get("/health/alerting") == 200, "alerting is healthy", 90)
    assert "Alerts may be delayed" not in site.see("/admin/", session=kim)
    assert json.loads(site.see("/api/v1/me", token=token))["notice"] is None
    with silenced(site, who):
        await_that(lambda: site.get("/health/alerting") == 503, "the silence is seen", 240)
        assert f"{who}_silent" in json.loads(site.see("/health/alerting"))["reasons"]
        assert "Alerts may be delayed" in site.see("/admin/", session=kim), "the staff see a banner"
        assert json.loads(site.see("/api/v1/me", token=token))["notice"], "patients see a notice"
    await_that(lambda: site.get("/health/alerting") == 200, "alerting is healthy again", 120)
    note(judge(site, f"F18 {who} stopped, seen and over"))


@contextmanager
def silenced(site: Site, who: str) -> Iterator[None]:
    if who == "dispatcher":
        site.signal("dispatcher", signal.SIGSTOP)
        yield
        site.signal("dispatcher", signal.SIGCONT)
        return
    with psycopg.connect(site.postgres.url) as holding:
        holding.execute("SELECT 1 FROM alerts_heartbeat WHERE name = %s FOR UPDATE", [who])
        yield


@pytest.fixture(autouse=True)
def calm(site: Site) -> Iterator[None]:
    """After a fault its processes end, so that the next begins with its own."""
    yield
    site.kill_all("web")
    if "web" in site.processes and site.processes["web"].poll() is not None:
        with suppress(KeyError):
            site.kill("web")
