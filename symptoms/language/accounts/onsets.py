"""Since when a symptom is there: which of the times of a text is that of its beginning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from symptoms.clinical.terms import Symptom
from symptoms.language.accounts.counting import highest_ordinal, names_later_ones
from symptoms.language.accounts.own_times import own_times
from symptoms.language.accounts.time_owners import (
    OTHER_TIMES,
    goes_on_about_drug,
    is_for_reason,
    is_of_denied,
    is_of_drug,
    is_of_fever,
    is_of_what_follows,
    is_only_company,
    leads_with_time,
    tells_of_others,
)
from symptoms.language.eating.eating import is_hindered
from symptoms.language.over.shared_endings import all_gone
from symptoms.language.reading.mentions import Mention
from symptoms.language.reading.reader import Reader
from symptoms.language.sores.countable import NOUNS
from symptoms.language.sores.other_one import other_since
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.times.day_by_day import lists_days
from symptoms.language.times.offsets import is_counted_from_treatment
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
BESIDE_TIMES: Final = group("content") | {
    "self",
    "have",
    "no",
    "not",
    "plan",
    "treatment",
    "now",
    "another",
    "new",
    "further",
    "ordinals",
}
"""What does not stand in a clause that only puts the time before it exactly."""


def onset_of(mentions: list[Mention], reader: Reader) -> Since | None:
    """Since when: by the clauses of the mentions, else by one beside them, else by a day that is merely named."""
    if not _tells_times(reader):
        return None
    if not mentions:
        return _named_for(mentions, reader)
    after = [one for one in mentions if _is_after_healing(one.clause, reader)]
    mentions = after or mentions
    if older := _said_of_other(mentions, reader):
        return older
    of_all = [one for one in mentions if not _is_of_one_more(one.clause) or _is_after_healing(one.clause, reader)]
    if not of_all and (found := _said_of_first(reader) or _said_beside(mentions, reader)):
        return found
    if not of_all and all(_tells_of_later(mention.clause) for mention in mentions):
        return None
    if not (of_all or after) and all(_adds_up(mention, reader) for mention in mentions):
        return None
    mentions = of_all or mentions
    found = _said_of_first(reader) or _began_before(mentions, reader) or _said_of(mentions, reader)
    is_throat = reader.passage.has("throat")
    if (
        found is not None
        and found.days == 0
        and not is_throat
        and (earlier := _said_beside(mentions, reader))
        and earlier.days
    ):
        return earlier
    found = found or _said_beside(mentions, reader)
    if found is not None and found.days is None and (exact := _said_exactly(mentions, reader)):
        return exact
    if found is not None and found.days is None and found.is_over_three is None:
        named = _named_for(mentions, reader)
        return named if named is not None and named.days else found
    return found or _named_for(mentions, reader)


def _tells_times(reader: Reader) -> bool:
    """Whether any clause of a text says since when."""
    return any(reader.times(clause) for clause in reader.passage.clauses)


def _is_of_one_more(clause: Clause) -> bool:
    """Whether a clause tells only of a sore that came later than others: "a second ulcer since last night"."""
    is_later = _tells_of_later(clause) or clause.has("another") or _has_more(clause)
    return is_later and not (any(hit.value == 1 for hit in clause.all("ordinals")) or _dates_the_first(clause))


def _dates_the_first(clause: Clause) -> bool:
    """Whether a sore and its day stand before one more: "an ulcer the day before yesterday and a second one today"."""
    later = min((hit.start for hit in clause.all("another", "ordinals", "new")), default=0)
    joint = max((hit.start for hit in clause.all("and") if hit.start < later), default=0)
    return all(any(hit.start < joint for hit in clause.all(*kinds)) for kinds in (NOUNS, ("weekdays", "days_ago")))


def _is_of_one_more_now(clause: Clause) -> bool:
    """Whether it tells of one more that is there, not of the one that was still there: "am Sonntag wars noch eine"."""
    was_still = clause.has("had") and not clause.has("since")
    return _is_of_one_more(clause) and not (was_still or any((hit.value or 0) > 1 for hit in clause.numerals))


def _adds_up(mention: Mention, reader: Reader) -> bool:
    """Whether one more is told of, and what all come to: "another one this morning, that makes four"."""
    later = reader.passage.after(mention.clause)
    is_summed = later is not None and any((hit.value or 0) > 1 for hit in later.numerals) and later.has("sum", "now")
    is_more = mention.clause.has("another") and not any((hit.value or 0) > 1 for hit in mention.clause.numerals)
    return is_more and is_summed


def _tells_of_later(clause: Clause) -> bool:
    """Whether it tells of a second sore, or of a second time that there are any: "my third lot of ulcers"."""
    if not clause.has("ordinals", "numbered"):
        return False
    sores = {hit.end for hit in clause.all("aphtha")}
    units = {hit.start for hit in clause.all("units")}
    numbers = {hit.end for hit in clause.all("numbered") if hit.start in sores and hit.start not in units}
    nth = [hit.value or 0 for hit in clause.numerals if hit.start in numbers]
    return names_later_ones(clause) or (bool(nth) and min(nth) > 1)


def _said_exactly(mentions: list[Mention], reader: Reader) -> Since | None:
    """What the next clause says of a time that was only called long: "for ages, surely three weeks"."""
    after = [reader.passage.after(mention.clause) for mention in mentions]
    brief = [one for one in after if one is not None and one.end - one.start <= BESIDE and not tells_of_others(one)]
    return next((time for one in brief for time in own_times(one, reader) if time.days), None)


def _is_after_healing(clause: Clause, reader: Reader) -> bool:
    """Whether all that was there before has gone: "they healed, since yesterday there is a new one"."""
    earlier = reader.passage.clauses[: clause.at] if reader.passage.has("gone") else []
    return any(all_gone(one, reader) for one in earlier)


def _is_of_healed(clause: Clause, later: Clause, reader: Reader) -> bool:
    """Whether a clause tells of sores that went before those of another came."""
    return any(all_gone(one, reader) for one in reader.passage.clauses[clause.at : later.at])


def _has_more(clause: Clause) -> bool:
    """Whether it tells of so many more: "two new ones"."""
    if not clause.has("new"):
        return False
    numbers = {hit.end for hit in clause.numerals}
    return any(hit.start in numbers for hit in clause.all("new"))


def _said_of_first(reader: Reader) -> Since | None:
    """The time of the first of several: "the first came on Sunday, the second on Tuesday", "and now there are five"."""
    firsts = [(hit, one) for one in reader.passage.clauses for hit in one.all("ordinals") if hit.value == 1]
    latest = reader.passage.clauses[-1]
    is_counted_now = latest.has("now") and bool(latest.numerals)
    firsts = [(hit, one) for hit, one in firsts if not is_counted_now or (one is not latest and one.has(*NOUNS))]
    if max((highest_ordinal(clause) for clause in reader.passage.clauses), default=0) < 2 and not is_counted_now:
        return None
    times = [(abs(time.at - hit.start), time) for hit, one in firsts for time in own_times(one, reader)]
    return min(times, key=lambda one: one[0])[1] if times else None


def _said_of_other(mentions: list[Mention], reader: Reader) -> Since | None:
    """The longer of two times, where each is that of one sore: "one since yesterday, the other since Friday"."""
    others = [one for one in mentions if other_since(one.clause, reader.passage) is not None]
    clauses = [clause for one in others for clause in (reader.passage.before(one.clause), one.clause)]
    times = [time for one in clauses if one is not None for time in own_times(one, reader) if time.days is not None]
    return max(times, key=lambda one: one.days or 0, default=None)


def _said_of(mentions: list[Mention], reader: Reader) -> Since | None:
    """The time of a beginning in the clause of a mention."""
    for mention in mentions:
        beginnings = [one for one in own_times(mention.clause, reader) if one.is_beginning]
        if found := [one for one in beginnings if not (is_of_drug(one, mention) or is_of_fever(one, mention))]:
            if lists_days(mention.clause):
                return max(found, key=lambda since: since.days or 0)
            first = min(found, key=lambda since: _distance(since, mention))
            first = _is_come_to(found, mention) or _said_after_joint(first, mention, reader) or first
            return _as_corrected(first, mention.clause, reader)
    return None


def _began_before(mentions: list[Mention], reader: Reader) -> Since | None:
    """What began before the day on which there were so many: "on Friday it began to tingle, by Sunday I had four"."""
    for mention in mentions:
        clause, before = mention.clause, reader.passage.before(mention.clause)
        if before is None or before.sentence != clause.sentence or not before.has("since") or before.has(*NOT_OF_SORES):
            continue
        days = [one.days or 0 for one in own_times(clause, reader)]
        if not days or not clause.has("had") or clause.has("since", "for", "ago"):
            continue
        begun = [one for one in own_times(before, reader) if one.is_beginning and (one.days or 0) > max(days)]
        if begun:
            return begun[0]
    return None


def _said_after_joint(first: Since, mention: Mention, reader: Reader) -> Since | None:
    """The day of the sores, where "and" parts them from the time of another complaint: "sore throat 2 days and then
    yesterday three ulcers".
    """
    clause = mention.clause
    joints = [hit.start for hit in clause.all("and") if first.at < hit.start < mention.hit.start]
    if not joints or not any(hit.start < joints[0] for hit in clause.all("throat", "state", "fever", "cough")):
        return None
    return next((one for one in own_times(clause, reader) if one.at > joints[0] and one.days is not None), None)


def _is_come_to(found: list[Since], mention: Mention) -> Since | None:
    """The first of two days, where it began on one and there were so many on the other, all in one clause."""
    clause = mention.clause
    if len(found) != 2 or not clause.has("had") or clause.has("another", *NOT_OF_SORES):
        return None
    first, last = sorted(found, key=lambda one: one.at)
    begun = [hit.start for hit in clause.all("since") if abs(hit.start - first.at) <= BESIDE]
    is_of_first = bool(begun) and not any(0 <= last.at - hit.end <= 1 for hit in clause.all("since", "for"))
    return first if is_of_first and (first.days or 0) > (last.days or 0) and last.at < mention.hit.start else None


def _distance(since: Since, mention: Mention) -> tuple[bool, int]:
    """How far a time is from what it may be the time of: what "and" parts is further than any words."""
    start, end = sorted((since.at, mention.hit.start))
    is_parted = any(start < hit.start < end for hit in mention.clause.all("and"))
    return is_parted, end - start


def _said_beside(mentions: list[Mention], reader: Reader) -> Since | None:
    """The time of a beginning in the nearest clause that names nothing else."""
    timed = list(_clauses_with_beginning(reader))
    if not any(mention.symptom is Symptom.MOUTH_SORES for mention in mentions):
        timed = [(clause, first) for clause, first in timed if not was_still_able(clause, reader.passage)]
    for mention in mentions:
        for clause, first in sorted(timed, key=lambda one: (abs(one[0].at - mention.clause.at), -one[0].has("since"))):
            if clause is not mention.clause and not _is_of_healed(clause, mention.clause, reader):
                return _first_of_days(clause, reader) or _as_corrected(first, clause, reader)
    return None


def _clauses_with_beginning(reader: Reader) -> Iterator[tuple[Clause, Since]]:
    """The clauses that name nothing else, with the first time in each at which something may have begun."""
    for clause in reader.passage.clauses:
        begun = [one for one in own_times(clause, reader) if one.is_beginning or _is_of_beginning(clause, reader)]
        if not begun:
            continue
        others = _has_more(clause) or _is_of_one_more_now(clause) or goes_on_about_drug(clause, reader)
        others = others or is_of_what_follows(clause, reader) or is_of_denied(clause, reader)
        is_own = leads_with_time(clause, begun[0]) or is_only_company(clause)
        is_own = is_own or is_counted_from_treatment(clause, reader.passage) or is_for_reason(clause, reader)
        if not (others or (tells_of_others(clause) and not is_own)):
            yield clause, begun[0]


def _goes_on_suddenly(clause: Clause) -> bool:
    """Whether a sentence of its own tells when "it" was suddenly there: "a new ulcer. Yesterday it was just there"."""
    is_of_it = clause.has("sudden") and clause.has("someone") and not clause.has("breathless", "breathe", "air")
    return is_of_it and not (tells_of_others(clause) or clause.has(*group("content") - {"sudden"}))


def _counts_on_a_day(clause: Clause) -> bool:
    """Whether it says no more than how many there were on a day: "yesterday two"."""
    is_told = bool(clause.numerals) or (clause.has("another") and clause.has("had"))
    if clause.has("new", *NOUNS) or _is_of_one_more_now(clause):
        return False
    return is_told and _is_brief_of_day(clause) and not clause.has("unit_other", *NOT_OF_SORES)


def _is_brief_of_day(clause: Clause) -> bool:
    is_brief = clause.end - clause.start <= (BRIEF if clause.has("had") else BESIDE)
    return is_brief and clause.has("weekdays", "days_ago")


def _first_of_days(clause: Clause, reader: Reader) -> Since | None:
    """The first of the days of which no more is told than how many there were: "Sunday 1, Monday 2, today 5"."""
    listed = [one for one in reader.passage.sentence_of(clause) if one.numerals and _is_brief_of_day(one)]
    times = [time for one in listed for time in own_times(one, reader)]
    return max(times, key=lambda one: one.days or 0) if len(times) > 1 and clause in listed else None


def _named_for(mentions: list[Mention], reader: Reader) -> Since | None:
    """A day that is named in the clause of a mention, or in its sentence, and may be that of the beginning."""
    sentences = [clause for mention in mentions for clause in reader.passage.sentence_of(mention.clause)]
    beside = [clause for clause in sentences if clause.has("sudden") or not tells_of_others(clause)]
    beside = [clause for clause in beside if not (goes_on_about_drug(clause, reader) or _has_more(clause))]
    beside = [clause for clause in beside if not is_of_denied(clause, reader)]
    beside = [clause for clause in beside if not (clause.has("since") and _is_of_one_more_now(clause))]
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


def _is_of_beginning(clause: Clause, reader: Reader) -> bool:
    """Whether a bare day says when that was which the clause before tells of: "they all came at once, on Monday"."""
    if clause.has("since") and not (clause.numerals or clause.has("now")):
        return True
    previous = reader.passage.before(clause)
    goes_on = previous is not None and (previous.sentence == clause.sentence or previous.mark == "?")
    is_next = goes_on and clause.end - clause.start <= BESIDE
    return is_next and previous is not None and previous.has("since") and not own_times(previous, reader)


def _as_corrected(since: Since, clause: Clause, reader: Reader) -> Since:
    """A time, or what the next clauses say instead or exactly: "since Monday, no, Sunday", "end of May, the 28th"."""
    is_taken_back = False
    for later in reader.passage.clauses[clause.at + 1 : clause.at + 1 + BESIDE]:
        is_no = later.end - later.start <= 2 and later.has("no", "not", "no_answer")
        is_taken_back = is_taken_back or is_no or later.has("rather", "correction")
        if tells_of_others(later) or (not is_taken_back and is_of_what_follows(later, reader)):
            break
        is_put_exactly = later.end - later.start <= BRIEF and not (later.has(*BESIDE_TIMES) or later.numerals)
        times = [one for one in own_times(later, reader) if is_taken_back or one.days is not None]
        if (is_taken_back or is_put_exactly) and times:
            return times[0]
    return since


def _may_begin(since: Since, clause: Clause, reader: Reader, *, is_of_sores: bool) -> bool:
    """Whether a day that is merely named may be that of the beginning.

    Today is the day on which sores are discovered, not on which one coughs: unless they are many, or one more, or
    today is compared with before: "used to jog, today I pant". But one may have coughed once, or all at once.
    """
    is_compared = not is_of_sores and since.days == 0 and reader.passage.has("used_to", "than")
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


def _is_of_today_alone(since: Since, clause: Clause, reader: Reader) -> bool:
    """Whether today somebody coughed so many times and no more, or lost breath at once: "coughed twice this morning".

    Who coughs "au réveil" coughs so every day.
    """
    if any(one.has("sudden") for one in reader.passage.sentence_of(clause)):
        return True
    is_habit = any(since.at in (hit.start, hit.end) for hit in clause.all("place", "after")) or clause.has(*NOT_ONCE)
    return clause.has("cough") and clause.has("trivial", "unit_other", "had", "have") and not is_habit


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


def onset_of_eating(reader: Reader) -> Since | None:
    """Since when eating is affected, by the sentences that say that it is."""
    if not _tells_times(reader):
        return None
    for clause in [one for one in reader.passage.clauses if is_hindered(one, reader)]:
        beside = [one for one in reader.passage.sentence_of(clause) if one is clause or not tells_of_others(one)]
        after = reader.passage.clauses[clause.at + 1 : clause.at + 1 + BESIDE]
        beside += [one for one in after if not tells_of_others(one) and one not in beside]
        if found := [since for one in beside for since in own_times(one, reader)]:
            return found[0]
    return None
