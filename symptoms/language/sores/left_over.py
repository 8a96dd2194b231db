"""Which numbers of a clause are what is left of sores, and which are those of them that are something else."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import CONTENT
from symptoms.language.reading.reader import Reader
from symptoms.language.sores.countable import is_introduced, is_part_of
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import Quantity

BRIEF: Final = 5
"""Words that only say of how many something is told: "of my six mouth ulcers"."""
BEFORE_WHOLE: Final = ("aphtha", "lesion", "spot", "place", "whole_mouth", "of", "left", "mine", "between")
"""What may stand between how many are left and how many there were, beside small words."""

WITH_LEFT: Final = (
    "aphtha", "lesion", "spot", "pieces", "left", "still", "now", "only", "filler", "days_ago", "weekdays", "there_are",
    "have", "had", "ask", "mine", "self", "fewer", "place",
)  # fmt: skip
"""What stands beside how many are left: "of the six there are three now"."""

BESIDE_HALF: Final = (
    "of",
    "of_which",
    "mine",
    "someone",
    "filler",
    "have",
    "had",
    "now",
    "ask",
    "impersonal",
    "affirmed",
)
"""Words between the half and its having gone."""


def counted_things(clause: Clause) -> list[Hit]:
    """The numbers of a clause that are none of days, nor of anything else that has a unit."""
    units = {hit.start for hit in clause.all("units", "unit_other")}
    return [hit for hit in clause.numerals if hit.end not in units]


def left_overs(clause: Clause) -> list[Hit]:
    """The words for what is left over, rather than on the left."""
    sides = clause.all("right_side")
    counted = {hit.start for hit in clause.numerals}
    kept = [hit for hit in clause.all("excepting") if not counted.isdisjoint(range(hit.start, hit.end + 1))]
    opening = {hit.end for hit in clause.all("of") if hit.start == clause.start}
    left = [hit for hit in clause.all("left") if not any(one.start <= hit.start < one.end for one in sides)]
    left = [hit for hit in left if hit.start != clause.start or hit.end not in opening]
    return kept + [hit for hit in left if not is_by_itself(hit, clause)]


def is_by_itself(left: Hit, clause: Clause) -> bool:
    """Whether it is the "alone" of what went by itself, and ends the clause: "se resolvió solo"."""
    is_only = any(hit.start == left.start for hit in clause.all("only"))
    is_after = any(hit.end == left.start for hit in clause.all("gone"))
    return is_only and is_after and left.end == clause.end and not clause.numerals


def is_limited(sores: Hit, clause: Clause) -> bool:
    """Whether sores are counted, and a clause ends by saying that there are no more: "trois aphtes pas plus"."""
    is_counted = any(0 <= sores.start - hit.end <= 1 for hit in clause.numerals)
    limits = [hit for hit in clause.all("at_most", "no_more") if hit.start >= sores.end]
    return is_counted and any(hit.end == clause.end for hit in limits)


def kept_in(clause: Clause) -> list[Hit]:
    """The words for what is there still, rather than for what has got worse."""
    worse = {hit.start for hit in clause.all("worse")}
    return [hit for hit in clause.all("still") if hit.start not in worse]


def merely_only(left: Hit, clause: Clause) -> bool:
    """Whether it is an "only" or "now" that leaves open what is said of so few: "only two have healed"."""
    return any(hit.start == left.start for hit in clause.all("only", "now"))


def is_share_left(number: Quantity, numbers: list[Quantity], clause: Clause) -> bool:
    """Whether it is a few of more of which it is said, after both, that they are there: "one of the six is open"."""
    wholes = [one for one in numbers if one.value > number.value and is_part_of(number, one, clause)]
    if not wholes or clause.has("gone", "no", "not", "almost", "closed"):
        return False
    return any(hit.start >= wholes[0].end for hit in [*kept_in(clause), *left_overs(clause)])


def counts_what_is_left(number: Quantity, numbers: list[Quantity], clause: Clause) -> bool:
    """Whether what is left over is this number of several: not one that is only added, "and another two"."""
    joints = clause.all("and")
    added = {hit.end for hit in joints} if len(numbers) > 1 else set()
    kept = [hit for hit in kept_in(clause) if any(hit.start == one.end for one in numbers)]
    left = [hit for hit in [*left_overs(clause), *kept] if hit.start not in added and not _is_of_growth(hit, clause)]
    left = [hit for hit in left if not any(number.end <= joint.start < hit.start for joint in joints)]
    if len(numbers) > 1 and not clause.has("of_which", "gone"):
        first = numbers[0].end
        left = [hit for hit in left if not any(first <= joint.start < hit.start for joint in joints)]

    def distance(one: Quantity, hit: Hit) -> int:
        return min(abs(one.at - hit.end), abs(hit.start - one.end))

    return any(all(distance(number, hit) <= distance(one, hit) for one in numbers) for hit in left)


def _is_of_growth(left: Hit, clause: Clause) -> bool:
    """Whether it only says that they grow still: "twee zijn nog groter geworden", "two are still growing"."""
    grown = [*clause.all("worse", "swollen"), *(hit for hit in clause.all("become") if hit.end == clause.end)]
    return any(0 <= hit.start - left.end <= 1 for hit in grown)


def is_come_down_to(number: Quantity, numbers: list[Quantity], clause: Clause) -> bool:
    """Whether it is the three of "from six to three", "of the six there are three": not of "three of them bleed"."""
    whole = _whole_before(number, numbers, clause)
    if whole is None or clause.has("mouthpart", "worse"):
        return False
    gone = [hit for hit in clause.all("gone") if hit.end > number.end]
    if is_introduced(number.at, clause, "for_to", "place", "company"):
        return all(hit.start == number.end and hit.end == clause.end for hit in gone)
    if gone:
        return False
    if any(number.end <= hit.start and hit.end == clause.end for hit in left_overs(clause)):
        return True
    raw = ("raw",) if clause.has("still", "left") else ()
    said = {at for hit in clause.all(*WITH_LEFT, *raw) for at in range(hit.start, hit.end)}
    return said.issuperset([*range(whole.end, number.at), *range(number.end, clause.end)])


def is_whole_far(whole: Quantity, numbers: list[Quantity], clause: Clause) -> bool:
    """Whether it is all there were, though the sores are named before: "il reste une plaie en bouche sur les huit"."""
    of = [hit for hit in clause.all("of", "place", "left") if whole.at - hit.end in (0, 1)]
    is_led = any(hit.end == whole.at or any(one.end == whole.at for one in clause.all("mine")) for hit in of)
    if not is_led or not clause.has("left", "still"):
        return False
    beside = {at for hit in clause.all(*BEFORE_WHOLE) for at in range(hit.start, hit.end)}
    before = [one for one in numbers if one.end <= whole.at and one.value < whole.value]
    return any(beside.issuperset(range(one.end, whole.at)) for one in before[-1:])


def is_opening_whole(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether all there were are named before those that are left: "von den elf, die ich hatte, ist noch eine da"."""
    opening = [hit.end for hit in clause.all("of") if hit.start == clause.start]
    if not any(0 <= number.at - end <= 1 for end in opening) or len(clause.numerals) > 1:
        return False
    later = [one for one in passage.sentence_of(clause) if one.at > clause.at]
    while later and later[0].has("had") and later[0].begins_with("mine") and not later[0].numerals:
        later = later[1:]
    if not later or later[0].at == clause.at + 1 or later[0].has("and", "but", "also", "joined", "new", "gone"):
        return False
    is_left = left_overs(later[0]) or kept_in(later[0]) or later[0].has("raw")
    counted = [int(hit.value or 0) for hit in later[0].numerals]
    return bool(is_left) and bool(counted) and max(counted) < number.value


