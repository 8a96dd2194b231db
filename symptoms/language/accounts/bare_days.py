"""The days that are merely named beside a symptom, and may be those of its beginning: "yesterday two ulcers"."""

from __future__ import annotations

from typing import Final

from symptoms.clinical.terms import Symptom
from symptoms.language.accounts.counting import highest_ordinal
from symptoms.language.accounts.later_sores import has_more, is_of_one_more_now
from symptoms.language.accounts.own_times import own_times
from symptoms.language.accounts.time_owners import (
    OTHER_TIMES,
    goes_on_about_drug,
    is_of_denied,
    is_of_drug,
    is_of_fever,
    tells_of_others,
)
from symptoms.language.reading.mentions import Mention
from symptoms.language.reading.reader import Reader
from symptoms.language.sores.countable import NOUNS
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.times.since import Since
from symptoms.language.times.turning_days import was_still_able

BESIDE: Final = 3
"""Words between a time and what it is the time of; clauses until a correction."""
NOT_OF_SORES: Final = (OTHER_TIMES - {"state", "well", "aphtha"}) | {"throat"}
BRIEF: Final = 6
NOT_ONCE: Final = ("less", "almost", "still", "no_longer", "every", "rest", "blood", "night", "phlegm")
"""Beside these a cough of today is none that came today and went."""
FEW: Final = 3
"""More than so many are counted rather than discovered."""


def named_for(mentions: list[Mention], reader: Reader) -> Since | None:
    """A day that is named in the clause of a mention, or in its sentence, and may be that of the beginning."""
    sentences = {one.at: one for mention in mentions for one in reader.passage.sentence_of(mention.clause)}
    beside = [clause for clause in sentences.values() if clause.has("sudden") or not tells_of_others(clause)]
    beside = [clause for clause in beside if not (goes_on_about_drug(clause, reader) or has_more(clause))]
    beside = [clause for clause in beside if not is_of_denied(clause, reader)]
    beside = [clause for clause in beside if not (clause.has("since") and is_of_one_more_now(clause))]
    beside += [one for one in reader.passage.clauses if one not in beside and _goes_on_suddenly(one)]
    own = [mention.clause for mention in mentions]
    is_of_sores = any(mention.symptom is Symptom.MOUTH_SORES for mention in mentions)
    if is_of_sores:
        beside += [one for one in reader.passage.clauses if one not in beside and _counts_on_a_day(one)]
    if not is_of_sores:
        beside = [clause for clause in beside if not was_still_able(clause, reader.passage)]
    days = [(since, clause) for clause in [*own, *beside] for since in own_times(clause, reader)]
    named = [since for since, clause in days if _may_begin(since, clause, reader, is_of_sores=is_of_sores)]
    named = [
        one for one in named if not any(is_of_drug(one, mention) or is_of_fever(one, mention) for mention in mentions)
    ]
    return max(named, key=lambda one: one.days or 0, default=None)


def first_of_days(clause: Clause, reader: Reader) -> Since | None:
    """The first of the days of which no more is told than how many there were: "Sunday 1, Monday 2, today 5"."""
    listed = [one for one in reader.passage.sentence_of(clause) if one.numerals and _is_brief_of_day(one)]
    times = [time for one in listed for time in own_times(one, reader)]
    return max(times, key=lambda one: one.days or 0) if len(times) > 1 and clause in listed else None


def _counts_on_a_day(clause: Clause) -> bool:
    """Whether it says no more than how many there were on a day: "yesterday two"."""
    is_told = bool(clause.numerals) or (clause.has("another") and clause.has("had"))
    if clause.has("new", *NOUNS) or is_of_one_more_now(clause):
        return False
    return is_told and _is_brief_of_day(clause) and not clause.has("unit_other", *NOT_OF_SORES)


def _is_brief_of_day(clause: Clause) -> bool:
    is_brief = clause.end - clause.start <= (BRIEF if clause.has("had") else BESIDE)
    return is_brief and clause.has("weekdays", "days_ago")


