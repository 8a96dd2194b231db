"""Breath that is well by what it is enough for, or because it came back: "el aire me llega para todo"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage, places_of
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import distance

NEAR: Final = 4
CHILD: Final = 15
YOUNG: Final = 40
"""Years: who breathes as at so many, or fewer, breathes well; as at more, badly."""
HARD: Final = (
    "no", "not", "cannot", "barely", "less", "lack", "trouble", "worse", "stop", "hardly_any", "running_out", "only",
    "if", "wh", "half", "trivial", "unsure", "perhaps", "had", "then", "advice", "than", "sentence", "rest",
    "minimal_effort", "sit_up", "speak", "chest", "breathless", "cannot_breathe", "relative", "stranger", "laboured",
    "pain",
)  # fmt: skip
"""Beside which breath is not said to be enough."""

TAKEN_BACK: Final = (
    "only", "if", "but", "barely", "cannot", "lack", "trouble", "worse", "rest", "sit_up", "breathless", "less",
    "cannot_breathe", "laboured", "chest", "stop", "no_longer",
)  # fmt: skip
"""What the next clause has that takes some of it back."""

OF_NOTHING: Final = ("company", "mine", "have", "self", "nothing", "not", "also", "and", "filler", "luckily")
"""Of what a clause consists that says that one has nothing with it."""

GOT_BACK: Final = ("pausing", "stop", "after", "units", "rest", "sit_up", "moderate_effort", "sudden", "night", "faint")
"""Where breath comes back that had to be waited for."""


def is_ample(breath: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether there is said to be breath enough, for all or for an effort, or breath again."""
    praise = [hit for hit in clause.all("ample", "regained") if distance(hit, breath) <= NEAR]
    within = {at for hit in praise for at in range(hit.start, hit.end)}
    joint = next((hit.start for hit in clause.all("and") if hit.start > breath.start), clause.end)
    hard = [hit for hit in clause.all(*HARD) if hit.start not in within]
    hard = [hit for hit in hard if hit.kind != "minimal_effort" or hit.start < joint]
    if not praise or hard or (clause.numerals and not _is_for_all(clause, passage)):
        return False
    if _goes_on_hard(clause, passage):
        return False
    return any(hit.kind == "ample" for hit in praise) or not _was_waited_for(clause, passage)


def likened_age(breath: Hit, clause: Clause) -> float | None:
    """The age as at which one breathes: "je respire comme à vingt ans", "I breathe like an eighty year old"."""
    likes = [hit for hit in clause.all("like") if breath.end <= hit.start <= breath.end + NEAR - 1]
    if breath.kind != "breathe" or not likes or clause.has("if", "sentence", "than"):
        return None
    ages = [hit for hit in clause.numerals if 0 < hit.start - likes[0].end <= 2 or hit.start == likes[0].end]
    is_denied = clause.has("no", "not", "cannot", "barely", "no_longer")
    return ages[0].value if ages and (ages[0].value or 0) >= CHILD and not is_denied else None


def is_scant(breath: Hit, clause: Clause) -> bool:
    """Whether breath is enough for no more than some words or steps, or is said not to be enough."""
    praise = [hit for hit in clause.all("ample", "suffice") if distance(hit, breath) <= NEAR]
    if not praise:
        return _is_for_some(breath, clause)
    within = {at for hit in praise for at in range(hit.start, hit.end)}
    denials = [hit for hit in clause.all("no", "not") if hit.start not in within]
    if any(0 <= hit.start - one.end < NEAR for one in denials for hit in praise):
        return True
    end = max(hit.end for hit in praise)
    counted = {hit.end for hit in clause.numerals if hit.start >= end and hit not in _of_all(clause)}
    efforts = clause.all("minimal_effort", "moderate_effort", "sentence")
    limits = [hit for hit in clause.all("only", "barely") if any(distance(hit, one) <= 1 for one in praise)]
    return bool(limits) or clause.has("sentence") or any(hit.start in counted for hit in efforts)


