"""Amounts of sores that no number tells: one more, the last one, the big one, half of them."""

from __future__ import annotations

from typing import Final

from symptoms.language.sores.countable import is_introduced
from symptoms.language.sores.left_over import counted_things, left_overs
from symptoms.language.sores.moments import when_of
from symptoms.language.sores.singles import PLURALS
from symptoms.language.sores.totals import Amount
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import Quantity

NEAR: Final = 3


def others_in(clause: Clause, counting: list[Quantity], passage: Passage) -> list[Hit]:
    """The words for one more, where no number follows ("another two") and nothing is only compared or was."""
    several = {at for one in counting if one.value > 1 for at in (one.at, one.end)}
    named = clause.all("another")
    return [
        hit
        for hit in named
        if several.isdisjoint((hit.start, hit.end))
        and not (_is_comparison(hit, clause) and not _is_counted_from(clause, passage))
        and not any(one.end == hit.start or one.start < hit.start < one.end for one in clause.all("only"))
        and not any(one.start < hit.start < one.end for one in named)
        and not any(one.end == hit.start for one in clause.all("no", "not", "or"))
        and not any(one.start == hit.start for one in clause.all("no", "not"))
        and not any(one.end > hit.end or one.start < hit.start < one.end for one in left_overs(clause))
        and not _is_kept(hit, clause)
        and not (_is_in_phrase(hit, clause) or _is_elsewhere(hit, clause))
        and not _was_still(hit, clause, passage)
    ]


def went_too(clause: Clause, passage: Passage) -> Hit | None:
    """The words for one more that went like the one before: "una ya cerró, otra también"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or not (before.has("gone") and before.numerals):
        return None
    if before.has("no", "not", "almost") and not before.has("wh"):
        return None
    small = {
        at for hit in clause.all("another", "also", "filler", "and", "numbers") for at in range(hit.start, hit.end)
    }
    is_bare = clause.has("also") and small.issuperset(range(clause.start, clause.end))
    return clause.first("another") if is_bare else None


def only_the_sized(clause: Clause, passage: Passage) -> Amount | None:
    """The one that is left, where only its size stands for it: "nur noch die große an der Zunge"; not "die großen"."""
    if not clause.has("only", "left") or not clause.has("now") or clause.has("aphtha", "lesion", "no", "not"):
        return None
    endings = (*PLURALS[passage.lexicon.language], "n")
    sizes = {hit.start: hit for hit in clause.all("size") if not passage.tokens[hit.start].text.endswith(endings)}
    behind = {hit.start for hit in clause.all("place", "left")} | {clause.end}
    only = {hit.end for hit in clause.all("only", "left")}
    named = [sizes[hit.end] for hit in clause.all("mine") if hit.end in sizes and hit.start in only]
    kept = [hit for hit in named if hit.end in behind]
    return Amount(1, kept[0].start, clause, is_single=True, is_left=True, is_now=True) if kept else None


def joined_bare(single: Amount, clause: Clause, passage: Passage) -> list[Amount]:
    """The other sores in places that are named without an article: "sore on my lip and sore on my gum".

    Or by no more than a "that": "l'aphte de la langue et celui de la lèvre".
    """
    joints = {hit.end for hit in clause.all("and", "also")}
    places = {hit.start for hit in clause.all("place")}
    nouns = {hit.start: hit for hit in clause.all("aphtha", "lesion") if hit.start in joints and hit.end in places}
    endings = PLURALS[passage.lexicon.language]
    singular = [at for at, hit in nouns.items() if not passage.tokens[hit.end - 1].text.endswith(endings)]
    singular += [hit.start for hit in clause.all("that_one") if hit.start in joints and clause.has("mouthpart")]
    return [Amount(1, at, clause, is_single=True, is_placed=True) for at in singular if at != single.at]


def joined_one(clause: Clause) -> Amount | None:
    """The old one that others have joined: "zur alten haben sich zwei neue gesellt"."""
    older = clause.first("older") if clause.has("joined") and not clause.has("no", "not") else None
    return Amount(1, older.start, clause, is_single=True, is_placed=True) if older else None


def last_ones_in(clause: Clause) -> list[Hit]:
    """The "noch eine" of "noch eine übrig", which is no more but the last, of however many."""
    left = left_overs(clause)
    return [
        hit
        for hit in clause.all("another")
        if any(one.start <= hit.end < one.end or one.start < hit.start < one.end for one in left)
        or _is_kept(hit, clause)
    ][:1]


def is_whole_of_last(number: Quantity, clause: Clause) -> bool:
    """Whether it is all there were, and "noch eine" the one that is left: "nur noch eine von den vier übrig"."""
    is_alone = len(clause.numerals) <= 1 and is_introduced(number.at, clause, "of", "between")
    return is_alone and bool(last_ones_in(clause))


def _is_kept(another: Hit, clause: Clause) -> bool:
    """Whether a verb of staying leads to it: "es hält sich noch eins"."""
    return any(one.end == another.start and one.end - one.start > 1 for one in left_overs(clause))


def sized_in(clause: Clause, passage: Passage) -> list[Amount]:
    """One, where an article and a word of size stand for a sore that a place follows: "ne kleine am Gaumen"."""
    if not (clause.has("size") and clause.has("article")):
        return []
    nouns = {hit.start for hit in clause.all("aphtha", "lesion", "spot")}
    sizes = {hit.start: hit.end for hit in clause.all("size") if hit.start not in nouns}
    places = {hit.start for hit in clause.all("place")}
    beside = {hit.end for hit in clause.all("another")}
    ends = [(hit.start, sizes[hit.end]) for hit in clause.all("article") if hit.end in sizes and hit.end not in beside]
    return [
        Amount(1, at, clause, is_single=True, is_placed=True)
        for at, end in ends
        if end in places and clause.has("mouthpart") and not passage.tokens[at - 1].is_number
    ]


def halved(found: list[Amount], clause: Clause, passage: Passage) -> list[Amount]:
    """The amounts, or half of what was counted, where so many are left or went: "of the six half have healed"."""
    half = clause.first("half")
    if half is None or not (left_overs(clause) or clause.has("gone", "still", "only", "closed")):
        return found
    if any(hit.end == half.start for hit in clause.all("not", "no", "no_answer", "not_even", "barely")):
        return found
    before = passage.before(clause)
    earlier = counted_things(before) if before is not None and before.sentence == clause.sentence else []
    whole = max([*(one.value for one in found), *(int(one.value or 0) for one in earlier)], default=0)
    return [Amount((whole + 1) // 2, half.start, clause, is_total=True)] if whole > 1 else found


def _was_still(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether "noch eine" is said of what was, and then means "still one": "am Sonntag wars noch eine"."""
    is_of_verb = any(0 <= hit.start - one.end <= 1 for one in clause.all("had"))
    return is_of_verb and not clause.has("since") and when_of(hit.start, clause, passage) == "past"


