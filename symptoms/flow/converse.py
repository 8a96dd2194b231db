"""One step of the check-in: from the saved state and what was heard to the new state and what to say.

Pure. An answer that fits the question is taken; one that does not is asked for twice more and then counts
as unknown. A correction replaces an answer and drops those that it closes. Typed words that speak against an
answer replace it only by a worse one. Whatever was replaced stays on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from symptoms.clinical.ordering import is_worse
from symptoms.clinical.terms import NONE, UNKNOWN, Slot, Symptom, YesNo
from symptoms.flow.dialogue import Known, named_symptoms
from symptoms.flow.heard import Heard, Intent, Line
from symptoms.flow.state import DialogueState, with_red_flags

MAX_REPEATS: Final = 2
"""An answer that was not understood is asked for again this many times."""

ALWAYS_KEPT: Final = frozenset({Slot.RED_FLAGS, Slot.RESPONDENT})
"""Answers that no correction of another answer drops."""


@dataclass(frozen=True, slots=True)
class Correction:
    """An answer that the patient replaced, or that a replaced answer closed (then `now` is None).

    `typed` is what words said against the answer, of which the worse was kept; None for a correction.
    """

    slot: str
    was: object
    now: object
    typed: object = None


@dataclass(frozen=True, slots=True)
class Step:
    """The outcome of one message: the new state, what to say before the next question, what was replaced."""

    state: DialogueState
    lines: tuple[Line, ...] = ()
    corrections: tuple[Correction, ...] = ()
    is_stopped: bool = False

    @property
    def is_over(self) -> bool:
        return self.state.asking is None


def converse(state: DialogueState, heard: Heard, known: Known) -> Step:
    """Take one message into the check-in."""
    heard = _of_open_episode(state, heard, known)
    if _is_unsure(state, heard):
        state, heard = replace(state, is_unsure=True), _without_the_opening(heard)
    taken_back = _taken_back(state, heard)
    state, corrections = _take_answers(replace(state, is_paused=False), heard, known)
    step = _ask_what_is_left(state, heard, taken_back) if taken_back else _respond(state, heard, known)
    return replace(step, corrections=corrections)


def _of_open_episode(state: DialogueState, heard: Heard, known: Known) -> Heard:
    """What goes on, is worse or is back, while an episode of sores is open and nothing is named, is the sores."""
    is_opening = state.asking in (Slot.SYMPTOMS, Slot.MOUTH_GONE)
    if not (heard.goes_on and known.is_episode_open and is_opening) or heard.mentioned - {Symptom.OTHER}:
        return heard
    answers: dict[str, object] = {Slot.MOUTH_GONE: YesNo.NO} if state.asking is Slot.MOUTH_GONE else {}
    return replace(heard, intent=Intent.ANSWER, answers=answers, mentioned=frozenset({Symptom.MOUTH_SORES}), note=None)


def _taken_back(state: DialogueState, heard: Heard) -> frozenset[Symptom]:
    """The symptoms that were told in words and that words now deny: "sorry, not a cough, I am breathless".

    Without a correction or another symptom beside it only sores can be taken back, for "no cough at night" does not;
    to count none of them takes them back too.
    Breathlessness is not once something of it was answered; nothing is once the opening question was, for then words
    speak against an answer.
    """
    is_telling = heard.intent in (Intent.ANSWER, Intent.NOT_UNDERSTOOD, Intent.CORRECT, Intent.BACK)
    answers = {**state.answers, **heard.answers}
    if not is_telling or Slot.SYMPTOMS in answers or heard.red_flags:
        return frozenset()
    taken_back = (state.mentioned & heard.denied) - heard.mentioned - {Symptom.OTHER}
    if heard.answers.get(Slot.MOUTH_COUNT) == 0:
        return taken_back | (state.mentioned & {Symptom.MOUTH_SORES})
    if not _is_corrected(state, heard):
        return taken_back & {Symptom.MOUTH_SORES}
    is_breath_told = any(slot.startswith(f"{Symptom.DYSPNEA}.") for slot in answers)
    return taken_back - {Symptom.DYSPNEA} if is_breath_told else taken_back


def _is_corrected(state: DialogueState, heard: Heard) -> bool:
    """Whether words that deny a symptom say that it was wrong, or tell another one in its place."""
    is_instead = bool(heard.mentioned - state.mentioned - {Symptom.OTHER})
    return heard.intent in (Intent.CORRECT, Intent.BACK) or is_instead


def _ask_what_is_left(state: DialogueState, heard: Heard, taken_back: frozenset[Symptom]) -> Step:
    """Ask the opening question, after a correction with what is left to confirm. Until then what was told counts.

    Whoever chooses sores again is asked again how many.
    """
    answers = {slot: value for slot, value in state.answers.items() if (slot, value) != (Slot.MOUTH_COUNT, 0)}
    state = replace(state, answers=answers, trail=tuple(slot for slot in state.trail if slot in answers))
    doubted = state.doubted | taken_back
    likely = {slot: value for slot, value in state.likely.items() if slot != Slot.SYMPTOMS}
    if heard.intent in (Intent.CORRECT, Intent.BACK) or state.mentioned - doubted:
        likely[Slot.SYMPTOMS] = sorted(state.mentioned - doubted) or NONE
    return Step(replace(state, doubted=doubted, likely=likely, asking=Slot.SYMPTOMS, repeats=0))


def _is_unsure(state: DialogueState, heard: Heard) -> bool:
    """Whether somebody does not know what they have, and can be shown the list once more."""
    is_unknown = heard.intent is Intent.ANSWER and heard.answers.get(Slot.SYMPTOMS) == UNKNOWN
    return is_unknown and state.asking is Slot.SYMPTOMS and state.repeats < MAX_REPEATS


def _without_the_opening(heard: Heard) -> Heard:
    """The list is shown again, unless a symptom was told beside it: that is gone into first."""
    answers = {slot: value for slot, value in heard.answers.items() if slot != Slot.SYMPTOMS}
    intent = Intent.ANSWER if heard.mentioned else Intent.NOT_UNDERSTOOD
    return replace(heard, intent=intent, answers=answers, note=None if heard.mentioned else Line("unsure"))


def _respond(state: DialogueState, heard: Heard, known: Known) -> Step:
    note = (heard.note,) if heard.note else ()
    match heard.intent:
        case Intent.STOP:
            return Step(replace(state, asking=None), (Line("stopped"),), is_stopped=True)
        case Intent.BACK:
            return _go_back(state)
        case Intent.SOMETHING_ELSE:
            return Step(replace(state, asking=Slot.OTHER_TEXT, repeats=0), (Line("something_else_prompt"),))
        case Intent.SELF_HARM:
            return Step(replace(state, is_paused=True), (Line("self_harm"),))
        case Intent.SMALL_TALK:
            return Step(_ask_next(state, known) if state.asking in heard.answers else state, note)
        case Intent.NOT_UNDERSTOOD:
            return _ask_again(state, heard, known)
        case Intent.CORRECT:
            return Step(_ask_next(state, known), (Line("correction_noted"), *note))
        case Intent.ANSWER:
            return Step(_ask_next(state, known), note)


def _take_answers(state: DialogueState, heard: Heard, known: Known) -> tuple[DialogueState, tuple[Correction, ...]]:
    """The state with what was heard in it, without the answers that this closes."""
    contradictions = _contradictions(state, heard)
    mentioned, doubted = _mentioned_now(state, heard)
    red_flags = state.red_flags | heard.red_flags
    answers = {**state.answers, **heard.answers, **{one.slot: one.now for one in contradictions}}
    if Slot.SYMPTOMS in answers:
        answers[Slot.SYMPTOMS] = _with_mentioned(answers[Slot.SYMPTOMS], mentioned)
    if red_flags and Slot.RED_FLAGS in answers:
        answers[Slot.RED_FLAGS] = with_red_flags(answers[Slot.RED_FLAGS], red_flags)
    if Slot.OTHER_TEXT in state.likely and Symptom.OTHER in named_symptoms(answers) | mentioned:
        answers.setdefault(Slot.OTHER_TEXT, state.likely[Slot.OTHER_TEXT])  # that it is something else is confirmed
    kept = {*state.dialogue.open_questions(answers, mentioned, known), *ALWAYS_KEPT}
    answers = {slot: value for slot, value in answers.items() if slot in kept}
    stayed = tuple(slot for slot in state.trail if slot in answers)
    taken_in = replace(
        state,
        answers=answers,
        likely=_likely_now(state, heard, answers),
        mentioned=mentioned,
        doubted=doubted,
        red_flags=red_flags,
        doubtful=frozenset() if Slot.RED_FLAGS in answers else state.doubtful | heard.doubtful,
        trail=stayed + tuple(slot for slot in answers if slot not in stayed),
    )
    return taken_in, (*_replaced(state, taken_in, contradictions), *contradictions)


def _mentioned_now(state: DialogueState, heard: Heard) -> tuple[frozenset[Symptom], frozenset[Symptom]]:
    """The symptoms that words have told of by now, and those of them that later words deny."""
    mentioned, doubted = state.mentioned | heard.mentioned, state.doubted - heard.mentioned
    is_opening_answered = Slot.SYMPTOMS in heard.answers
    if is_opening_answered and heard.answers[Slot.SYMPTOMS] != UNKNOWN:
        mentioned, doubted = mentioned - doubted, frozenset()
    if heard.intent is Intent.SOMETHING_ELSE or Slot.OTHER_TEXT in heard.answers:
        mentioned |= {Symptom.OTHER}
    if heard.answers.get(Slot.MOUTH_GONE) in (YesNo.NO, UNKNOWN):
        mentioned |= {Symptom.MOUTH_SORES}
    return heard.mentioned if is_opening_answered and heard.intent is Intent.CORRECT else mentioned, doubted


def _likely_now(state: DialogueState, heard: Heard, answers: Mapping[str, object]) -> dict[str, object]:
    """What is still to be confirmed; that there is nothing is not, once something was told."""
    likely = {slot: value for slot, value in {**state.likely, **heard.likely}.items() if slot not in answers}
    if heard.mentioned and likely.get(Slot.SYMPTOMS) == NONE:
        del likely[Slot.SYMPTOMS]
    return likely


def _replaced(before: DialogueState, after: DialogueState, spoken: tuple[Correction, ...]) -> Iterator[Correction]:
    """The answers that are others now or closed, but for those that words were spoken against."""
    spoken_against = {one.slot for one in spoken}
    for slot, was in before.answers.items():
        if slot not in spoken_against and after.answers.get(slot) != was:
            yield Correction(slot, was, after.answers.get(slot))


def _contradictions(state: DialogueState, heard: Heard) -> tuple[Correction, ...]:
    """Where typed words speak against an answer that they were not asked for: the worse of both is kept.

    An answer that was unknown, or that is being asked for again, is simply given; a correction is one.
    """
    if heard.intent is Intent.CORRECT:
        return ()
    found = [
        Correction(slot, was, _worse(slot, was, typed), typed)
        for slot, typed in heard.answers.items()
        if slot not in (state.asking, Slot.RESPONDENT, Slot.OTHER_TEXT)
        and (was := state.answers.get(slot, UNKNOWN)) not in (UNKNOWN, typed)
    ]
    is_opening_told = Slot.SYMPTOMS in heard.answers
    if state.asking is not Slot.SYMPTOMS and not is_opening_told and (against := _against_the_opening(state, heard)):
        listed = state.answers[Slot.SYMPTOMS]
        found.append(Correction(Slot.SYMPTOMS, listed, _with_mentioned(listed, heard.mentioned), sorted(against)))
    return tuple(found)


def _worse(slot: str, was: object, typed: object) -> object:
    """The worse of two answers to a question; of two lists all that either names."""
    if slot not in (Slot.SYMPTOMS, Slot.RED_FLAGS):
        return typed if is_worse(slot, typed, was) else was
    named = {name for listed in (was, typed) for name in (listed if isinstance(listed, list) else [str(listed)])}
    return sorted(named - {NONE}) or NONE


def _against_the_opening(state: DialogueState, heard: Heard) -> frozenset[Symptom]:
    """The symptoms that were named and that words deny. One that comes to mind later adds to them."""
    listed = state.answers.get(Slot.SYMPTOMS)
    if listed is None or listed == UNKNOWN or (isinstance(listed, list) and UNKNOWN in listed):
        return frozenset()
    return heard.denied & (named_symptoms(state.answers) | state.mentioned)


def _with_mentioned(listed: object, mentioned: frozenset[Symptom]) -> object:
    """The opening answer with the symptoms that free text brought up: naming more only raises urgency."""
    if not mentioned:
        return listed
    named = listed if isinstance(listed, list) else [UNKNOWN] if listed == UNKNOWN else []
    return sorted({*named, *mentioned} - {NONE})


def _ask_next(state: DialogueState, known: Known) -> DialogueState:
    open_question = state.dialogue.next_question(state.answers, state.mentioned, known)
    asking = Slot.RED_FLAGS if state.doubtful else open_question
    return replace(state, asking=asking, repeats=state.repeats if asking is state.asking else 0)


def _go_back(state: DialogueState) -> Step:
    """Ask the question before once more. Its answer stays until a new one replaces it."""
    answered = tuple(slot for slot in state.trail if slot in state.dialogue.questions)
    if state.asking in answered:
        answered = answered[: answered.index(state.asking)]
    if not answered:
        return Step(state)
    return Step(replace(state, asking=Slot(answered[-1]), repeats=0), (Line("went_back"),))


def _ask_again(state: DialogueState, heard: Heard, known: Known) -> Step:
    """Ask the same question again, with what the words may mean; after the last repeat it counts as unknown."""
    if state.asking is None or state.repeats < MAX_REPEATS:
        line = heard.note or Line("not_understood" if state.repeats == 0 else "not_understood_again")
        likely = {slot: value for slot, value in state.likely.items() if slot != state.asking or slot in heard.likely}
        lines = () if state.asking in likely else (line,)
        return Step(replace(state, repeats=state.repeats + 1, likely=likely), lines)
    given_up, _ = _take_answers(state, Heard(Intent.ANSWER, {state.asking: UNKNOWN}), known)
    return Step(_ask_next(given_up, known), (Line("moved_on"),))
