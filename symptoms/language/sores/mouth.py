"""The words of a clause for sores in the mouth, and places in it of which it is said that nothing is there."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader, is_only_better, numerals_in, takes_over
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, places_of
from symptoms.language.text.hits import Hit

ELSEWHERE: Final = group("not_in_mouth")
OTHER_MATTERS: Final = (group("content") | group("intake")) - group("of_sores")
BESIDE_MOUTH: Final = frozenset(["tooth", "throat"])
"""Where a wound is one of the mouth all the same: beside a tooth, down in the throat."""
NEAR: Final = 4
SHORT: Final = 5
"""Words of a clause that says no more than where something is."""
CONTENT: Final = group("content")


def sores_in(clause: Clause, reader: Reader) -> list[Hit]:
    """Words for sores in the mouth: by their own name, or a sore, a pain or a number with a place in the mouth."""
    if not clause.has("mouthpart", "aphtha", "lesion", "spot", "pain"):
        return []
    sentence = reader.passage.sentence_of(clause)
    if clause.has("mouthpart"):
        found = clause.all("aphtha", "lesion", "spot")
        clean = {hit.start for hit in clause.all("clean")}
        pains = [hit for hit in clause.all("pain") if hit.start not in clean]
        is_of_chest = any(one.has("chest", "chest_attack") for one in sentence)
        found += pains if not (clause.has("tooth", "swollen") or is_of_chest) else []
        if not found and not tells_of_others(clause):
            numerals = [hit for hit in numerals_in(clause, reader) if _stands_alone(hit, clause)]
            counted = [*clause.all("many"), *numerals, *_bare_many_after(clause, reader)]
            counted = counted or _bare_number_before(clause, reader)
            found += [hit for hit in counted if hit.value != 0]
        return found or hardly_any_unhurt(clause) or _nothing_there(clause, reader)
    if is_elsewhere(clause, *(ELSEWHERE - BESIDE_MOUTH)):
        return []
    if _goes_on_about_mouth(clause, reader):
        return clause.all("aphtha", "lesion", "pain")
    if clause.has(*BESIDE_MOUTH):
        return clause.all("aphtha") + [hit for hit in clause.all("lesion") if _is_counted(hit, clause, reader)]
    found = clause.all("aphtha")
    is_placed = any(one.has("mouthpart", "aphtha") for one in sentence)
    if is_placed:
        return found + clause.all("lesion", "spot")
    if reader.passage.has(*(ELSEWHERE - BESIDE_MOUTH)):
        return found
    of_surgery = {hit.start for hit in clause.all("wound")}
    named = [hit for hit in clause.all("lesion") if hit.start not in of_surgery]
    return found + [hit for hit in named if _is_noun(hit, clause, reader)]


def hardly_any_unhurt(clause: Clause) -> list[Hit]:
    """The skin without sores of which none is left: "hardly any healthy skin in there"."""
    denials = [hit.end for hit in clause.all("no", "not", "barely", "less")]
    return [hit for hit in clause.all("unhurt") if any(0 <= hit.start - at <= SHORT for at in denials)]


def tells_of_others(clause: Clause) -> bool:
    """Whether it is about more than sores and the mouth: not the "bouche" that may also be "bouché"."""
    if not clause.has_any(OTHER_MATTERS):
        return False
    places = {at for hit in clause.all("mouthpart", "throat", "correction") for at in range(hit.start, hit.end)}
    return any(hit.start not in places for hit in clause.all(*OTHER_MATTERS))


def _stands_alone(number: Hit, clause: Clause) -> bool:
    """Whether it counts no other thing: "een op mijn tong", not "een afspraak voor mijn tong" or "drie keer"."""
    if any(hit.start == number.end for hit in clause.all("unit_other")):
        return False
    if all(hit.start != number.start for hit in clause.all("article")):
        return True
    after = clause.all("place", "of", "since", "for", "mine", "trivial", "little_amount", "pieces", "still", "only")
    return number.end == clause.end or any(hit.start == number.end for hit in after)


def _bare_number_before(clause: Clause, reader: Reader) -> list[Hit]:
    """The number that opens the sentence and of which the clause says where: "just one, since Monday, on my gum"."""
    first = reader.passage.sentence_of(clause)[0]
    if clause.end - clause.start > SHORT or first is clause or first.end - first.start > NEAR:
        return []
    return [] if first.has(*CONTENT, *ELSEWHERE, "unit_other", "units") else numerals_in(first, reader)


def _bare_many_after(clause: Clause, reader: Reader) -> list[Hit]:
    """The "too many to count" that is all the next clause says."""
    after = reader.passage.after(clause)
    return [hit for hit in after.all("many") if (hit.start, hit.end) == (after.start, after.end)] if after else []


def _goes_on_about_mouth(clause: Clause, reader: Reader) -> bool:
    """Whether a brief clause goes on about the mouth, the last word before it: "because of my mouth, it is raw"."""
    previous = reader.passage.before(clause)
    if previous is None or previous.mark != "," or clause.end - clause.start > NEAR or clause.has(*OTHER_MATTERS):
        return False
    return any(hit.end == previous.end for hit in previous.all("mouthpart"))


def is_elsewhere(clause: Clause, *kinds: str) -> bool:
    """Whether a place that is none of the mouth is named: not the back of "at the back"."""
    places = {at for hit in clause.all("place", "sum", "then", "still") for at in range(hit.start, hit.end)}
    return any(hit.start not in places for hit in clause.all(*kinds))


def _is_noun(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether a word that may also say that something hurts ("sore") names a sore: it is counted or determined."""
    return not any(one.start == hit.start for one in clause.all("pain")) or _is_counted(hit, clause, reader)


