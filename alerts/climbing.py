"""An alert climbs its ladder: pages the people of each step that is due, and says when the next one is.

Everything here is done by the clock of the database. The caller holds the rows of the patient and the alert.
Whatever is wrong with a policy, the hours or the rota, the alert stays, and the whole team is paged instead.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.db.models.functions import Now

from alerts.escalation import (
    Due,
    Hours,
    Ladder,
    next_step,
    people_so_far,
    policy_to_json,
    rungs_from_json,
    steps_after_lapse,
)
from alerts.models import Alert, Notification
from alerts.models.alert import AlertEventKind, AlertState, Awaited
from alerts.models.notification import LIVE_STATES
from alerts.paging import choose_others, queue_notifications, reachable
from alerts.policies import Team, office_hours_of, policy_of, team_of
from alerts.timeline import record_event
from symptoms.clinical.terms import Urgency
from symptoms.clock import database_now
from symptoms.models import Practitioner
from symptoms.prepared import Prepared, PreparedInsert, PreparedUpdate

logger = logging.getLogger(__name__)

OPEN: Final = PreparedInsert(Alert, number="DEFAULT")
SAVE_CLIMB: Final = PreparedUpdate(
    Alert, "climbing_since", "climbing_hours", "steps_taken", "stepped_at", "climbs_at", "awaited"
)

LAST_ROUND: Final = Prepared(
    lambda alert: Notification.objects.filter(alert=alert).only("cycle").order_by("-cycle")[:1]
)

REPEATED_AFTER: Final = timedelta(minutes=15)
"""A stuck alert of which everybody has been paged is not paged about again any sooner."""


@dataclass(frozen=True, slots=True)
class LadderNow:
    """The ladder that an alert climbs at a moment, of which hours it is, and when the other one takes its place."""

    ladder: Ladder
    hours: Hours
    changes_at: datetime | None = None


def begin_climb(alert: Alert, *, is_let_lie: bool = False) -> bool:
    """Begin the ladder anew and take its first step. Returns whether every step found somebody to page.

    A new alert keeps the clinic's policy, and is stored with its first step, which needs no second statement.

    `is_let_lie`: who had taken it did not do what was awaited. Then the steps taken before are taken again at
    once, and the next one that names somebody else with them.
    When it cannot be found out whom to page, everybody is, and the alert stays due: the escalator tries again.
    """
    moment = database_now()
    is_new = alert._state.adding
    steps_before = alert.steps_taken if is_let_lie else 0
    _start(alert, moment)
    alert.climbing_hours, alert.awaited = "", Awaited.NOTHING
    try:
        with transaction.atomic():
            if is_new:
                keep_policy(alert)
            return climb(alert, moment, steps_before=steps_before)
    except Exception:
        logger.exception("climb_not_begun alert=%s", alert.pk)
    alert._state.adding = is_new  # what the failed climb had stored is undone
    _start(alert, moment)
    alert.climbs_at = moment
    store(alert)
    is_anybody_paged = _page_everybody(alert)
    if not is_anybody_paged:
        record_event(alert, AlertEventKind.NOBODY_REACHABLE, now=moment, detail={"generation": alert.generation})
    return is_anybody_paged


def keep_in_worklist(alert: Alert) -> None:
    """Store a new alert about which nobody is paged."""
    try:
        with transaction.atomic():
            keep_policy(alert)
    except DatabaseError:
        logger.exception("policy_not_read clinic=%s", alert.clinic_id)
    store(alert)


def keep_policy(alert: Alert) -> None:
    """Let an alert keep the clinic's policy as it is now; one that makes no sense leaves it the default one."""
    try:
        alert.policy = policy_to_json(policy_of(alert.clinic))
    except DatabaseError:
        raise
    except Exception:
        logger.exception("policy_unreadable clinic=%s", alert.clinic_id)


def climb(alert: Alert, moment: datetime, *, steps_before: int = 0) -> bool:
    """Take every step that is due at `moment`, and those of a climb before. Returns whether each found somebody.

    A step that finds nobody hands over to the next at once; after the last one the whole team is tried. When the
    clinic has opened or closed since the last step, the ladder of these hours begins with its first step.
    """
    now = ladder_of(alert, moment)
    ladder = now.ladder
    has_changed = alert.climbing_hours not in ("", now.hours)
    if has_changed:
        _start(alert, moment)
    alert.climbing_hours = now.hours
    began_at = alert.climbing_since or moment
    at_once = steps_after_lapse(ladder, steps_before) if steps_before else 0
    team: Team | None = None
    missed: list[int] = []
    is_skipping = False
    while (due := next_step(ladder, alert.steps_taken, began_at, alert.stepped_at)) is not None:
        if due.at > moment and alert.steps_taken >= at_once and not is_skipping:
            break
        team = team or team_of(alert.clinic, Urgency(alert.urgency), moment)
        is_last = due.number == len(ladder.steps)
        people = team.people(due.step.who)
        if not people:
            missed.append(due.number)
        alert.steps_taken += 1
        alert.stepped_at = moment
        is_skipping = not people and not is_last
        paged = people or (list(team.everybody) if is_last else [])
        _page_step(alert, due, paged, moment, has_changed=has_changed)
    if due is not None:
        alert.climbs_at = min(due.at, now.changes_at or due.at)
    else:
        alert.climbs_at = None
    store(alert)
    if missed:
        detail = {"generation": alert.generation, "steps": missed}
        record_event(alert, AlertEventKind.NOBODY_REACHABLE, now=moment, detail=detail)
    return not missed


