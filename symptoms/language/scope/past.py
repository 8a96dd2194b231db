"""What is told of a time before, and is over: "früher war das so", "in 2019", "now I breathe again"."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from symptoms.language.denial.unlike_before import is_unlike_before
from symptoms.language.scope.breath_before import BREATH, breathes_now, is_short_no_more
from symptoms.language.scope.lasting import is_ever_since, is_named_as_begun, is_of_late, lasts
from symptoms.language.scope.long_past import (
    is_just_past,
    is_of_first_weeks,
    is_of_youth,
    is_when_small,
    names_short_year,
)
from symptoms.language.scope.onlookers import SORES
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage, is_well_again, places_of
from symptoms.language.text.hits import Hit
from symptoms.language.times.beginnings import has_beginning

NEAR: Final = 2
ITEM: Final = 3
"""Words of one thing in a list."""
YEAR: Final = re.compile(r"(?:19|20)\d\d$")
YEAR_DAYS: Final = 300
LONG_AGO_DAYS: Final = 6
"""What "had" and a time of more than so many days ago say is over."""
HINDERED_NOW: Final = ("breathless", "cannot_breathe", "lack", "barely", "cannot")
"""Beside which it is not well now."""
CONTENT: Final = group("content")
WHEN: Final = (
    "impersonal", "filler", "had", "used_to", "of_before", "past_time", "ago", "units", "numbers", "months", "article",
    "of", "future", "since", "now", "being", "vague_long",
)  # fmt: skip
"""Of what a clause consists that tells only when it was."""
PAST: Final = ("had", "station", "past_time", "used_to", "ago", "days_ago", "units")
"""Classes of words of which what is over has one, or else a year in figures."""


def is_over(hit: Hit, clause: Clause, passage: Passage, today: date) -> bool:
    """Whether a mention is of a time before: long ago, or "had" with a time of more than some days ago."""
    if not (passage.has_figures or passage.has(*PAST)) or not _is_told_as_over(hit, clause, passage, today):
        return False
    is_unlike_now = is_unlike_before(hit, clause, passage) or _are_more_now(clause, passage)
    is_unlike_now = is_unlike_now or lasts(hit, clause, passage)
    return not (_is_now_instead(hit, clause) or is_unlike_now)


def _is_told_as_over(hit: Hit, clause: Clause, passage: Passage, today: date) -> bool:
    """The same, whatever is said of now beside it."""
    agos = {one.start for one in clause.all("ago")} if clause.has("still") else set()
    if any(hit.start not in agos for hit in clause.all("still")):
        return clause.has("had") and _goes_on_over(clause, passage)
    if _was_before(clause, hit.start) or _is_years_ago(clause, passage, hit.end) or _is_dated_after(clause, passage):
        return True
    if is_of_first_weeks(clause) and not any(one.has("still", "now") for one in passage.sentence_after(clause)):
        return True
    if (
        _is_well_since(hit, clause, passage)
        or is_short_no_more(hit, clause, passage)
        or _is_no_longer(hit, clause, passage)
    ):
        return True
    if not clause.has("had") and not _is_perfect(hit, clause, passage):
        return _goes_on_over(clause, passage)
    compared = [one.end for one in clause.all("than") if one.start >= hit.end]
    days = [one for one in clause.all("days_ago") if not any(0 <= one.start - end <= NEAR + 1 for end in compared)]
    is_long_ago = any((one.value or 0) > LONG_AGO_DAYS for one in days)
    is_past = clause.has("past_time") and not compared and not is_just_past(clause, today, LONG_AGO_DAYS)
    if is_past or _names_a_station(clause) or (is_long_ago and not clause.has("since")):
        return True
    is_month = any(not _is_of_date(one, clause, passage) for one in clause.all("months"))
    return is_month or _goes_on_over(clause, passage)


def _are_more_now(clause: Clause, passage: Passage) -> bool:
    """Whether the sentence goes on with how many times more there are now: "last time three sores, now the double"."""
    if not passage.has("times_as_many") or not clause.numerals:
        return False
    return any(one.has("times_as_many") and one.has("now") for one in passage.sentence_after(clause))


def is_of_week_before(clause: Clause, passage: Passage) -> bool:
    """Whether it tells of last week or month, and so nothing of now: "letzte Woche habe ich nicht gehustet".

    Not of all the time since: "no cough since last week", "in the last week".
    """
    days = [one for one in clause.all("days_ago") if (one.value or 0) > LONG_AGO_DAYS]
    if not days or clause.has("since", "now", "still", "no_longer", "gone"):
        return False
    return all(one.start == clause.start or not passage.says(one.start - 1, "until_now") for one in days)


def _is_perfect(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a perfect tells of a named time that has passed: "an Weihnachten hab ich gehustet"."""
    return clause.has("past_time") and passage.says(hit.end - 1, "perfect")


