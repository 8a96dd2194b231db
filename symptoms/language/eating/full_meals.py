"""Whether somebody whose sores sting at table eats everything all the same: "it stings a bit, but I clear my plate".

This lowers, so what says that all is eaten must be told in words that limit nothing, and in no others; and what stings
must do no more than that. "I eat everything, mashed" and "I clear my plate, it takes an hour" are no such thing.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

NEAR: Final = 3
TAKEN: Final = ("eat", "drink", "hard_fare")
TELLING: Final = ("eats_all", "eating_up", "all_of_it", "beside_meals")
"""Classes of words of which the clause consists that says that all is eaten."""

LIMITS: Final = (group("hinders") - {"pain", "less"}) | {
    "soft", "straw", "swallow", "off_food", "forgone", "allow", "right_side", "if", "as_long", "until", "chop", "bits",
    "taking_time", "the_rest", "half", "worse", "burnt", "used_to", "fewer", "wished", "clock", "throat", "tablets",
    "wrong_way",
}  # fmt: skip
"""Beside one of these, anywhere in the text, it is not taken for granted that all is eaten."""

OTHER_MATTERS: Final = ("aphtha", "lesion", "spot", "cough", "breathless", "breathe", "air", "fever", "greeting")
"""One of these a clause must have that follows, or it may go on about how things are eaten."""

OWN_CLAUSE: Final = ("numbers", "self", "have", "no", "not", "there_are", "since", "greeting")
LEFT_OPEN: Final = ("because", "cause", "worse", "chop", "bits")


def is_mere_sting(clause: Clause, reader: Reader) -> bool:
    """Whether food does no more than sting in this clause, and the text says that everything is eaten all the same."""
    if not (reader.passage.has("eats_all") or (reader.passage.has("eating_up") and reader.passage.has("all_of_it"))):
        return False
    if not (_stings(clause, reader) or _is_not_that(clause)):
        return False
    meals = [one for one in reader.passage.clauses if _meal_from(one, reader) is not None]
    return bool(meals) and any(_comes_after(meal, clause) for meal in meals) and not _is_limited(meals, reader)


def tells_full_meal(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says that all is eaten, and nothing else in the text limits that."""
    if not clause.has("eats_all", "all_of_it") or _meal_from(clause, reader) is None:
        return False
    return not _is_limited([clause], reader)


def _comes_after(meal: Clause, sting: Clause) -> bool:
    """Whether it is said after the sting, or before one that is called slight and told of no later time."""
    return meal.at >= sting.at or (sting.has("softly") and not sting.has("now", "days_ago"))


def _meal_from(clause: Clause, reader: Reader) -> int | None:
    """Where a clause begins to say that all is eaten, in words that limit nothing; None where it does not."""
    if clause.mark == "?":
        return None
    covered = {at for hit in clause.all(*TELLING) for at in range(hit.start, hit.end)}
    start = clause.end
    while start > clause.start and (start - 1 in covered or reader.passage.tokens[start - 1].is_mark):
        start -= 1
    if start > clause.start:
        joints = [hit.start for hit in clause.all("and", "but") if hit.start >= start]
        if not joints:
            return None
        start = joints[0]
    own = {hit.start for hit in clause.all("someone")}
    told = [hit for hit in clause.all(*TELLING) if hit.start >= start]
    told = [hit for hit in told if reader.scope.is_real(hit, clause) or (hit.kind == "eats_all" and hit.start in own)]
    kinds = {hit.kind for hit in told}
    wholes = [hit.start for hit in told if hit.kind in ("eats_all", "all_of_it")]
    if wholes and any(hit.start > wholes[0] and hit.end == clause.end for hit in clause.all("can")):
        return None
    if clause.begins_with("but") and _leads_on(reader.passage.before(clause), clause):
        kinds.add("eating_up")
    return start if "eats_all" in kinds or {"eating_up", "all_of_it"} <= kinds else None


def _leads_on(before: Clause | None, clause: Clause) -> bool:
    """Whether a "but" stands after the verbs of one sentence: "ich esse und trinke | aber ganz normal"."""
    if before is None or before.mark or before.sentence != clause.sentence:
        return False
    covered = {at for hit in before.all(*TELLING) for at in range(hit.start, hit.end)}
    speakers = [hit.start for hit in before.all("self")]
    starts = [hit.start for hit in before.all("eating_up") if speakers and speakers[-1] < hit.start]
    return bool(starts) and covered.issuperset(range(speakers[-1], before.end))


