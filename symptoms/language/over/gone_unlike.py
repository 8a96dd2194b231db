"""What has not gone as another did: "the cough's gone, the sores haven't", "the one in my cheek hasn't yet"."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.sores.countable import NOUNS
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

LONGEST: Final = 8
BRIEF: Final = 4
SYMPTOMS: Final = ("cough", "breathless", "aphtha", "lesion")
DENIALS: Final = ("not", "no_answer", "almost")
SMALL: Final = ("mine", "article", "have", "being", "had", "filler", "but", "and", "still", "left", "further", *DENIALS)
"""Of what a clause consists that names something, and says no more than that it has not."""

ENDED: Final = ("gone", "done_with", "running_out", "rid_of")
"""What says that something has gone, or is used up."""

USED_UP: Final = ("medicine", "harmless", "treatment", "tablets", "rinse")
"""What may have been finished while the complaint has not: "I finished the cough syrup"."""

OF_PLACE: Final = (*SMALL, "that_one", "mouthpart", "place", "of", "numbers", "only")


def is_not_gone_as_that(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether "the" symptom is named, and then only denied, after one that has gone: "cough gone, the sores not".

    Not without "the", which denies that there are any: "the cough is gone, sores none".
    """
    if hit.kind == "mouthpart":
        return other_not_gone(clause, reader) is not None
    return _only_denies(hit, clause, reader) or _is_not_gone_too(hit, clause, reader)


def _only_denies(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether a brief clause opens with "the" symptom, and only denies it after one that has gone: "the sores not".

    Or after what is well: "all is well, only the cough isn't".
    """
    if not clause.has("not", "no_answer") or clause.has("no_longer", "gone"):
        return False
    if not (_went_before(clause, reader) or _was_well_before(clause, reader)):
        return False
    nouns = {hit.start, *(one.start for one in clause.numerals if one.end == hit.start)}
    starts = {one.start for one in clause.all("mine") if one.end in nouns}
    if not starts or not _ends_in_denial(clause, OF_PLACE, hit, reader):
        return False
    opening = {at for one in clause.all("but", "and", "only", "filler") for at in range(one.start, one.end)}
    return opening.issuperset(range(clause.start, min(starts)))


def other_not_gone(clause: Clause, reader: Reader) -> Hit | None:
    """The words for the sore in another place that has not gone: "the one in my cheek hasn't yet"."""
    if not clause.has("mouthpart") or not clause.has("that_one") or clause.has(*NOUNS, "gone", "no_longer"):
        return None
    before = reader.passage.before(clause)
    if before is None or not before.has(*NOUNS, "mouthpart") or not _went_before(clause, reader):
        return None
    named = clause.all("that_one")[0]
    return named if _ends_in_denial(clause, OF_PLACE, clause.all("mouthpart")[-1], reader) else None


def _went_before(clause: Clause, reader: Reader) -> bool:
    """Whether the clause before says in the same sentence that something has gone."""
    before = reader.passage.before(clause)
    if before is None or before.sentence != clause.sentence:
        return False
    is_better = before.has("closing") or any(one not in reader.denied for one in before.all("closed", "betterment"))
    return is_better or _has_ended(before, reader)


def _was_well_before(clause: Clause, reader: Reader) -> bool:
    """Whether the clause before says in the same sentence that all is well."""
    before = reader.passage.before(clause)
    if before is None or before.sentence != clause.sentence or before.has(*SYMPTOMS):
        return False
    is_had = clause.has("have", "there_are")
    return not is_had and any(one not in reader.denied for one in before.all("fine", "well", "clean"))


def _has_ended(clause: Clause, reader: Reader) -> bool:
    """Whether it says that something has gone, or that a remedy is finished."""
    is_finished = clause.has("forgone") and clause.has(*USED_UP)
    return is_finished or any(one not in reader.denied for one in clause.all(*ENDED))


def _ends_in_denial(clause: Clause, kinds: tuple[str, ...], named: Hit, reader: Reader) -> bool:
    """Whether a brief clause of small words ends in a "not" or "not yet", after what it names."""
    if clause.end - clause.start > LONGEST or clause.mark == "?":
        return False
    last = [one for one in clause.all(*DENIALS) if one.end == clause.end and one.start >= named.end]
    small = {at for one in clause.all(*kinds) for at in range(one.start, one.end)}
    small |= set(range(named.start, named.end))
    small |= {at for at in range(clause.start, clause.end) if reader.passage.tokens[at].is_mark}
    return bool(last) and small.issuperset(range(clause.start, clause.end))


def _is_not_gone_too(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether a symptom did not go like what the clause before names: "the cold is gone, the cough not"."""
    before = reader.passage.before(clause)
    if before is None or before.sentence != clause.sentence or clause.has("gone") or not _has_ended(before, reader):
        return False
    words = clause.end - clause.start - (hit.end - hit.start - 1)
    if words > BRIEF:
        return words <= BRIEF + 1 and _is_but_not(clause)
    is_not = clause.has("not", "no_longer") and (clause.has("mine") or not clause.has("no"))
    is_there = is_not and not before.has(*SYMPTOMS)
    owned = {hit.start for hit in clause.all("mine")}
    is_own = clause.has("have") or any(hit.start not in owned for hit in clause.all("self"))
    return (is_there or _is_only_denied(clause)) and not is_own


def _is_but_not(clause: Clause) -> bool:
    """Whether it says no more than of what one is not rid: "rid of the sores, but not of my cough"."""
    buts = {hit.end for hit in clause.all("but")}
    return not clause.has("have") and any(hit.start in buts for hit in clause.all("not"))


def _is_only_denied(clause: Clause) -> bool:
    """Whether it names a symptom and ends with a "not": "the breathlessness hasn't", "l'essoufflement non".

    Of sores only where they are "the" or "my" sores: a bare "llagas no" says that there are none.
    """
    last = [hit for hit in clause.all("not", "no_answer") if hit.end == clause.end]
    is_named = clause.has("cough", "breathless") or (clause.has("aphtha", "lesion") and clause.has("mine"))
    is_bare = clause.end - clause.start <= BRIEF - 1 and is_named
    return bool(last) and is_bare and not clause.has("no", "also", "or", "and")
