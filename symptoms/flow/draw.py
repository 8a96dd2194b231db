"""What a message comes to: the check-in as it goes on, its report, and how that is judged. Nothing is stored yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from symptoms.clinical.terms import NONE, Problem, Symptom, Urgency
from symptoms.flow.assess import Judged, judge
from symptoms.flow.converse import Step, converse
from symptoms.flow.dialogue import Known, is_about_breath_danger
from symptoms.flow.heard import Heard
from symptoms.flow.report import CheckIn, end_check_in, read_check_in, record_check_in
from symptoms.flow.state import DialogueState
from symptoms.models import Conversation, Episode, SymptomReport


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a message comes to, before anything is done about it. `is_over`: nothing more is asked."""

    step: Step
    report: SymptomReport | None
    judged: Judged | None
    is_over: bool

    @property
    def state(self) -> DialogueState:
        """Where the check-in then stands."""
        return replace(self.step.state, asking=None) if self.is_over else self.step.state


def draw(conversation: Conversation, heard: Heard, now: datetime) -> Drawn:
    """Take what was heard into the check-in, and judge its report. Changes nothing that is stored.

    Where the patient has to act nothing more is asked: what was found so far is judged as the end of the check-in.
    """
    step, check_in = take_in(conversation, heard, now)
    report = record_check_in(conversation, check_in, step.state, step.corrections, now, is_over=step.is_over)
    if report is None:
        return Drawn(step, None, None, step.is_over)
    background = check_in.background
    judged = judge(report, background, now, is_final=step.is_over)
    is_over = step.is_over or has_to_act(step.state, judged)
    if is_over and not step.is_over:
        end_check_in(report, step.state, now)
        judged = max(judge(report, background, now, is_final=True), judged, key=lambda one: one.urgency)
    return Drawn(step, report, judged, is_over)


def take_in(conversation: Conversation, heard: Heard, now: datetime) -> tuple[Step, CheckIn]:
    """What changes by what was heard, and what is known beside it."""
    check_in = read_check_in(conversation, now)
    state = DialogueState.from_json(conversation.state)
    is_standing = state.stands_until is not None and now < state.stands_until
    stands = max(check_in.background.stands, Urgency.from_code(state.stands if is_standing else NONE))
    state = replace(state, stands=stands.code)
    return converse(state, heard, known_of(check_in.background.episodes)), check_in


def known_of(episodes: Iterable[Episode]) -> Known:
    """What earlier reports already say, so that it is not asked again."""
    is_sore = (one for one in episodes if one.symptom == Symptom.MOUTH_SORES and one.closed_at is None)
    episode = next(is_sore, None)
    return Known(is_episode_open=episode is not None, is_onset_known=episode is not None and episode.is_onset_known)


def has_to_act(state: DialogueState, judged: Judged) -> bool:
    """Whether the patient now has to act rather than to answer.

    In an emergency at once; short of breath and urgent, as soon as it is known that it is no emergency.
    """
    if judged.urgency is Urgency.EMERGENCY:
        return True
    judgement = judged.judgement
    is_breath_urgent = Symptom.DYSPNEA in judgement.case.report.present and any(
        finding.problem is Problem.RESPIRATORY and finding.urgency is Urgency.URGENT for finding in judgement.findings
    )
    return is_breath_urgent and not is_about_breath_danger(state.asking, state.answers)