def _stings(clause: Clause, reader: Reader) -> bool:
    """Whether something stings, a bit or by a word that says no more, with food or at table."""
    meal = _meal_from(clause, reader)
    end = clause.end if meal is None else meal
    nouns = [hit for hit in clause.all("pain") if any(_overlap(hit, one) for one in clause.all("lesion"))]
    pains = [hit for hit in clause.all("pain", "stings") if hit.start < end and hit not in nouns]
    if not pains or not clause.has(*TAKEN) or clause.has("fiercely", *(() if meal is not None else ("no", "not"))):
        return False
    return all(_is_slight(hit, clause) for hit in pains) and not _limits(clause, _of_sting(pains, clause))


def _of_sting(pains: list[Hit], clause: Clause) -> set[Hit]:
    """What limits nothing beside a sting: the phrase that it is part of, and when it is felt: "when I eat"."""
    phrases = {hit for hit in clause.all("off_food") if any(_overlap(hit, pain) for pain in pains)}
    known = {at for hit in clause.hits for at in range(hit.start, hit.end)}
    taken = sorted(hit.start for hit in clause.all(*TAKEN))
    for hit in clause.all("if", "as_long"):
        at = next((start for start in taken if start >= hit.start), None)
        is_when = any(one.start == hit.start for one in clause.all("wh", "if"))
        if is_when and at is not None and known.issuperset(range(hit.start, at)):
            phrases.add(hit)
    return phrases


def _is_slight(pain: Hit, clause: Clause) -> bool:
    """Whether it is called slight, or is a sting of which no word follows that nobody knows: "arde horrores"."""
    softened = [hit for hit in clause.all("softly") if _distance(hit, pain) <= NEAR]
    if softened:
        return True
    is_sting = any(_overlap(hit, pain) for hit in clause.all("stings"))
    return is_sting and (pain.end == clause.end or any(hit.start == pain.end for hit in clause.hits))


def _is_not_that(clause: Clause) -> bool:
    """Whether it says that it is not that something cannot be eaten: "it's not that I can't swallow"."""
    lifting = clause.first("not_that")
    barred = [*clause.all("cannot", *TAKEN, "swallow")]
    return lifting is not None and bool(barred) and all(hit.start >= lifting.start for hit in barred)


def _is_limited(meals: list[Clause], reader: Reader) -> bool:
    """Whether anything in the text may limit what is eaten, or goes on about it after it was said."""
    places = {one.at for one in meals}
    first = min(places)
    others = [one for one in reader.passage.clauses if one.at not in places]
    told = [one for one in others if not (_is_not_that(one) or _stings(one, reader))]
    if any(_limits(one, _placed(one) if one.at < first else frozenset()) or _tells_more(one) for one in told):
        return True
    return any(_goes_on(one) for one in others if one.at > first)


def _tells_more(clause: Clause) -> bool:
    """Whether a clause says of food more than that it is taken: "but unbearably with bread", "I drink it cold"."""
    if not clause.has(*TAKEN, "eating_up") or (clause.has("since", "ago") and clause.has(*OTHER_MATTERS)):
        return False
    covered = {at for hit in clause.all(*TELLING, "otherwise") for at in range(hit.start, hit.end)}
    return not covered.issuperset(range(clause.start, clause.end))


def _placed(clause: Clause) -> AbstractSet[Hit]:
    """The side on which sores are, in a clause that names no food: "all on the left side of my tongue"."""
    return frozenset() if clause.has(*TAKEN, "only") else frozenset(clause.all("right_side"))


def _goes_on(clause: Clause) -> bool:
    """Whether a clause after it may go on about eating: all but one of other matters, which says so by itself."""
    if clause.has(*TAKEN, *LEFT_OPEN):
        return True
    length = clause.end - clause.start
    if (length == 1 and clause.has("no", "nothing")) or (length <= NEAR and clause.begins_with("since")):
        return False
    return not (clause.has(*OTHER_MATTERS) and (clause.has(*OWN_CLAUSE) or bool(clause.digits)))


def _limits(clause: Clause, but_for: AbstractSet[Hit] = frozenset()) -> bool:
    """Whether a clause has a word that may limit what is eaten: not the "little" of a sting, nor "only two ulcers"."""
    if clause.has(*LIMITS) and any(hit not in but_for for hit in clause.all(*LIMITS)):
        return True
    slight = clause.all("softly")
    if any(not any(_overlap(hit, one) for one in slight) for hit in clause.all("less")):
        return True
    pains = {hit.start for hit in clause.all("pain")}
    counted = {hit.start for hit in clause.numerals}
    allowed = pains | counted | {at for hit in clause.all("softly") for at in (hit.start, hit.end)}
    return any(hit.end not in allowed and hit.start not in allowed for hit in clause.all("only"))


def _distance(hit: Hit, other: Hit) -> int:
    return max(hit.start - other.end, other.start - hit.end, 0)


def _overlap(hit: Hit, other: Hit) -> bool:
    return hit.start < other.end and other.start < hit.end
