"""Breath that is short at rest, or gone whatever is done: an emergency, unlike breath that an effort takes."""

from __future__ import annotations

from typing import Final

from symptoms.language.breath.breath_unnamed import lungs_called, smothered
from symptoms.language.breath.breath_words import breath_in, is_other_matter
from symptoms.language.breath.breathing import is_breathless, is_lacking
from symptoms.language.breath.easy_breath import is_well_only_at_rest
from symptoms.language.breath.hard_breath import less_well_after
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import overlap

FRAGMENT: Final = 4
"""Words of a fragment, such as "two floors."."""
EFFORTS: Final = ("moderate_effort", "minimal_effort")
REACH: Final = 2
LONG_REACH: Final = 5
"""Words between a denial and the effort that is not made; more when the denial opens the clause."""


def is_breathless_at_rest(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says that there is no breath at rest, or none at all whatever is done."""
    if not is_breathless(clause, reader) or (clause.has("fine") and is_well_only_at_rest(clause, reader.passage)):
        return False
    sentence = reader.passage.sentence_of(clause)
    if any(_is_at_rest_too(one, clause, reader) for one in sentence):
        return True
    if any(_is_in_effort(one, clause) for one in _with_fragments(clause, reader)):
        return False
    if clause.has("fine") and not clause.has("breathless", "cannot_breathe") and less_well_after(clause, reader):
        return False
    if any(one.has("rest") and not _is_other_rest(one, clause, reader) for one in sentence):
        return True
    if any(one.has("night") for one in sentence) and any(one.has("sit_up") for one in sentence):
        return True
    if lungs_called("airless", clause, reader) or smothered(clause, reader):
        return True
    if any(not is_other_matter(hit, clause) for hit in reader.facts(clause, "cannot_breathe")):
        return True
    breath = [hit for hit in breath_in(clause) if is_lacking(hit, clause, reader) or clause.has("cannot")]
    return bool(breath) and not clause.has("fine", "less")


def _with_fragments(clause: Clause, reader: Reader) -> list[Clause]:
    """The sentence of a clause, with the bare words in front of it: "stairs. two floors. no breath left."."""
    sentence = reader.passage.sentence_of(clause)
    turn = max((one.at for one in sentence if one.at <= clause.at and one.begins_with("but")), default=0)
    if turn > sentence[0].at:
        return [one for one in sentence if one.at >= turn]
    found = list(sentence)
    for earlier in reversed(reader.passage.clauses[: found[0].at]):
        if earlier.end - earlier.start > FRAGMENT or earlier.has("self", "have"):
            break
        found.append(earlier)
    return found


def _is_in_effort(clause: Clause, breathless: Clause) -> bool:
    """Whether a clause names an effort, and not one that goes well ("walking is fine, but in my chair ...").

    Nor is "three nights running" one, or getting up at night, or what was done last year.
    """
    if clause is not breathless and clause.has("used_to", "past_time"):
        return False
    spoken = {hit.start for hit in clause.all("speak")} if clause.has("rest") else set()
    efforts = [hit for hit in clause.all("moderate_effort", "minimal_effort") if hit.start not in spoken]
    denials = clause.all("no", "not")
    images = clause.all("airless", "smother", "narrow")
    images += [hit for hit in clause.all("laboured") if hit.end - hit.start > 2]
    efforts = [hit for hit in efforts if not any(overlap(hit, one) for one in images)]
    nights = {hit.end for hit in clause.all("night")}
    efforts = [hit for hit in efforts if hit.start not in nights]
    sat_up = clause.all("sit_up") if nights else []
    efforts = [hit for hit in efforts if not any(overlap(hit, one) for one in sat_up)]
    made = [hit for hit in efforts if not any(_is_ruled_out(hit, one, clause) for one in denials)]
    goes_well = clause.has("fine", "can", "trivial") and not clause.has("only", "barely", "trouble", "cannot", "stop")
    return bool(made) and (clause is breathless or not goes_well)


def _is_at_rest_too(clause: Clause, breathless: Clause, reader: Reader) -> bool:
    """Whether rest is added to the efforts that take the breath: "none on the stairs, and none in my chair either"."""
    if clause is breathless or not clause.has("rest") or _is_other_rest(clause, breathless, reader):
        return False
    if clause.has(
        "fine", "trouble", "well", "nothing", "moderate_effort", "minimal_effort", "without", "if", "relieves"
    ):
        return False
    is_added = clause.has("also", "even")
    is_added = is_added or any(reader.passage.says(at, "not_either") for at in range(clause.start, clause.end))
    return is_added and not (clause.begins_with("but") and clause.has("no", "not"))


def _is_ruled_out(effort: Hit, denial: Hit, clause: Clause) -> bool:
    """Whether an effort is not made: "no stairs", "not even walked to the loo"; not "no breath for my walk"."""
    if any(denial.end < one.start and 0 <= effort.start - one.end <= 1 for one in clause.all("for_to")):
        return False
    is_all_denied = denial.start == clause.start and not clause.has("fine", "can")
    reach = LONG_REACH if is_all_denied else REACH
    return 0 <= effort.start - denial.end <= reach or denial.start < effort.start < denial.end


def _is_other_rest(clause: Clause, breathless: Clause, reader: Reader) -> bool:
    """Whether it is the rest of somebody else, of another time, or one that goes well: "sitting is fine, but ..."."""
    rests = [hit.start for hit in clause.all("rest")]
    fine = [hit for hit in clause.all("fine") if not any(0 <= at - hit.end <= 1 for at in rests)]
    if clause is not breathless and fine and not clause.has("cannot", "barely", "not"):
        return True
    return any(reader.scope.is_others(hit, clause) or reader.scope.is_over(hit, clause) for hit in clause.all("rest"))