def _is_counted(hit: Hit, clause: Clause, reader: Reader) -> bool:
    before = clause.all("numbers", "article", "another", "mine", "no", "vague_few", "many")
    is_digit = any(token.is_number for token in reader.passage.tokens[max(clause.start, hit.start - 2) : hit.start])
    is_numbered = any(one.start == hit.start for one in clause.all("numbered"))
    return is_digit or is_numbered or any(0 <= hit.start - one.end <= 2 for one in before)


def _nothing_there(clause: Clause, reader: Reader) -> list[Hit]:
    """A place in the mouth of which it is said that nothing is there."""
    eaten = clause.has("eat", "drink", "swallow", "cannot", "tablets")
    is_empty = (clause.has("nothing") and not eaten) or _is_clean(clause, reader)
    is_empty = is_empty or takes_over(clause, reader, "fine", "clean")
    with_it = {one.end + skipped for one in clause.all("company") for skipped in (0, 1) if clause.has("going_in")}
    is_other = _is_of_other_deed(clause, reader)
    found = [
        hit
        for hit in clause.all("mouthpart")
        if is_empty or (hit in reader.denied and not is_other and hit.start not in with_it)
    ]
    reader.denied.update(found)
    return found


def _is_of_other_deed(clause: Clause, reader: Reader) -> bool:
    """Whether it is another deed of the mouth that is denied, by a verb that nobody knows: "ma bouche ne veut pas"."""
    known = places_of(hit for hit in clause.hits if hit.kind != "not")
    verbs = [at for at in range(clause.start, clause.end) if reader.passage.tokens[at].is_word and at not in known]
    around = [one for one in clause.all("not") if one.end - one.start > 2]
    return any(one.start < at < one.end - 1 for one in around for at in verbs)


def _is_clean(clause: Clause, reader: Reader) -> bool:
    """Whether a place in the mouth is called clean or well, and nothing else is said of it."""
    own = [hit.start for hit in clause.all("self") if clause.has("ate") and not clause.has("pain", "no", "not")]
    joints = sorted([hit.start for hit in clause.all("and")] + own) or [clause.end]
    others = clause.all("swollen", "blue", "eat", "drink", "swallow", "cannot")
    if clause.has("swollen", "blue") or any(hit.start < joints[0] for hit in others):
        return False
    within = {hit.start for hit in clause.all("place") if hit.end - hit.start > 2}
    clean = [hit for hit in clause.all("clean") if hit not in reader.denied and hit.start not in within]
    clean = [hit for hit in clean if not is_only_better(hit, clause)]
    places = clause.all("mouthpart")
    return any(max(one.start - place.end, place.start - one.end) <= NEAR for one in clean for place in places)
