"""What a clause says is so no more of what was told before: "not any more", "none today", "ya no tengo"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import CONTENT
from symptoms.language.denial.well_no_more import ends_what_was_well
from symptoms.language.reading.reader import Reader
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, places_of

BRIEF: Final = 4
"""Words of a clause that only says that there are none."""

NOT_ENDED: Final = group("intake") | {"soft", "straw", "fever"}
"""What is over when a clause says so of itself, and not what the clause before told of."""

SMALL: Final = ("and", "mine", "filler", "days_ago")
DENIALS: Final = ("no", "not", "no_answer")
OF_NONE: Final = (*SMALL, *DENIALS, "now", "left", "further", "trivial", "few_times")
"""What a clause consists of that says no more than that there are none today."""

OF_NONE_NOW: Final = (*OF_NONE, "but", "self", "have")
"""The same where the clause sets today against a day before."""

OF_DAYS: Final = (*SMALL, "weekdays", "place", "self", "had", "have", "units", "article", "since")
"""What a clause consists of that says no more than on which days it was."""

OF_NO_MORE: Final = (
    *SMALL, *DENIALS, "no_longer", "now", "have", "me", "luckily", "since_then", "units", "vague_long", "someone",
    "but", "article", "pain",
)  # fmt: skip
"""What a clause consists of that says no more than that it is so no longer."""


def is_no_more(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says no more than "not any more", "none today"; not "that is no longer true"."""
    if not clause.has("no_longer", "no", "not", "no_answer") or clause.has_any(NOT_ENDED) or clause.has("untrue"):
        return False
    if _affirms_never_without(clause, reader) or ends_what_was_well(clause, reader.passage):
        return False
    said = [hit for hit in clause.all(*CONTENT) if hit.kind != "trivial" or hit not in reader.denied]
    is_bare = clause.end - clause.start <= BRIEF and not said
    barely = {hit.end for hit in clause.all("barely")} | {hit.end - 1 for hit in clause.all("barely")}
    added = {at for hit in clause.all("new") for at in range(hit.start + 1, hit.end)}
    ended = [hit for hit in clause.all("no_longer") if barely.isdisjoint((hit.start, hit.start + 1))]
    ended = [hit for hit in ended if hit.start not in added]
    ended = ended if clause.has("have") or not clause.has("self") else []
    only = {one.start for one in clause.all("only")}
    ended = [hit for hit in ended if hit.end not in only and not _is_of_other_deed(clause, reader)]
    return bool(ended) or (is_bare and is_of_today(clause, reader) and clause.has("no", "not", "no_answer"))


def _is_of_other_deed(clause: Clause, reader: Reader) -> bool:
    """Whether it is something else that is no longer done, known or borne: "ya no trabajo", "ya no sé desde cuándo".

    So is what a word says that nobody knows.
    """
    if clause.has("dont_know", "know") or (clause.has("cannot") and not clause.has("observe", "quiet_verb")):
        return True
    ended = min((hit.start for hit in clause.all("no_longer")), default=clause.end)
    since = min((hit.start for hit in clause.all("since") if ended < hit.start), default=clause.end)
    known = places_of(clause.all(*OF_NO_MORE)) | (places_of(clause.hits) & set(range(since, clause.end)))
    tokens = reader.passage.tokens
    return any(tokens[at].is_word and at not in known for at in range(clause.start, clause.end))


def _affirms_never_without(clause: Clause, reader: Reader) -> bool:
    """Whether it only says that it is so today too: "kein Tag ohne Aphthen, auch jetzt nicht"."""
    before = reader.passage.before(clause)
    if before is None or not clause.has("also") or not before.has("without"):
        return False
    ends = [hit.end for hit in before.all("no", "not")]
    return any(0 <= unit.start - end <= 1 for unit in before.all("units") for end in ends)


def is_of_today(clause: Clause, reader: Reader) -> bool:
    """Whether "now" or a time of today is said, and nothing is named beside it: "this morning none", not "no post".

    After a day gone by it may be set against it: "a cough yesterday, but today I have not".
    """
    before = reader.passage.before(clause)
    is_after_a_day = before is not None and any(hit.value for hit in before.all("days_ago"))
    small = places_of(clause.all(*(OF_NONE_NOW if is_after_a_day else OF_NONE)))
    is_today = clause.has("now") or any(hit.value == 0 for hit in clause.all("days_ago"))
    return is_today and small.issuperset(range(clause.start, clause.end))


def is_of_days(clause: Clause) -> bool:
    """Whether it says no more than on which days it was: "yesterday and on Monday I had"."""
    return places_of(clause.all(*OF_DAYS)).issuperset(range(clause.start, clause.end))
