"""The one place that applies the thresholds to a stored report.

Called in the patient's own transaction, and by the tasks that work off due rows. The assessment, the
alert and its first pages are written together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from symptoms.clinical.actions import Action, NotifyCareTeam, OfferEducation, StandDownReminders
from symptoms.clinical.calendar import local_date
from symptoms.clinical.consequences import actions_for
from symptoms.clinical.episodes import MouthEpisode
from symptoms.clinical.facts import Facts
from symptoms.clinical.history import Baseline, History
from symptoms.clinical.rulesets import CURRENT
from symptoms.clinical.terms import Urgency
from symptoms.clinical.triage import Judgement, assess
from symptoms.flow.act import carry_out
from symptoms.flow.advise import Advice, advise, advise_again
from symptoms.flow.background import Background, gather_report_facts, read_background
from symptoms.flow.episodes import update_episodes
from symptoms.models import Assessment, Episode, Patient, SymptomReport
from symptoms.models.assessment import AssessmentKind
from symptoms.prepared import PreparedInsert, PreparedUpdate, Write, run, write_together

INSERT: Final = PreparedInsert(SymptomReport)
UPDATE: Final = PreparedUpdate(
    SymptomReport, "status", "respondent", "carer", "answers", "corrections", "assess_due_at", "urgency"
)
"""All that changes of a report while it is filled in and judged."""

KEEP: Final = PreparedInsert(Assessment)


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement of a report, of which nothing has followed yet."""

    report: SymptomReport
    background: Background
    facts: Facts
    judgement: Judgement

    @property
    def urgency(self) -> Urgency:
        """The highest of this judgement and of those of the report before, for it only rises."""
        return max(self.judgement.urgency, Urgency(self.report.urgency or 0))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one assessment: the judgement, and the advice that the patient gets.

    No advice: the check-in goes on, and nothing has been found so far; then there is no assessment to keep either.
    `unwritten` has to be written in the same transaction, by one statement.
    """

    judgement: Judgement
    advice: Advice | None
    assessment: Assessment | None
    unwritten: tuple[Write, ...]


def assess_report(report: SymptomReport, now: datetime, *, is_final: bool = True) -> Outcome:
    """Judge a report as of `now`, and do what follows.

    Reports of one patient are judged one after the other, so that each sees what the one before left.
    """
    wait_for_turn(report.patient)
    background = read_background(report.patient, now)
    outcome = follow_up(judge(report, background, now, is_final=is_final), now)
    write_together(*outcome.unwritten)
    return outcome


def judge(report: SymptomReport, background: Background, now: datetime, *, is_final: bool) -> Judged:
    """What the rules say of a report as of `now`. Changes nothing."""
    facts = gather_report_facts(report, background, now, is_final=is_final)
    return Judged(report, background, facts, assess(facts, CURRENT))


def follows(judged: Judged) -> tuple[Action, ...]:
    """What there is to carry out after a judgement."""
    return actions_for(judged.judgement, judged.facts)


def follow_up(judged: Judged, now: datetime) -> Outcome:
    """Carry out what follows from a judgement. What is left to write is the assessment with the advice, and the report.

    A final assessment ends the report's waiting for one. While a check-in goes on and nothing has been found there is
    nothing to carry out, and only the report to write. Whatever is carried out finds the report and its episodes
    written.
    """
    report, judgement, is_final = judged.report, judged.judgement, judged.facts.is_final
    report.urgency = judged.urgency
    if is_final:
        report.assess_due_at = None
    elif report.urgency is Urgency.NONE:
        return Outcome(judgement, None, None, (stored(report),))
    episodes = update_episodes(report, judgement.case, judged.background.episodes, now) if is_final else ()
    unwritten = (stored(report), *episodes)
    actions = follows(judged)
    if actions:
        write_together(*unwritten)
        unwritten = ()
    kind = AssessmentKind.FINAL if is_final else AssessmentKind.INTERIM
    outcome = _follow_up(report, judged.facts, judgement, kind, actions, now)
    return replace(outcome, unwritten=(*unwritten, *outcome.unwritten))


def stored(report: SymptomReport) -> Write:
    """What writes a report that is new or has changed."""
    return INSERT.of(report) if report._state.adding else UPDATE.of(report)


def assess_amended(report: SymptomReport, now: datetime) -> Outcome:
    """Judge a report again by its amended answers.

    It only raises: the urgency and what was found before stay, no episode is closed, no reminder is stood down.
    """
    wait_for_turn(report.patient)
    amended = copy(report)
    amended.answers = report.amended_answers or report.answers
    background = read_background(report.patient, now)
    judged = judge(amended, background, now, is_final=True)
    facts, judgement = judged.facts, judged.judgement
    report.urgency = amended.urgency = judged.urgency
    report.save(update_fields=["urgency"])
    write_together(*update_episodes(amended, judgement.case, background.episodes, now, may_close=False))
    actions = [one for one in actions_for(judgement, facts) if isinstance(one, (NotifyCareTeam, OfferEducation))]
    outcome = _follow_up(amended, facts, judgement, AssessmentKind.FINAL, actions, now)
    write_together(*outcome.unwritten)
    return outcome


def wait_for_turn(patient: Patient) -> None:
    """Hold the right to file and judge reports of this patient until the transaction ends.

    It is taken before any report is locked. No row is locked for it: a sweep that holds an episode waits for the
    patient's row, and would wait for ever.
    """
    run("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_turn_of(patient)])


def take_turn_if_free(patient: Patient) -> bool:
    """The same for who holds a report already, and therefore must not wait: False when somebody else has the turn."""
    ((is_free,),) = run("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [_turn_of(patient)])
    return bool(is_free)


def _turn_of(patient: Patient) -> str:
    return f"assess {patient.pk}"


def assess_silence(episode: Episode, now: datetime) -> Outcome:
    """Let time alone judge an open mouth episode: no answers, only the calendar (S-11, "over 3 days").

    The assessment stands with the patient's latest report, after which nothing more was heard.
    """
    patient = episode.patient
    report = patient.reports.order_by("-occurred_at").first() or episode.opened_by
    facts = Facts(
        today=local_date(now, patient.zone),
        is_final=True,
        answers={},
        baseline=Baseline(),
        history=History(episode=MouthEpisode(episode.earliest_on, episode.is_onset_known)),
    )
    judgement = assess(facts, CURRENT)
    notify = [action for action in actions_for(judgement, facts) if isinstance(action, NotifyCareTeam)]
    outcome = _follow_up(report, facts, judgement, AssessmentKind.CLOCK, notify, now)
    write_together(*outcome.unwritten)
    return outcome


def _follow_up(
    report: SymptomReport,
    facts: Facts,
    judgement: Judgement,
    kind: AssessmentKind,
    actions: Iterable[Action],
    now: datetime,
) -> Outcome:
    """Carry out the actions, and make the advice of their results and the assessment, which is left to write."""
    results = carry_out(actions, patient=report.patient, report=report, now=now)
    alerts = [alert for action, alert in results if isinstance(action, NotifyCareTeam)]
    offers = [slugs for action, slugs in results if isinstance(action, OfferEducation) and slugs]
    advice = advise(
        judgement.findings,
        report.patient,
        now,
        is_known_to_team=bool(alerts) and not any(alerts),
        leaflets=[slug for slugs in offers for slug in slugs],
        asked_again_at=next((at for action, at in results if isinstance(action, StandDownReminders)), None),
    )
    assessment = Assessment(
        report=report,
        kind=kind,
        assessed_at=now,
        ruleset=CURRENT.version,
        ruleset_hash=CURRENT.content_hash,
        facts=facts.to_json(),
        findings=[finding.to_json() for finding in judgement.findings],
        urgency=judgement.urgency,
        stomatitis_grade_review=judgement.stomatitis_grade_review,
        composites=judgement.composites,
        advice=advice,
    )
    is_most_urgent = judgement.urgency >= (report.urgency or 0)
    stands = advice if is_most_urgent else _earlier_advice(report, now)
    return Outcome(judgement, stands, assessment, (KEEP.of(assessment),))


def _earlier_advice(report: SymptomReport, now: datetime) -> Advice:
    """The advice of the report's most urgent assessment, which a correction does not take back."""
    earlier = report.assessments.filter(urgency=report.urgency or 0).order_by("-pk").first()
    assert earlier is not None, "a report is as urgent as one of its assessments"
    return advise_again(earlier, report.patient, now)