def _is_elsewhere(hit: Hit, clause: Clause) -> bool:
    """Whether it only says where: "in another spot", "en el otro tengo cuatro"."""
    is_at = any(one.end == hit.start for one in clause.all("place"))
    ends = {one.end for one in clause.all("place")}
    if clause.numerals and any(one.end == hit.start and one.start in ends for one in clause.all("mine")):
        return True
    return is_at and any(one.start == hit.end for one in clause.all("spot"))


def _is_in_phrase(hit: Hit, clause: Clause) -> bool:
    """Whether it is only a word of another phrase: the "otro" of "nada del otro mundo", the "un" of "encore un peu"."""
    if any(hit.start < one.start < hit.end < one.end for one in clause.all("trivial", "little_amount")):
        return True
    longer = [one for one in clause.hits if one.end - one.start > hit.end - hit.start and one.kind != hit.kind]
    return any(one.start <= hit.start and hit.end <= one.end for one in longer)


def _is_comparison(hit: Hit, clause: Clause) -> bool:
    """Whether "one more" is only compared with what was: "one more than yesterday"."""
    return any(0 <= one.start - hit.end <= NEAR for one in clause.all("than"))


def _is_counted_from(clause: Clause, passage: Passage) -> bool:
    """Whether the sentence goes on with how many there were: "one more than yesterday, I had three then"."""
    after = passage.after(clause)
    is_next = after is not None and after.sentence == clause.sentence
    return is_next and after is not None and after.has("had") and bool(after.numerals)