def _goes_on_suddenly(clause: Clause) -> bool:
    """Whether a sentence of its own tells when "it" was suddenly there: "a new ulcer. Yesterday it was just there"."""
    is_of_it = clause.has("sudden") and clause.has("someone") and not clause.has("breathless", "breathe", "air")
    return is_of_it and not (tells_of_others(clause) or clause.has(*group("content") - {"sudden"}))


def _may_begin(since: Since, clause: Clause, reader: Reader, *, is_of_sores: bool) -> bool:
    """Whether a day that is merely named may be that of the beginning.

    Today is the day on which sores are discovered, not on which one coughs: unless they are many, or one more, or
    today is compared with before: "used to jog, today I pant". But one may have coughed once, or all at once.
    """
    is_compared = not is_of_sores and since.days == 0 and _is_compared(reader)
    if since.is_beginning or (clause.has("since", "sudden") and not is_compared):
        return True
    is_counting = any((one.value or 0) > FEW for one in clause.numerals)
    is_heading = clause.mark == ":" and since.days == 0 and clause.end - clause.start <= BESIDE
    is_counted_today = clause.has("observe") and is_counting and (since.days == 0 or clause.has("relative", "stranger"))
    if since.days == 0 and is_of_sores and _had_none_yesterday(reader):
        return True
    is_found_waking = clause.has("woke") and clause.has("company") and clause.has(*NOUNS)
    if is_of_sores and is_found_waking and not clause.has("another", "still"):
        return True
    if is_heading or is_counted_today:
        return False
    if since.days != 0:
        return True
    before = reader.passage.before(clause)
    if not is_of_sores and before is not None and was_still_able(before, reader.passage):
        return True
    if not is_of_sores and not is_compared:
        return _is_of_today_alone(since, clause, reader)
    if not is_of_sores or is_counting or clause.has("many", "another") or highest_ordinal(clause) > 1:
        return False
    earlier = reader.passage.clauses[: clause.at]
    told = [one for one in reader.passage.clauses if not any(hit in reader.denied for hit in one.all(*NOUNS))]
    is_before = any(one.days for other in told for one in reader.times(other))
    is_before = is_before or (bool(clause.numerals) and any(one.numerals for one in earlier))
    return not (is_before or reader.passage.has("used_to", "than"))


def _is_compared(reader: Reader) -> bool:
    """Whether it is told how it was before, or something is "than": not in "no more than that"."""
    bounds = [hit for clause in reader.passage.clauses for hit in clause.all("at_most", "no_more")]
    thans = [hit for clause in reader.passage.clauses for hit in clause.all("than")]
    loose = [hit for hit in thans if not any(one.start <= hit.start < one.end for one in bounds)]
    return bool(loose) or reader.passage.has("used_to")


def _is_of_today_alone(since: Since, clause: Clause, reader: Reader) -> bool:
    """Whether today somebody coughed so many times and no more, or lost breath at once: "coughed twice this morning".

    Who coughs "au réveil" coughs so every day.
    """
    if any(one.has("sudden") for one in reader.passage.sentence_of(clause)):
        return True
    is_habit = any(since.at in (hit.start, hit.end) for hit in clause.all("place", "after")) or clause.has(*NOT_ONCE)
    return clause.has("cough") and clause.has("trivial", "unit_other", "had", "have", "few_times") and not is_habit


def _had_none_yesterday(reader: Reader) -> bool:
    """Whether it is said that the mouth was well yesterday: "gestern war da noch nix im Mund"."""
    clauses = [one for one in reader.passage.clauses if any(hit.value == 1 for hit in one.all("days_ago"))]
    return any(
        one.has("had", "still")
        and one.has("nothing", "clean")
        and one.has("mouthpart", "left", "plan")
        and not one.numerals
        for one in clauses
        if not one.has(*NOUNS, "if", "relative")
    )