def _is_well_since(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is dated long ago, or is a sore that there was, and the sentence goes on with "now it is fine"."""
    is_dated = clause.has("past_time") or any((one.value or 0) > LONG_AGO_DAYS for one in clause.all("days_ago"))
    was_sore = hit.kind in SORES and clause.has("had")
    was_short = hit.kind == "breathless" and clause.has("had", "until") and clause.has("weekdays", "days_ago")
    if not (is_dated or was_sore or was_short) or has_beginning(clause):
        return False
    later = passage.sentence_after(clause)
    if was_short and not any(breathes_now(one) for one in later):
        return False
    is_well = any(one.has("fine", "clean", "well", "gone") for one in later)
    return is_well and any(one.has("now") for one in later) and not any(_is_still_so(one) for one in later)


def _is_still_so(clause: Clause) -> bool:
    """Whether it denies or is there still: not "nu weer als vanouds", which is well again."""
    return clause.has("not", *HINDERED_NOW) or any(not is_well_again(hit, clause) for hit in clause.all("still"))


def _is_no_longer(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the sentence goes on with "I no longer do": "toser tosía, ya no toso"."""
    after = passage.after(clause)
    if after is None or after.sentence != clause.sentence or not after.has("no_longer") or not clause.has("had"):
        return False
    if after.has("if", "had", "only"):
        return False
    longer = [one.end for one in after.all("no_longer")]
    return any(0 <= one.start - end <= 1 or one.start < end for end in longer for one in after.all(hit.kind))


def _goes_on_over(clause: Clause, passage: Passage) -> bool:
    """Whether the clause before in the sentence told of a time before, and nothing says that this one is now.

    A list goes on with what it began: "last winter I had the lot: ulcers, cough, no air".
    """
    previous = passage.before(clause)
    if (
        previous is None
        or previous.sentence != clause.sentence
        or clause.has("now")
        or any(hit.start > clause.start for hit in clause.all("left"))
        or has_beginning(clause)
        or is_of_late(clause, LONG_AGO_DAYS)
        or is_ever_since(previous, passage)
        or is_named_as_begun(clause, passage)
    ):
        return False
    if _is_unlike_now(previous) or any(hit.value == 0 for hit in clause.all("days_ago")):
        return False
    was_so = previous.has("used_to") and not previous.has("no", "not")
    is_past = was_so or previous.has("past_time") or _names_a_station(previous) or _is_years_ago(previous, passage)
    is_past = is_past or (clause.has("had") and is_when_small(previous, passage))
    is_perfect = _ends_in_perfect(clause, passage)
    is_listed = previous.end - previous.start <= ITEM and previous.mark == ","
    is_listed = is_listed or (clause.begins_with("because") and previous.has("had"))
    is_listed = is_listed or (is_perfect and clause.begins_with("and"))
    is_past = is_past or (is_listed and _goes_on_over(previous, passage))
    return is_past and (clause.has("had") or is_perfect or not clause.has("self", "have"))


def _is_unlike_now(clause: Clause) -> bool:
    """Whether it tells of how it was well, or the same, at a time before: "last year I was still cycling"."""
    agos = {hit.start for hit in clause.all("ago")}
    is_still = any(hit.start not in agos for hit in clause.all("still"))
    is_able = clause.has("left") and clause.has("exercise", "sport")  # "bin ich noch Rad gefahren"
    return is_still or is_able or clause.has("fine", "well", "also")


def _names_a_station(clause: Clause) -> bool:
    """Whether it tells of a station of a life: "when I worked at the mill"; not "... in the garden this morning"."""
    return clause.has("station") and not clause.has("days_ago", "now", "moderate_effort", "minimal_effort")


def _ends_in_perfect(clause: Clause, passage: Passage) -> bool:
    """Whether a German perfect ends it, which names no day of its own: "da bin ich nachts fast erstickt"."""
    is_dated = clause.has("days_ago", "weekdays", "still", "since")
    return not is_dated and passage.says(clause.end - 1, "perfect")


def _is_years_ago(clause: Clause, passage: Passage, after: int = 0) -> bool:
    """Whether a year stands in the clause that is no beginning ("since 2019"), or as much time "ago".

    Not a year of kin who are named after what is told: "she asks for my dad who passed in 2004".
    """
    if passage.has_figures and _names_a_year(clause, passage, after):
        return True
    if is_of_youth(clause, passage):
        return True
    if not clause.has("ago") or has_beginning(clause):
        return False
    years = [unit.start for unit in clause.all("units") if (unit.value or 0) >= YEAR_DAYS]
    return any(abs(at - one.start) <= NEAR + 1 for at in years for one in clause.all("ago"))


def _names_a_year(clause: Clause, passage: Passage, after: int) -> bool:
    """Whether a year stands in the clause before any kin that are named after a place, and not since when it is so."""
    if names_short_year(clause, passage):
        return True
    kin = min((one.start for one in clause.all("relative") if one.start >= after > 0), default=clause.end)
    years = [at for at in range(clause.start, kin) if YEAR.match(passage.tokens[at].text)]
    return any(not any(0 <= at - one.end <= NEAR for one in clause.all("since")) for at in years)


def _is_dated_after(clause: Clause, passage: Passage) -> bool:
    """Whether the clause after says how many years ago it was: "my lips swelled up, that was in 1987"."""
    after = passage.after(clause)
    if after is None or after.sentence != clause.sentence:
        return False
    if not (clause.has("had") or after.has("had") or _is_named_after_had(clause, passage)):
        return False
    if after.has_any(CONTENT - {"pain", "state"}) or after.has("not_that", "no", "not"):
        return False
    is_of_today = clause.has("now") or any(hit.value == 0 for hit in clause.all("days_ago"))
    if is_of_today or (after.has("also") and after.has("had")) or not (clause.has("had") or _says_only_when(after)):
        return False
    is_month = any(not _is_of_date(one, after, passage) for one in after.all("months"))
    was_so = _was_before(after) and not after.has("self")
    return _is_years_ago(after, passage) or was_so or (is_month and after.has("had"))


def _says_only_when(clause: Clause) -> bool:
    """Whether a clause tells of nothing but a time: "that was in 1987"; not "last year I was still cycling"."""
    said = places_of([*clause.all(*WHEN), *clause.digits])
    return not clause.has("self") and said.issuperset(range(clause.start, clause.end))


def _is_named_after_had(clause: Clause, passage: Passage) -> bool:
    """Whether it only names what the clause before says there was, and all is well now or no more is said.

    "J'en ai eu, des aphtes, l'été dernier"; not "... l'été dernier, et maintenant de nouveau".
    """
    before = passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and before.mark == ","
    is_bare = clause.end - clause.start <= NEAR and clause.mark == ","
    if not (is_next and is_bare) or before is None or all(hit.end != before.end for hit in before.all("had")):
        return False
    after, *later = passage.sentence_after(clause) or [clause]
    if after.has("like", "less", "fewer", "more_than", "than", "worse", "also", "since") or (
        later and not any(one.has("clean", "fine", "well", "gone") for one in later)
    ):
        return False
    return not before.has("still", "now", "since", "no", "not", "and", "relative", "stranger", *BREATH, *SORES)


def _is_of_date(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a month is part of a date, or one since which something is there."""
    beside = passage.tokens[max(clause.start, hit.start - 2) : min(clause.end, hit.end + 2)]
    return clause.has("since") or any(token.is_number for token in beside)


def _was_before(clause: Clause, until: int = 0) -> bool:
    """Whether it was so at a time before.

    Not what is compared with it ("faster than I used to", "never used to", "that used to be different"), nor of how
    many a few are left ("von ehemals fünf"), nor what is told of now until a place ("früher nie, heute").
    """
    if not clause.has("used_to") or clause.has("different"):
        return False
    compared = clause.all("than", "like", "not", "less", "half")
    wholes = [hit for hit in clause.all("between") if hit.end - hit.start > 1]
    former = [hit for hit in clause.all("used_to") if not any(one.start < hit.start < one.end for one in wholes)]
    former = [hit for hit in former if not any(hit.end <= now.start < until for now in clause.all("now"))]
    return any(not any(_is_compared(hit, one) for one in compared) for hit in former)


def _is_compared(hit: Hit, word: Hit) -> bool:
    """Whether a time before stands after a "than" or "not", or right before a "never": "war früher nie so"."""
    return 0 <= hit.start - word.end <= NEAR or word.start == hit.end


def _is_now_instead(hit: Hit, clause: Clause) -> bool:
    """Whether it comes after the "now" that a clause sets against a time before: "I used to run, now I pant"."""
    if not clause.has("now"):
        return False
    before = [one.end for one in clause.all("used_to", "past_time")]
    nows = [one for one in clause.all("now") if any(end <= one.start for end in before)]
    return any(one.end <= hit.start for one in nows)
