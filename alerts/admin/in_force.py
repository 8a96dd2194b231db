"""The escalation that is in force at a clinic: what it has laid down, and the default where it has not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from alerts.admin.words import age_in_words
from alerts.escalation import Ladder, Rungs
from alerts.models import EscalationPolicy
from alerts.policies import policy_of
from symptoms.admin.tables import Cell, Section
from symptoms.admin.words import say
from symptoms.clinical.terms import Urgency
from symptoms.models import Clinic


def in_force(clinic: Clinic) -> Section:
    """Each urgency with its steps and deadlines, the most urgent first."""
    own = set(EscalationPolicy.objects.filter(clinic=clinic).values_list("urgency", flat=True))
    policy = policy_of(clinic)
    deadlines = (_("An action is due within"), _("To be closed within"))
    columns = (_("Urgency"), _("Laid down by"), _("Who is paged"), *deadlines)
    rows = tuple(_row(urgency, policy[urgency], is_own=urgency in own) for urgency in sorted(policy, reverse=True))
    return Section(_("In force now"), columns, rows, empty="")


def _row(urgency: Urgency, rungs: Rungs, *, is_own: bool) -> tuple[Cell, ...]:
    return (
        Cell(str(say(urgency.code))),
        Cell(_("this clinic") if is_own else _("the default of the product")),
        Cell("\n".join(_steps_of(rungs))),
        Cell(age_in_words(rungs.deadlines.act_within)),
        Cell(age_in_words(rungs.deadlines.close_within)),
    )


def _steps_of(rungs: Rungs) -> Iterator[str]:
    if rungs.office == rungs.out_of_hours:
        yield from _steps(rungs.office)
        return
    yield _("When the clinic is open:")
    yield from _steps(rungs.office)
    yield _("Out of hours:")
    yield from _steps(rungs.out_of_hours)


def _steps(ladder: Ladder) -> Iterator[str]:
    for step in ladder.steps:
        yield f"{_after(step.after)}: {say(step.who)}"
    if ladder.steps:
        yield _("then everybody, every %(minutes)d min") % {"minutes": _minutes(ladder.repeat_every)}
    else:
        yield _("nobody: it stands on the worklist and in the daily digest")


def _after(span: timedelta) -> str:
    return _("after %(minutes)d min") % {"minutes": _minutes(span)} if span else _("at once")


def _minutes(span: timedelta) -> int:
    return int(span / timedelta(minutes=1))
