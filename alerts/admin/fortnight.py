"""The page "who is paged when": gaps, what follows when nobody takes an alert, and every stretch of a fortnight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alerts.covering import look_ahead
from alerts.models import RotaGap
from alerts.models.rota import GapKind
from alerts.rostering import LOOK_AHEAD
from alerts.rota import Tier
from alerts.watches import Outlook, Paged, Watch, outlook_of, watches
from symptoms.admin.moments import write_day, write_moment
from symptoms.admin.tables import Cell, Section
from symptoms.admin.words import say
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Urgency
from symptoms.models import Clinic, Practitioner

MOST_GAPS = 50

Names = Mapping[int, Practitioner]


def fortnight_page(clinic: Clinic, now: datetime) -> dict[str, Any]:
    """What the template of the page writes down. A handful of queries, whatever the length of the rota."""
    outlook = outlook_of(clinic, now)
    gaps = look_ahead(clinic, now, now + LOOK_AHEAD)
    names = {one.pk: one for one in Practitioner.objects.filter(clinic=clinic).select_related("user")}
    return {
        "warning": ngettext(
            "In the next fourteen days there is %(count)d gap.", "In the next fourteen days there are %(count)d gaps.",
            len(gaps),
        ) % {"count": len(gaps)} if gaps else "",
        "good": "" if gaps else _("In the next fourteen days the first page finds somebody on call at every hour."),
        "lines": [_("Times are those of the clinic (%(zone)s).") % {"zone": clinic.time_zone}],
        "sections": [
            *_gap_sections(gaps, clinic),
            *(_ladder_section(outlook, urgency, now) for urgency in sorted(outlook.teams, reverse=True)),
            _watch_section(watches(outlook, now, now + LOOK_AHEAD), outlook, names),
        ],
    }  # fmt: skip


def _gap_sections(gaps: list[RotaGap], clinic: Clinic) -> list[Section]:
    """Nothing when there is no gap."""
    if not gaps:
        return []
    ordered = sorted(gaps, key=lambda gap: (gap.kind != GapKind.POLICY, gap.starts_at))
    rows = tuple(
        (
            Cell(_what(gap), tone="emergency" if gap.kind == GapKind.POLICY else "urgent"),
            Cell(write_moment(gap.starts_at, clinic.zone)),
            Cell(write_moment(gap.ends_at, clinic.zone)),
            Cell(_instead(gap)),
        )
        for gap in ordered[:MOST_GAPS]
    )
    note = _("Only the first %(count)d are listed.") % {"count": MOST_GAPS} if len(gaps) > MOST_GAPS else ""
    return [Section(_("Gaps"), (_("What"), _("From"), _("Until"), _("What happens then")), rows, empty="", note=note)]


def name_on_duty(person: Practitioner) -> str:
    """A name in the rota; with the reason, where no page can go to that person."""
    why = person.why_not_paged
    return _("%(name)s (%(why)s, is not paged)") % {"name": person, "why": why} if why else str(person)


def _unreached(person: Practitioner) -> str:
    return name_on_duty(person) if person.why_not_paged else _("%(name)s (no address)") % {"name": person}


def _what(gap: RotaGap) -> str:
    if gap.kind == GapKind.CALENDAR:
        return _("public holidays unknown")
    if gap.kind == GapKind.POLICY and gap.urgency is not None:
        return _("nobody of the policy is there: %(urgency)s") % {"urgency": say(Urgency(gap.urgency).code)}
    return _("nobody in %(tier)s") % {"tier": say(gap.tier)}


def _instead(gap: RotaGap) -> str:
    if gap.kind == GapKind.CALENDAR:
        return _("All hours count as out of hours. See to the office calendar.")
    if gap.kind == GapKind.POLICY:
        return _(
            "The next step follows at once, and after the last one everybody is paged, away or not. See to the policy, "
            "the rota and people's addresses at once."
        )
    return _("The fallback of the policy is paged instead. See to the rota.")


def _ladder_section(outlook: Outlook, urgency: Urgency, now: datetime) -> Section:
    """The steps of an alert that is raised at this moment, with the people as they are now."""
    ladder, team = outlook.ladder(urgency, now), outlook.team(urgency, now)
    rows = tuple(
        (
            Cell(_("at once") if not step.after else _("after %(minutes)d min") % {"minutes": _minutes(step.after)}),
            Cell(say(step.who)),
            paged_cell(Paged(tuple(team.people(step.who)), is_fallback=not team.on_shift(step.who))),
        )
        for step in ladder.steps
    )
    return Section(
        _("If it were raised now: %(urgency)s") % {"urgency": say(urgency.code)},
        (_("When"), _("Step"), _("Who is paged")),
        rows,
        empty="",
        note=_("Until somebody takes it. After the last step everybody is paged, every %(minutes)d minutes.")
        % {"minutes": _minutes(ladder.repeat_every)},
    )


def _minutes(span: timedelta) -> int:
    return int(span / timedelta(minutes=1))


def _watch_section(found: Iterable[Watch], outlook: Outlook, names: Names) -> Section:
    return Section(
        _("The next fourteen days"),
        (
            _("Day"), _("Hours"), *(say(tier).capitalize() for tier in Tier),
            _("An urgent alert pages first"), _("An emergency pages first"),
        ),
        tuple(_watch_row(watch, outlook, names) for watch in found),
        empty="",
    )  # fmt: skip


def _watch_row(watch: Watch, outlook: Outlook, names: Names) -> tuple[Cell, ...]:
    zone = outlook.hours.zone
    day = local_date(watch.starts_at, zone)
    begins, ends = (f"{moment.astimezone(zone):%H:%M}" for moment in (watch.starts_at, watch.ends_at))
    hours = {"begins": begins, "ends": "24:00" if ends == "00:00" else ends}
    when = _("%(begins)s-%(ends)s, open") if watch.is_open else _("%(begins)s-%(ends)s, out of hours")
    return (
        Cell(write_day(day)),
        Cell(when % hours),
        *(_tier_cell(tier, watch, outlook, names) for tier in Tier),
        paged_cell(watch.first[Urgency.URGENT]),
        paged_cell(watch.first[Urgency.EMERGENCY]),
    )


def _tier_cell(tier: Tier, watch: Watch, outlook: Outlook, names: Names) -> Cell:
    """Who is on duty; loud when nobody is in a tier that the clinic plans, or when nobody of them can be reached."""
    team = outlook.teams[Urgency.URGENT]
    people = watch.on_duty[tier]
    if not people:
        return Cell(_("nobody"), tone="urgent") if team.rota.has(tier) else Cell("–")
    there = {one.pk for one in team.everybody}
    words = ", ".join(str(names[one]) if one in there else _unreached(names[one]) for one in people)
    return Cell(words) if there.intersection(people) else Cell(words, tone="urgent")


def paged_cell(paged: Paged) -> Cell:
    """The people of one step; loud when it is the fallback, louder when it is nobody."""
    if not paged.people:
        return Cell(_("NOBODY"), tone="emergency")
    words = ", ".join(str(one) for one in paged.people)
    return Cell(_("fallback: %(people)s") % {"people": words}, tone="urgent") if paged.is_fallback else Cell(words)
