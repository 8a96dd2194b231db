"""Every periodic task, and why that often.

Each is a sweep over due rows and may run twice, late, or beside another; of two beats one starts a slot.
`expires` keeps a backlog from piling up behind a broker that was away: the next slot does the work of the
one before.
"""

from __future__ import annotations

from typing import Any, Final


def every(seconds: int, task: str) -> dict[str, Any]:
    """A periodic task; a run that could not start within its period is dropped."""
    return {"task": task, "schedule": float(seconds), "options": {"expires": seconds - 1}}


SCHEDULE: Final = {
    # A page whose nudge was lost waits no longer than this. The dispatcher looks every second besides.
    "deliver due notifications": every(5, "alerts.tasks.deliver_due_notifications"),
    # Steps are minutes apart; the dispatcher looks every second besides.
    "escalate due alerts": every(10, "alerts.tasks.escalate_due_alerts"),
    # A digest is due when a clinic opens; the rows say which went out.
    "send digests": every(60, "alerts.tasks.send_digests"),
    # Each clinic is looked at once in its night; a night that was missed is made up for within the quarter.
    "find rota gaps": every(900, "alerts.tasks.find_rota_gaps"),
    # A report without an assessment may be urgent.
    "assess due reports": every(10, "symptoms.tasks.assess_due_reports"),
    # A message without a reply is tried again a minute after it came.
    "retry unanswered messages": every(30, "symptoms.tasks.retry_unanswered_messages"),
    # The question is asked at 08:00 and the alert raised at 12:00; a minute late harms nobody.
    "reassess open episodes": every(60, "symptoms.tasks.reassess_open_episodes"),
    # Reminders carry a time of day; a few seconds late is on time.
    "deliver due reminders": every(10, "alerts.tasks.deliver_due_reminders"),
    # Check-ins become reminders, which go out with the next delivery.
    "plan due check-ins": every(10, "alerts.tasks.plan_due_check_ins"),
    # A patient is silent after a day; a minute more does not matter.
    "judge silence": every(60, "alerts.tasks.judge_silence"),
    "tell of silence": every(60, "alerts.tasks.tell_of_silence"),
    # Unread for hours; minutes do not matter.
    "repeat unread reminders": every(60, "alerts.tasks.repeat_unread_reminders"),
    # A clinic that changes its schedule sees it planned a minute later.
    "apply changed schedules": every(60, "alerts.tasks.apply_changed_schedules"),
    # A visit is missed at the end of a day.
    "mark missed visits": every(600, "alerts.tasks.mark_missed_visits"),
    # A clinic learns at once who has opened one of its records; the opening itself nudges.
    "tell clinics of emergencies": every(10, "symptoms.tasks.tell_clinics_of_emergencies"),
    # Nothing waits for it; the tables stay small.
    "forget ended sign-ins": every(3600, "symptoms.tasks.forget_ended_sign_ins"),
    # A lesson belongs to a day; some minutes later is as good.
    "teach due lessons": every(300, "education.tasks.teach_due"),
    # Erasures are due on a day; an hour is no matter, and a night with the worker down is made up for.
    "erase what is due": every(3600, "config.tasks.erase_due"),
}
