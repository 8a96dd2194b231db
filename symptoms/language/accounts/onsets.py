"""Since when a symptom is there: which of the times of a text is that of its beginning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from symptoms.clinical.terms import Symptom
from symptoms.language.accounts.bare_days import BESIDE, BRIEF, NOT_OF_SORES, first_of_days, named_for
from symptoms.language.accounts.counting import highest_ordinal
from symptoms.language.accounts.later_sores import (
    adds_up,
    has_more,
    is_after_healing,
    is_of_healed,
    is_of_one_more,
    is_of_one_more_now,
    since_older,
    tells_of_later,
)
from symptoms.language.accounts.own_times import own_times
from symptoms.language.accounts.time_owners import (
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

BESIDE_TIMES: Final = group("content") | {
    "self", "have", "no", "not", "plan", "treatment", "now", "another", "new", "further", "ordinals",
}  # fmt: skip
"""What does not stand in a clause that only puts the time before it exactly."""


def onset_of(mentions: list[Mention], reader: Reader) -> Since | None:
    """Since when: by the clauses of the mentions, else by one beside them, else by a day that is merely named."""
    if not _tells_times(reader):
        return None
    if not mentions:
        return named_for(mentions, reader)
    after = [one for one in mentions if is_after_healing(one.clause, reader)]
    mentions = after or mentions
    if older := _said_of_other(mentions, reader):
        return older
    of_all = [one for one in mentions if not is_of_one_more(one.clause) or is_after_healing(one.clause, reader)]
    if not of_all and (found := _said_of_first(reader) or _said_beside(mentions, reader)):
        return found
    if not of_all and all(tells_of_later(mention.clause) for mention in mentions):
        return None
    if not (of_all or after) and all(adds_up(mention, reader) for mention in mentions):
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
        named = named_for(mentions, reader)
        return named if named is not None and named.days else found
    return found or named_for(mentions, reader)


def _tells_times(reader: Reader) -> bool:
    """Whether any clause of a text says since when."""
    return any(reader.times(clause) for clause in reader.passage.clauses)


def _said_exactly(mentions: list[Mention], reader: Reader) -> Since | None:
    """What the next clause says of a time that was only called long: "for ages, surely three weeks"."""
    after = [reader.passage.after(mention.clause) for mention in mentions]
    brief = [one for one in after if one is not None and one.end - one.start <= BESIDE and not tells_of_others(one)]
    return next((time for one in brief for time in own_times(one, reader) if time.days), None)


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
    """The longer of two times, where each is that of one sore: "one since yesterday, the other since Friday".

    So is that of those which were there before the new ones.
    """
    if older := next((found for one in mentions if (found := since_older(one, reader))), None):
        return older
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
            if clause is not mention.clause and not is_of_healed(clause, mention.clause, reader):
                return first_of_days(clause, reader) or _as_corrected(first, clause, reader)
    return None


def _clauses_with_beginning(reader: Reader) -> Iterator[tuple[Clause, Since]]:
    """The clauses that name nothing else, with the first time in each at which something may have begun."""
    for clause in reader.passage.clauses:
        begun = [one for one in own_times(clause, reader) if one.is_beginning or _is_of_beginning(clause, reader)]
        if not begun:
            continue
        others = has_more(clause) or is_of_one_more_now(clause) or goes_on_about_drug(clause, reader)
        others = others or is_of_what_follows(clause, reader) or is_of_denied(clause, reader)
        is_own = leads_with_time(clause, begun[0]) or is_only_company(clause)
        is_own = is_own or is_counted_from_treatment(clause, reader.passage) or is_for_reason(clause, reader)
        if not (others or (tells_of_others(clause) and not is_own)):
            yield clause, begun[0]


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
