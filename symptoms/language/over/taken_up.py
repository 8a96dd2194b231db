"""What a clause says of a symptom that one before it named: one is left, "me too", "today yes", "aber ich keine"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from symptoms.clinical.terms import Symptom
from symptoms.language.denial.denying import CONTENT
from symptoms.language.over.gainsaid import gainsaid
from symptoms.language.over.gone_unlike import other_not_gone
from symptoms.language.over.mine_left import mine_left
from symptoms.language.over.shared_endings import was_one_gone
from symptoms.language.over.there_again import is_there_again
from symptoms.language.reading.mentions import Mention, Status
from symptoms.language.reading.reader import Reader, numerals_in
from symptoms.language.sores.countable import NOUNS
from symptoms.language.sores.left_over import half_left
from symptoms.language.sores.mouth import OTHER_MATTERS
from symptoms.language.sores.other_one import (
    only_elsewhere,
    only_these_left,
    other_left,
    other_since,
    still_elsewhere,
    that_one_left,
    those_elsewhere,
)
from symptoms.language.sores.that_one import those_left
from symptoms.language.sores.unnamed import bare_numbers
from symptoms.language.text.clauses import Clause, places_of
from symptoms.language.text.hits import Hit

BRIEF: Final = 4
"""Words of a clause that says no more than that it is so, or that there is none."""
THERE: Final = ("there_are", "now")
OF_TODAY: Final = ("now", "days_ago", "affirmed", "self", "have", "but", "and", "filler")
"""Of what a clause consists that says no more than that it is so today."""
EFFORTS: Final = ("moderate_effort", "minimal_effort")
WHEN: Final = (*EFFORTS, "night", "rest", "sit_up", "place", "of", "company", "mine", "article", "left", "still")
"""What it consists of besides when it says that it is so at night, or on the stairs."""
NOT_MINE: Final = ("relative", "stranger", "if", "no", "not", "used_to", "tablets", "drug", "treatment")
"""Beside which "it happens to me" is not said of the symptom that was asked about."""


def told_without_name(clause: Clause, found: list[Mention], reader: Reader) -> list[Mention]:
    """What a clause that names no symptom tells of those that were found before it; empty when it tells nothing."""
    if not found:
        return []
    if any(one.symptom is Symptom.MOUTH_SORES for one in found) and (left := _left_over(clause, reader)):
        return [Mention(Symptom.MOUTH_SORES, Status.PRESENT, left, clause)]
    denied = _denied_before(clause, found)
    if denied and (so := _so_now(clause, reader) or _same_still(clause)):
        return [Mention(one.symptom, Status.PRESENT, so, clause) for one in denied]
    last = found[-1]
    if left := mine_left(clause, reader.passage):
        return [Mention(last.symptom, Status.PRESENT, left, clause)]
    if own := _own_share(clause, last, reader):
        return [Mention(last.symptom, Status.PRESENT, own, clause)]
    if again := is_there_again(clause, last, reader) or gainsaid(clause, last, reader):
        return [Mention(last.symptom, Status.PRESENT, again, clause)]
    if _is_so_then(clause, last, reader):
        return [replace(last, status=Status.PRESENT)]
    return [Mention(last.symptom, Status.ABSENT, last.hit, clause)] if _is_own_denial(clause, reader) else []


def _left_over(clause: Clause, reader: Reader) -> Hit | None:
    """The words that say how many are left, or that there is a new one, in a clause that does not name them again."""
    left = clause.first("left")
    is_counted = any(hit.value for hit in clause.numerals) or those_left(clause, reader.passage)
    if left and is_counted and reader.is_fact(left, clause):
        return left
    is_both = clause.begins_with("each") or clause.begins_with("all_of")
    if is_both and clause.end - clause.start <= BRIEF and not clause.has(*CONTENT) and (kept := clause.first("still")):
        return kept
    passage = reader.passage
    if others := (
        other_left(clause, passage)
        or other_since(clause, passage)
        or that_one_left(clause, passage)
        or only_these_left(clause, passage)
        or only_elsewhere(clause, passage)
        or still_elsewhere(clause, passage)
        or those_elsewhere(clause, passage)
        or other_not_gone(clause, reader)
        or half_left(clause, reader)
    ):
        return others
    previous = reader.passage.before(clause)
    if clause.has("now") and clause.has("have") and (many := reader.facts(clause, "many")):
        return many[0]
    is_after = clause.has("but", "now") or (previous is not None and was_one_gone(previous, reader))
    is_after = is_after or (previous is not None and _had_none(previous, clause, reader))
    is_after = is_after or (clause.has("there_are") and clause.has("mouthpart"))
    is_told = is_after and clause.has("since", "there_are", "only", "new", "size", "pieces", "days_ago")
    if is_told and (counted := bare_numbers(clause, reader)):
        return counted[0]
    if clause.has("right_side") and previous is not None and was_one_gone(previous, reader):
        return next((hit for hit in clause.all("another") if hit.end == clause.end), None)
    return clause.first("another") if clause.has("since", "mouthpart") and not clause.has(*OTHER_MATTERS) else None


def _had_none(previous: Clause, clause: Clause, reader: Reader) -> bool:
    """Whether there were none before, and the sentence tells of those that came: "no sores then, since Sunday two"."""
    is_past = previous.sentence == clause.sentence and previous.has("had", "since", "days_ago", "weekdays")
    return is_past and any(hit in reader.denied for hit in previous.all(*NOUNS))


def _is_own_denial(clause: Clause, reader: Reader) -> bool:
    """Whether the speaker only denies what was named of others, or warned of: "but I haven't a single one"."""
    is_exception = clause.has("but") and clause.end - clause.start <= BRIEF - 1
    is_own = clause.has("self", "have", "observe") and (is_exception or clause.has("no", "not", "no_answer"))
    previous = reader.passage.before(clause)
    if previous is None or not is_own or clause.has(*CONTENT):
        return False
    return previous.has("advice") or any(reader.scope.is_others(hit, previous) for hit in previous.hits)


def _is_so_then(clause: Clause, last: Mention, reader: Reader) -> bool:
    """Whether what was denied of one time or effort is so at another: "de noche no toso, pero de día sí"."""
    if last.status is not Status.ABSENT or last.clause.at != clause.at - 1 or not clause.begins_with("but"):
        return False
    is_other = clause.has("units", "night", "rest", "moderate_effort", "minimal_effort", "weekdays", "days_ago")
    says = reader.passage.says
    is_other = is_other or any(says(at, "elsewhen") for at in range(clause.start, clause.end))
    is_yes = says(clause.end - 1, "yes_at_the_end")
    return is_yes and is_other and not clause.has("relative", "stranger", "if", *(CONTENT - {"rest", "sleep", "worse"}))


def _denied_before(clause: Clause, found: list[Mention]) -> list[Mention]:
    """What the clause right before denied."""
    return [one for one in found if one.clause.at == clause.at - 1 and one.status is Status.ABSENT]


def _so_now(clause: Clause, reader: Reader) -> Hit | None:
    """What says that there is what the clause before denied of another time, or when doing something else.

    "No cough then, today yes"; "in rust niet kortademig, op de trap wel"; "früher nie, jetzt nach einem Walzer schon".
    """
    before = reader.passage.before(clause)
    said = clause.first("affirmed")
    if before is None or before.sentence != clause.sentence or said is None or clause.mark == "?":
        return None
    is_of_before = before.has("of_before", "used_to") and clause.begins_with("now") and not clause.has(*CONTENT)
    if is_of_before and not clause.has("no", "not", "no_answer", "nothing", "gone", "also"):
        return next((hit for hit in clause.all("affirmed") if hit.end == clause.end), None)
    is_today = clause.has("now", "left", "still") or any(hit.value == 0 for hit in clause.all("days_ago"))
    is_when = clause.has("night", "rest") or (clause.has(*EFFORTS) and clause.has("place", "of", "company"))
    known = {at for hit in clause.all(*OF_TODAY, *WHEN) for at in range(hit.start, hit.end)}
    words = {at for at in range(clause.start, clause.end) if not reader.passage.tokens[at].is_mark}
    is_bare = known.issuperset(words) and not clause.has("no", "not", "no_answer", "nothing", "gone", "also")
    return said if (is_today or (is_when and said.end == clause.end)) and is_bare else None


def _same_still(clause: Clause) -> Hit | None:
    """The words for the same that is there still, where only new ones were denied: "sigue la misma de siempre"."""
    is_there = clause.has("still") and not clause.has("no", "not", "no_longer", "if", "gone", *(CONTENT - {"trivial"}))
    return clause.first("same") if is_there and clause.mark != "?" else None


def _own_share(clause: Clause, last: Mention, reader: Reader) -> Hit | None:
    """What says that the speaker has what somebody else has, or what was warned of.

    "He has four, I just the one"; "he coughs, me too"; "ring if it's over three, they said. I've five."
    """
    if last.clause.at < clause.at - 2 or last.status is not Status.IRRELEVANT:
        return None
    is_answer = last.clause.at == clause.at - 1 and last.clause.mark == "?" and bool(last.clause.numerals)
    if is_answer and last.symptom is Symptom.MOUTH_SORES and clause.end - clause.start == 1 and clause.numerals:
        return clause.numerals[0]
    is_others = reader.scope.is_others(last.hit, last.clause)
    is_denied = last.hit in reader.denied or last.clause.has("no_longer", "nobody")
    if is_others and not is_denied and (too := _me_too(clause, reader)):
        return too
    if not is_others and (so := _happens_to_me(clause, last, reader)):
        return so
    if not is_others and not (clause.has("have", *THERE) and reader.scope.is_imagined(last.hit, last.clause)):
        return None
    is_mine = clause.begins_with("mine") and clause.has("since") and not clause.has("also")
    if not (is_mine or clause.has("self", "have", *THERE)) or clause.has(*(CONTENT - {"say"}), "no", "not"):
        return None
    if clause.has("relative", "stranger") or reader.passage.sentence_of(clause)[-1].mark == "?":
        return None
    if clause.has("if", "advice") or (not is_others and clause.end - clause.start > BRIEF + 1):
        return None
    is_counted = last.symptom is Symptom.MOUTH_SORES
    numbers = [hit for hit in numerals_in(clause, reader) if hit.value and (is_counted or hit.value == 1)]
    is_brief = clause.end - clause.start <= BRIEF + 1
    times = clause.all("since") if is_brief and reader.times(clause) else []
    return next(iter([*numbers, *clause.all("also"), *times]), None)


def _me_too(clause: Clause, reader: Reader) -> Hit | None:
    """The end of no more than "and now me": "en nu ik", "me included", "mon mari tousse mais moi c'est pire"."""
    determiners = {hit.start for hit in clause.all("mine")}
    is_me = any(hit.start not in determiners for hit in clause.all("self", "me"))
    included = {at for at in range(clause.start, clause.end) if reader.passage.says(at, "included")}
    said = (
        places_of(clause.all("and", "but", "now", "self", "me", "more_so", "impersonal", "filler", "still")) | included
    )
    if not is_me or not said.issuperset(range(clause.start, clause.end)):
        return None
    return clause.first("self", "me") if included else clause.first("now", "more_so")


def _happens_to_me(clause: Clause, asked: Mention, reader: Reader) -> Hit | None:
    """The end of "it happens to me" after what was asked of anybody: "c'est normal de tousser ? moi ça m'arrive"."""
    is_next = asked.clause.at == clause.at - 1 and asked.clause.mark == "?" and clause.mark != "?"
    if not is_next or not reader.scope.is_imagined(asked.hit, asked.clause) or not clause.has("self", "me"):
        return None
    if clause.end - clause.start > BRIEF * 2 or clause.has(*NOT_MINE):
        return None
    return next((hit for hit in clause.all("also") if hit.end == clause.end and hit.end - hit.start > 1), None)