def store(alert: Alert) -> None:
    """Write a new alert, or where a stored one stands in its climb."""
    if alert._state.adding:
        OPEN(alert)
    else:
        SAVE_CLIMB(alert)


def page_news(alert: Alert) -> bool:
    """Page those who know of the alert about something new in it. Returns whether somebody was there to page.

    The climb goes on as it was: news neither delay the next step nor void an acknowledgement. When it cannot be
    found out who knows of it, everybody is paged.
    """
    try:
        with transaction.atomic():
            return _page_who_knows(alert)
    except Exception:
        logger.exception("news_readers_unknown alert=%s", alert.number)
    return _page_everybody(alert)


def _page_who_knows(alert: Alert) -> bool:
    moment = database_now()
    team = team_of(alert.clinic, Urgency(alert.urgency), moment)
    people = {
        one.pk: one
        for step in people_so_far(ladder_of(alert, moment).ladder, alert.steps_taken)
        for one in team.people(step.who)
    }
    if alert.state == AlertState.ACKNOWLEDGED:
        people |= {one.pk: one for one in team.everybody if one.pk == alert.acknowledged_by_id}
    return _page_round(alert, list(people.values()) or list(team.everybody), moment)


def page_rest(alert: Alert) -> bool:
    """Page everybody of the clinic who was not tried in this generation. Returns whether there was anybody."""
    return _page_round(alert, choose_others(alert), database_now())


def page_stuck(alert: Alert) -> bool:
    """Page everybody of the clinic whom nobody has tried yet; where all were tried, all of them once more.

    All once more only if no page is on its way any longer and the last one is a quarter of an hour old. Returns whether
    anybody was paged.
    """
    if page_rest(alert):
        return True
    pages = Notification.objects.filter(alert=alert, generation=alert.generation)
    is_recent = Q(state__in=LIVE_STATES) | Q(created_at__gt=Now() - REPEATED_AFTER)
    return not pages.filter(is_recent).exists() and _page_everybody(alert)


def _page_everybody(alert: Alert) -> bool:
    """Page the whole team. False: nobody of it can be reached, or the pages could not be written."""
    try:
        with transaction.atomic():
            return _page_round(alert, reachable(alert.clinic), database_now())
    except Exception:
        logger.exception("pages_not_written alert=%s", alert.number)
        return False


def ladder_of(alert: Alert, moment: datetime) -> LadderNow:
    """The ladder that the alert climbs at a moment: of its own urgency, by the policy that it keeps."""
    rungs = rungs_from_json(alert.policy, Urgency(alert.urgency))
    if rungs.office == rungs.out_of_hours:
        return LadderNow(rungs.office, Hours.ALWAYS)
    clinic = office_hours_of(alert.clinic, moment)
    is_open = clinic.is_surely_open(moment)
    hours = Hours.OFFICE if is_open else Hours.OUT_OF_HOURS
    return LadderNow(rungs.ladder(is_office_hours=is_open), hours, clinic.next_change(moment))


def _start(alert: Alert, moment: datetime) -> None:
    """Stand before the first step."""
    alert.climbing_since, alert.steps_taken, alert.stepped_at = moment, 0, None


def _page_step(alert: Alert, due: Due, people: list[Practitioner], moment: datetime, *, has_changed: bool) -> None:
    """Page the people of one step; those whose last page is still on its way get no second one."""
    cycle = _next_cycle(alert)
    if people and (alert.steps_taken > 1 or has_changed):
        detail = {"step": due.number, "round": cycle, "people": len(people), "hours": alert.climbing_hours}
        record_event(alert, AlertEventKind.ESCALATED, now=moment, detail=detail)
    if alert.steps_taken > 1 and not due.step.channels:
        on_its_way = Notification.objects.filter(alert=alert, generation=alert.generation, state__in=LIVE_STATES)
        waiting = set(on_its_way.values_list("recipient_id", flat=True))
        people = [one for one in people if one.pk not in waiting]
    queue_notifications(alert, people, now=moment, step=due.number, cycle=cycle, channels=due.step.channels)


def _page_round(alert: Alert, people: list[Practitioner], moment: datetime) -> bool:
    step = max(1, alert.steps_taken)
    return bool(queue_notifications(alert, people, now=moment, step=step, cycle=_next_cycle(alert)))


def _next_cycle(alert: Alert) -> int:
    """The number of the next round of pages of an alert, counted from the rows: an older release counts them too.

    An alert that is not even stored takes its first.
    """
    if alert._state.adding and alert.steps_taken == 1:
        return 1
    last = LAST_ROUND.first(alert=alert.pk)
    return last.cycle + 1 if last else 1