def _of_all(clause: Clause) -> list[Hit]:
    """The numbers of all floors that there are, for which breath is enough: "für alle vier Stockwerke"."""
    if clause.has("minimal_effort"):
        return []
    whole = {hit.end for hit in clause.all("all_of", "whole")}
    the_whole = whole | {hit.end for hit in clause.all("article", "mine") if hit.start in whole}
    return [hit for hit in clause.numerals if hit.start in the_whole]


def _is_for_all(clause: Clause, passage: Passage) -> bool:
    """Whether it is enough for as many as there are, of more than steps, and the sentence says no more."""
    is_last = not passage.sentence_after(clause)
    return is_last and all(one in _of_all(clause) for one in clause.numerals)


def is_counted_after(praise: Hit, clause: Clause) -> bool:
    """Whether the steps that breath is enough for are counted: "genoeg adem voor twee treden"; not "for all four"."""
    small = {at for hit in clause.all("for_to", "for", "filler") for at in range(hit.start, hit.end)}
    counted = {hit.end: hit.start for hit in clause.numerals if set(range(praise.end, hit.start)) <= small}
    return any(hit.start in counted for hit in clause.all("minimal_effort", "moderate_effort", "sentence"))


def _is_for_some(breath: Hit, clause: Clause) -> bool:
    """Whether there is breath for so many steps: "du souffle pour trois marches"."""
    starts = [hit.end for hit in clause.all("for_to", "for") if 0 <= hit.start - breath.end <= 1]
    counted = {hit.end for hit in clause.numerals if hit.start in starts}
    return any(hit.start in counted for hit in clause.all("minimal_effort", "moderate_effort", "sentence"))


def is_well_only_at_rest(clause: Clause, passage: Passage) -> bool:
    """Whether breath is well as long as nothing is done: "genug, solange ich sitze", "fine in bed, not on stairs"."""
    after = passage.after(clause)
    if after is not None and after.sentence == clause.sentence and clause.has("rest") and after.has("no", "not"):
        return after.has("minimal_effort", "moderate_effort") and not after.has("also", "even", "stop", "pausing")
    parts = [clause, after] if after is not None and after.sentence == clause.sentence else [clause]
    return any(
        rest.end > condition.end
        for one in parts
        for condition in one.all("if", "only", "as_long")
        for rest in one.all("rest")
        if not one.has("even", "also")
    )


def is_waited_for(clause: Clause, passage: Passage) -> bool:
    """Whether breath is well only after a time: "I need ten minutes until I breathe normally"; not if it was so."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or clause.has("had") or before.has("had"):
        return False
    return clause.begins_with("until") and before.has("units", "pausing", "taking_time", "rest")


def is_named_with_no_lack(clause: Clause, passage: Passage) -> bool:
    """Whether it only goes on with what is not lacking: "no me falta nada, ni el aire ni el humor"."""
    before = passage.before(clause)
    if before is None or before.mark != "," or before.sentence != clause.sentence or not clause.begins_with("or"):
        return False
    return before.has("lack") and before.has("nothing") and before.has("no", "not") and not clause.has("can", "cannot")


def is_nothing_with(breath: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it says no more than that one has nothing with it: "mit dem Atmen habe ich nichts".

    Not that one has, or can do, nothing more with so little of it: "met die adem heb ik niets meer".
    """
    articles = {at for at in (breath.start - 1,) if at >= clause.start and passage.says(at, "pointing_articles")}
    said = places_of([breath, *clause.all(*OF_NOTHING)]) | articles
    is_with = any(breath.start - hit.end in (0, 1) for hit in clause.all("company"))
    if not (is_with and clause.has("have") and clause.has("nothing")) or clause.has("no_longer", "still", "if"):
        return False
    return clause.mark != "?" and said.issuperset(range(clause.start, clause.end))


def _goes_on_hard(clause: Clause, passage: Passage) -> bool:
    """Whether the next clause of the sentence takes some of it back: "genug Luft, wenn ich sitze"."""
    after = passage.after(clause)
    if after is None or after.sentence != clause.sentence:
        return False
    is_denied = after.has("no", "not") and not after.has("pausing")
    return is_denied or after.has(*TAKEN_BACK)


def _was_waited_for(clause: Clause, passage: Passage) -> bool:
    sentence = passage.sentence_of(clause)
    return any(one.has(*GOT_BACK, "future") for one in sentence if one.at <= clause.at)
