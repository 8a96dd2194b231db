"""Understands free text by lexicons and a grammar of denial, scope, counts and times. Deterministic and offline.

A text is read in the patient's language; whatever of it another of the five languages fits better is read in
that one as well. What the readings find is added up, so that more readings can only raise urgency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from symptoms.clinical.terms import (
    MAX_ONSET_DAYS_BACK,
    MORE_THAN_THREE,
    UNKNOWN,
    Exertion,
    Intake,
    RedFlag,
    Respondent,
    Slot,
    Symptom,
    YesNo,
)
from symptoms.language.accounts.account import Account, give_account, with_suspicions
from symptoms.language.accounts.second_reader import Suspicion, suspect
from symptoms.language.danger.alarms import cannot_wait
from symptoms.language.danger.blood_in_replies import blood_in_reply
from symptoms.language.danger.fever import has_rigors, read_temperature
from symptoms.language.eating.eating import Eating, read_intake
from symptoms.language.fitting import fitting_language
from symptoms.language.reading.reader import Reader, read
from symptoms.language.replies.exertion import read_exertion
from symptoms.language.replies.replies import guess_reply, read_reply
from symptoms.language.replies.replies_about_sores import recount
from symptoms.language.replies.yes_and_no import agrees, disagrees
from symptoms.language.sores.singles import names_one_sore
from symptoms.language.text.clauses import Passage
from symptoms.language.text.lexicon import load_lexicon
from symptoms.language.text.particles import said_after_particle
from symptoms.language.text.passages import read_passage
from symptoms.language.times.since import Since
from symptoms.language.understanding import Understanding, Wish
from symptoms.language.wishes import asks_about_medicine, find_complaints, read_wish
from symptoms.wording import FALLBACK, LANGUAGES

SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?\n]*")
MOUTH_DETAILS: Final = frozenset(
    {Slot.MOUTH_ONSET_ON, Slot.MOUTH_INTAKE, Slot.MOUTH_SEVERITY, Slot.MOUTH_INTERFERENCE, Slot.MOUTH_BATH_STARTED}
)
"""Questions about sores of which it is known how many there are."""

MAY_BE_MORE: Final = ("another", "new", "of_which", "further", "not_wholly")
MAY_BE_OLDER: Final = (
    "another", "new", "further", "worse", "eat", "drink", "swallow", "off_food", "soft", "straw", "rinse", "observe",
)  # fmt: skip
"""Classes of words beside which a day may be that of something else than the first sore."""

OTHERS_TIME: Final = (
    "drug",
    "tablets",
    "treatment",
    "plan",
    "relative",
    "stranger",
    "past_time",
    "used_to",
    "gone",
    "not_now",
)
"""Classes of words of which a time may be that stands beside an answer."""

KIN: Final = ("relative", "stranger", "someone", "patient")
DANGERS: Final = frozenset({Suspicion.URGENT, Suspicion.EMERGENCY})
COUGHED: Final = frozenset({RedFlag.COUGHING_BLOOD, RedFlag.COUGHING_MUCH_BLOOD})


class LexiconUnderstander:
    """Understands by lexicons and a grammar."""

    def understand(
        self, text: str, *, language: str, today: date, expected: str | None = None, is_carer: bool = False
    ) -> Understanding:
        passages = list(_passages(text, language if language in LANGUAGES else FALLBACK))
        found = _read_all(passages, today, expected, is_carer=is_carer)
        if not (found.present or found.denied or found.red_flags or found.doubtful or found.answers or found.likely):
            found = _with_suspicions(found, read(passages[0], today, is_carer=is_carer), expected)
        if is_carer or found.present or found.red_flags or found.answers:
            return found
        if not any(passage.has(*KIN) for passage in passages):
            return found
        by_carer = _read_all(passages, today, expected, is_carer=True)
        return replace(found, may_be_by_carer=bool(by_carer.present or by_carer.red_flags))


def describe(text: str, language: str, today: date) -> Account:
    """What one text says, read in one language. Raises KeyError for a language that has no lexicon."""
    reader = read(_passage(text, language), today)
    return with_suspicions(give_account(reader), reader)


def _with_suspicions(found: Understanding, reader: Reader, expected: str | None) -> Understanding:
    """What is asked about where the rules find nothing: signs of danger, any of them, or sores in the mouth."""
    suspected = suspect(reader).keys()
    if Suspicion.MOUTH_SORES in suspected and Suspicion.EMERGENCY not in suspected and expected == Slot.SYMPTOMS:
        return replace(found, likely={Slot.SYMPTOMS: Symptom.MOUTH_SORES})
    return replace(found, doubtful=frozenset(RedFlag)) if suspected & DANGERS else found


def _read_all(passages: Iterable[Passage], today: date, expected: str | None, *, is_carer: bool) -> Understanding:
    return _added_up(understand_reading(read(one, today, is_carer=is_carer), expected) for one in passages)


def _passage(text: str, language: str) -> Passage:
    return read_passage(text, load_lexicon(language))


def _passages(text: str, language: str) -> Iterator[Passage]:
    """The text in the language that fits it best, then every sentence that another language fits better.

    What follows a bare "no" or "don't know" without a comma is read by itself too: "no my lips are blue".
    """
    best = fitting_language(text, language)
    whole = _passage(text, best)
    yield whole
    if rest := said_after_particle(whole):
        yield _passage(rest, best)
    sentences = SENTENCE.findall(text)
    for sentence in sentences if len(sentences) > 1 else ():
        other = fitting_language(sentence, best)
        if other != best:
            yield _passage(sentence, other)


def understand_reading(reader: Reader, expected: str | None) -> Understanding:
    """What one reading of a text says."""
    account = give_account(reader)
    account = replace(account, red_flags=account.red_flags | blood_in_reply(reader, expected))
    answers = dict(_answers(reader, account))
    if expected is not None and (reply := read_reply(expected, reader, account)) is not None:
        answers[expected] = reply
    elif expected in MOUTH_DETAILS and (count := recount(reader)) is not None:
        answers[Slot.MOUTH_COUNT] = count
    guess = guess_reply(expected, reader, account) if expected and expected not in answers else None
    is_about_sores = Symptom.MOUTH_SORES in account.present or expected in {Slot.MOUTH_COUNT, *MOUTH_DETAILS}
    if is_about_sores and guess is None and (onset := _told_beside(reader, account)) is not None:
        answers.setdefault(Slot.MOUTH_ONSET_ON, onset)
    likely = dict(_likely(account, is_about_sores=is_about_sores))
    if expected and guess is not None:
        likely[Slot(expected)] = guess
    return Understanding(
        answers=answers,
        likely=likely,
        present=_present(reader, account),
        denied=account.absent,
        red_flags=account.red_flags,
        doubtful=account.doubtful,
        wish=read_wish(reader, account, is_answer=expected in answers),
        self_harm=account.has_self_harm,
        is_about_state=bool(find_complaints(reader)) or reader.passage.has("treatment_talk"),
        tells_more=any(reader.facts(clause, "state", "wound") for clause in reader.passage.clauses),
        is_about_treatment=reader.passage.has("treatment_talk"),
        asks_about_medicine=asks_about_medicine(reader),
        goes_on=reader.passage.has("goes_on"),
        agrees=agrees(reader),
        disagrees=disagrees(reader),
    )


def _present(reader: Reader, account: Account) -> frozenset[Symptom]:
    """The symptoms that are there. Who cannot eat or drink is asked about the mouth (S-11); who coughs blood coughs."""
    beside = {
        Symptom.COUGH: bool(account.red_flags & COUGHED),
        Symptom.MOUTH_SORES: account.eating is Eating.IMPAIRED,
        Symptom.DYSPNEA: account.is_breathless_at_rest,
        Symptom.OTHER: cannot_wait(reader),
    }
    return account.present | frozenset(symptom for symptom, is_there in beside.items() if is_there)


def _answers(reader: Reader, account: Account) -> Iterator[tuple[Slot, Any]]:
    """What the words plainly say, asked or not."""
    if Symptom.MOUTH_SORES in account.present:
        yield from _answers_about_sores(reader, account)
    if (intake := read_intake(reader)) is not None:
        yield Slot.MOUTH_INTAKE, intake
    if account.is_breathless_at_rest:
        yield Slot.DYSPNEA_EXERTION, Exertion.AT_REST
    elif Symptom.DYSPNEA in account.present and (exertion := read_exertion(reader)) is not None:
        yield Slot.DYSPNEA_EXERTION, exertion
    if (temperature := read_temperature(reader)) is not None:
        yield Slot.FEVER_TEMPERATURE_C, temperature
    if has_rigors(reader):
        yield Slot.FEVER_RIGORS, YesNo.YES
    if cannot_wait(reader):
        yield Slot.OTHER_CAN_WAIT, YesNo.NO
    if reader.scope.is_carer and reader.passage.has("relative", "stranger", "patient"):
        yield Slot.RESPONDENT, Respondent.CARER


def _answers_about_sores(reader: Reader, account: Account) -> Iterator[tuple[Slot, Any]]:
    """How many and since when, as far as the words leave no doubt that it may be more, or longer.

    "Two more" are not two, and sores that hurt more since yesterday are older: then the question is asked.
    """
    count, since = account.count, account.mouth_since
    if count.is_over_three:
        yield Slot.MOUTH_COUNT, count.value or MORE_THAN_THREE
    elif count.value is not None and not _may_be_more(count.value, reader):
        yield Slot.MOUTH_COUNT, count.value
    if since is not None and (since.is_over_three or not _may_be_older(since, reader)):
        onset = _onset_on(since, reader.today)
        yield from [(Slot.MOUTH_ONSET_ON, onset)] if onset is not None else []


def _may_be_more(count: int, reader: Reader) -> bool:
    """Whether a number of sores may not be all of them: "two more", "an outbreak of sores"."""
    return reader.passage.has(*MAY_BE_MORE) or (count == 1 and not names_one_sore(reader.passage))


def _may_be_older(since: Since, reader: Reader) -> bool:
    """Whether the clause of a time tells what else may have begun then: the soup, the rinse, one more."""
    return any(clause.has(*MAY_BE_OLDER) for clause in reader.passage.clauses if clause.start <= since.at < clause.end)


def _told_beside(reader: Reader, account: Account) -> date | str | None:
    """Since when the sores are there, told beside another answer about them: "two, they started on Monday"."""
    if account.mouth_since is not None or account.present - {Symptom.MOUTH_SORES} or reader.passage.has(*OTHERS_TIME):
        return None
    times = [time for clause in reader.passage.clauses for time in reader.times(clause) if time.is_beginning]
    if len(times) != 1 or (_may_be_older(times[0], reader) and not times[0].is_over_three):
        return None
    return _onset_on(times[0], reader.today)


def _likely(account: Account, *, is_about_sores: bool) -> Iterator[tuple[Slot, Any]]:
    """What the words may mean, to be confirmed: what would lower urgency is never taken unasked."""
    if account.eating is Eating.UNIMPAIRED and is_about_sores:
        yield Slot.MOUTH_INTAKE, Intake.NORMAL


def _onset_on(since: Since, today: date) -> date | str | None:
    """The first day of the sores; unknown where only "for ages" is said, which may be over three days."""
    if since.days is not None and since.days <= MAX_ONSET_DAYS_BACK:
        return today - timedelta(days=int(since.days))
    return UNKNOWN if since.is_over_three else None


def _added_up(readings: Iterable[Understanding]) -> Understanding:
    """Several readings of one text as one: the first decides what is answered, all of them what is there."""
    first, *others = readings
    for other in others:
        present = first.present | other.present
        first = Understanding(
            answers={**other.answers, **first.answers},
            likely=first.likely,
            present=present,
            denied=first.denied - present,
            red_flags=first.red_flags | other.red_flags,
            doubtful=(first.doubtful | other.doubtful) - first.red_flags - other.red_flags,
            wish=first.wish if first.wish is not Wish.NONE else other.wish,
            self_harm=first.self_harm or other.self_harm,
            is_about_state=first.is_about_state,
            tells_more=first.tells_more or other.tells_more,
            is_about_treatment=first.is_about_treatment or other.is_about_treatment,
            asks_about_medicine=first.asks_about_medicine or other.asks_about_medicine,
            goes_on=first.goes_on,
            agrees=first.agrees,
            disagrees=first.disagrees,
        )
    return first