def is_of_opening(clause: Clause, passage: Passage) -> bool:
    """Whether the words before the comma only tell of how many it is: "de las cinco aftas, dos ya sanaron"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or before.mark != "," or before.end - before.start > BRIEF:
        return False
    return len(before.numerals) == 1 and any(hit.start == before.start for hit in before.all("of"))


def _whole_before(number: Quantity, numbers: list[Quantity], clause: Clause) -> Quantity | None:
    """The six of "of the six three bleed"."""
    opening = any(hit.start == clause.start for hit in clause.all("of"))
    kinds = ("between", "of") if opening else ("between",)
    before = [one for one in numbers if one.at < number.at and is_introduced(one.at, clause, *kinds)]
    return before[-1] if before and before[-1].value > number.value else None


def is_part_of_before(number: Quantity, numbers: list[Quantity], clause: Clause) -> bool:
    """Whether so many of all that are there are something else: "of the six three bleed"."""
    whole = _whole_before(number, numbers, clause)
    joints = {hit.start for hit in clause.all("and", "but")}
    return whole is not None and joints.isdisjoint(range(whole.end, number.at)) and not clause.has("mouthpart", "gone")


def gone_in(clause: Clause) -> list[Hit]:
    """The words that say that something has gone: not the "passé" of "samedi passé", nor the "over" of "bijna over"."""
    lasts = {one.start for one in clause.all("last")}
    nearly = {one.end for one in clause.all("trivial") if one.end - one.start > 1}
    return [
        hit
        for hit in clause.all("gone")
        if (hit.start not in lasts or hit.end - hit.start > 1) and hit.end not in nearly
    ]


def half_left(clause: Clause, reader: Reader) -> Hit | None:
    """The half that went, of those that the clause before counts: "on Monday I had six, half have healed"."""
    before, half = reader.passage.before(clause), clause.first("half")
    if half is None or before is None or before.sentence != clause.sentence or not counted_things(before):
        return None
    after = reader.passage.after(clause)
    if after is not None and after.sentence == clause.sentence and after.has("but", "goes_on", "still", "worse"):
        return None
    small = {at for hit in clause.all(*BESIDE_HALF) for at in range(hit.start, hit.end)}
    went = [hit for hit in gone_in(clause) if hit not in reader.denied and hit.start >= half.end]
    went = [hit for hit in went if small.issuperset(range(half.end, hit.start))]
    is_sure = not clause.has("no", "not", "if", "almost", "mouthpart", *(CONTENT - {"gone", "clean", "less"}))
    return half if went and is_sure and clause.mark != "?" else None
