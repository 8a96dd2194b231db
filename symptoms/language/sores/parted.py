"""What is told apart of some sores and of others in one breath: "six healed and the others are still there"."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.sores.left_over import gone_in, kept_in, left_overs, merely_only
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import Quantity

SAID_OF: Final = ("have", "had", "there_are", "still", "left")
"""What tells that so many were or are there."""
STAYING: Final = ("pain", "raw", "worse", "stings")
"""What is said of sores that are there."""
WITHOUT_REST: Final = ("all_of", "each", "every")


def went_in(clause: Clause, reader: Reader) -> list[Hit]:
    """The words that say that something has gone, wholly: not where "almost" stands before them."""
    relatives = {hit.start for hit in clause.all("wh")}
    near = {hit.end + nth for hit in clause.all("almost") if hit.start not in relatives for nth in (0, 1)}
    went = [*gone_in(clause), *_closed_of_more(clause, reader)]
    return [hit for hit in went if hit not in reader.denied and hit.start not in near]


def _closed_of_more(clause: Clause, reader: Reader) -> list[Hit]:
    """The words that say that some of more have closed: "von fünf Bläschen sind drei schon zu".

    Not those of blisters that have not burst: "one has burst, two are closed still".
    """
    after = reader.passage.after(clause)
    is_of_more = clause.has("of", "between", "of_which", "the_rest") or (
        after is not None and rest_stays(after, reader)
    )
    if not is_of_more or clause.has("no", "not", "no_answer", "barely", "still", "left", "if", "wh"):
        return []
    return [hit for hit in clause.all("closed") if hit.end == clause.end]


def rest_stays(clause: Clause, reader: Reader) -> bool:
    """Whether it says of the others that they are there: "las otras siguen ahí", "the rest still sting"."""
    rest = clause.first("the_rest")
    if rest is None or clause.has("cough", "breathless"):
        return False
    said = [hit for hit in [*kept_in(clause), *clause.all(*STAYING)] if hit.end > rest.end and hit not in reader.denied]
    return bool(said) and not any(hit.start >= rest.end for hit in went_in(clause, reader))


def side_of(number: Quantity, numbers: list[Quantity], clause: Clause, reader: Reader) -> tuple[int, int]:
    """The words that belong to a number, where "and" parts those that went from those that were or are there.

    "There were ten | and six healed", "three healed | and the others are still there"; else the whole clause. The
    Dutch "toen" tells when, and not that so many were there: "een genezen en toen kwamen er vier".
    """
    went = went_in(clause, reader)
    thens = {hit.start for hit in clause.all("then")}
    told = [hit for hit in clause.all(*SAID_OF, "the_rest") if hit.start not in thens]
    counted = [one.at for one in numbers] + [hit.start for hit in clause.all("the_rest")]
    for joint in clause.all("and", "but", "of_which"):
        before, after = (clause.start, joint.start), (joint.end, clause.end)
        sides = [before, after] if all(_has(counted, side) for side in (before, after)) else []
        gone = [side for side in sides if _has([hit.start for hit in went], side)]
        others = [side for side in sides if side not in gone]
        is_told = joint.kind == "of_which" or any(_has([hit.start for hit in told], side) for side in others)
        if len(gone) == 1 and is_told:
            return before if number.at < joint.start else after
    return clause.start, clause.end


def come_instead(other: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether one more came, by what follows on "and", for those that went: "deux guéris et un nouveau depuis hier"."""
    joints = [hit for hit in clause.all("and", "but") if hit.end == other.start]
    return any(went.end <= joint.start for went in went_in(clause, reader) for joint in joints)


def fewer_went(clause: Clause, reader: Reader) -> bool:
    """Whether the sentence goes on with so many that went of more: "had nine last week, but three have healed"."""
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or after.has(*WITHOUT_REST, "units"):
        return False
    units = {hit.start for hit in clause.all("units", "unit_other")}
    there = [hit.value or 0 for hit in clause.numerals if hit.end not in units]
    gone = [hit.value or 0 for hit in after.numerals] if went_in(after, reader) else []
    return bool(there and gone) and max(gone) < max(there)


def _has(places: list[int], side: tuple[int, int]) -> bool:
    return any(side[0] <= at < side[1] for at in places)


def goes_at_once(number: Quantity, clause: Clause, reader: Reader) -> bool:
    """Whether no more than a verb stands from a number to its going: "nog maar een genezen", "only one has healed".

    Not where all went but so many: "all but two have healed".
    """
    if any(hit.start <= number.at <= hit.end for hit in clause.all("excepting")):
        return False
    verbs = {at for hit in clause.all("filler", "ask", "impersonal") for at in range(hit.start, hit.end)}
    went = [hit.start for hit in went_in(clause, reader) if hit.start >= number.end]
    return any(verbs.issuperset(range(number.end, at)) for at in went)


def is_gone(number: Quantity, numbers: list[Quantity], clause: Clause, reader: Reader) -> bool:
    """Whether it is how many have gone, by what is said on its side of "and"."""
    if goes_at_once(number, clause, reader):
        return True
    side = side_of(number, numbers, clause, reader)
    sums = [hit for hit in clause.all("sum") if not merely_only(hit, clause)]
    is_told_apart = bool(sums) or clause.has("the_rest")
    left = [hit for hit in left_overs(clause) if is_told_apart or not merely_only(hit, clause)]
    kept = [hit.start for hit in [*left, *kept_in(clause)]]
    went = [hit.start for hit in went_in(clause, reader)]
    return _has(went, side) and not _has(kept, side)


def were_more(clause: Clause, numbers: list[Quantity], reader: Reader) -> bool:
    """Whether fewer went than there were: "there were ten sores and six healed"."""
    if clause.has(*WITHOUT_REST):
        return False
    gone = [one.value for one in numbers if is_gone(one, numbers, clause, reader)]
    there = [one.value for one in numbers if not is_gone(one, numbers, clause, reader)]
    return bool(gone and there) and sum(gone) < max(there)
