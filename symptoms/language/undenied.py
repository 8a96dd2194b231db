"""What stands beside a denial and is there all the same: "no change in the cough", "never coughed like this"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from symptoms.language.clauses import Clause, Passage
from symptoms.language.denying import SYMPTOMS
from symptoms.language.hits import Hit

NEAR: Final = 3
REACH: Final = 6
"""Words from a denial to what it denies of a complaint, and from that to the complaint."""

DENIALS: Final = ("no", "not", "cannot", "no_answer")
THERE: Final = (*SYMPTOMS, "spot")
SMALL: Final = ("mine", "of", "article", "filler", "place", "company", "numbers", "for_to")
"""Words between a complaint and what is said of it."""

KNOWN: Final = ("if", "why", "wh", "know", "dont_know", "unsure", "told", "how_many")
"""What is not known or said, of a complaint that is there: where it comes from, whether it is serious."""

BOTHERS: Final = ("trouble", "quiet_verb", "worse", "dread", "advice")
NOT_SO: Final = frozenset(
    ["far", "long", "weit", "lange", "ver", "lang", "richtig", "wirklich", "recht", "echt", "really", "much", "que", "that",
     "ever"]
)  # fmt: skip
"""Words after a "so" that is of no degree: "so far", "so richtig", "so that", "así que"."""

VERB_SECOND: Final = frozenset({"de", "nl", "es"})
"""Languages in which "so I have never" is of how, and not of why."""

THESE: Final = frozenset(["this", "these", "esta", "este", "estas", "estos", "ca", "cela", "celle", "deze", "dit"])
THAT: Final = frozenset(["that", "which", "who", "qui", "que", "die", "dat", "der", "das", "lo", "la", "el"])
"""Words that open what is said of the thing before them."""

AUXILIARY: Final = frozenset(
    """has have had is are was been yet a ont est sont n ne s se encore ist sind hat haben bisher noch worden is zijn heeft
    hebben nog ha han esta estan todavia aun really fully completely vraiment echt wirklich ganz del todo even
    seem seems want wants to will would won t y en""".split()
)
"""Words between a sore and the "healed" that is denied of it."""


def undenied(clause: Clause, passage: Passage) -> set[Hit]:
    """The complaints of a clause that are there, though a denial stands beside them."""
    found = {hit for hit in clause.all(*THERE) if _is_there(hit, clause, passage)} if clause.has(*DENIALS) else set()
    return found | _of_none_gone(clause, passage) | _not_what_bothers(clause, passage)


def never_gone(clause: Clause, passage: Passage) -> set[Hit]:
    """The words for going away that are denied of every sore, or that nobody would say: "none of the five has gone"."""
    if not clause.has(*DENIALS):
        return set()
    gone = clause.all("gone", "closed", "clean")
    unsaid = [one.end for one in clause.all("say", "dont_know", "told") if _is_denied_before(one, clause)]
    nones = [one.end for one in clause.all("none_of")]
    return {
        hit
        for hit in gone
        if _is_of_none(hit, clause, passage)
        or any(end < hit.start for end in unsaid)
        or any(0 <= hit.start - end <= NEAR for end in nones)
    }


def _is_there(hit: Hit, clause: Clause, passage: Passage) -> bool:
    return (
        _is_unchanged(hit, clause, passage)
        or is_taken_for_granted(hit, clause)
        or _is_not_rid_of(hit, clause)
        or is_unlike_before(hit, clause, passage)
    )


def _between(start: int, end: int, clause: Clause, *kinds: str) -> bool:
    return any(start <= one.start and one.end <= end for one in clause.all(*kinds))


def _is_denied_before(hit: Hit, clause: Clause) -> bool:
    """Whether a denial stands right before, or in the words themselves: "can't say"."""
    return any(one.start <= hit.start <= one.end + NEAR for one in clause.all("no", "not", "cannot"))


def _denials_before(hit: Hit, clause: Clause) -> list[Hit]:
    return [one for one in clause.all(*DENIALS) if one.start < hit.start]


def _is_unchanged(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is a change for the better that is denied: "no relief from the cough", "cough: no improvement"."""
    if not clause.has("betterment"):
        return False
    before = _denials_before(hit, clause)
    joints = clause.all("or", "and")
    for change in clause.all("betterment"):
        near = [one for one in clause.all(*DENIALS) if -1 <= change.start - one.end <= NEAR or _is_around(one, change)]
        is_its_own = any(one.end == hit.start for one in clause.all("mine")) and 0 <= change.start - hit.end <= 1
        if before and is_its_own and hit.start - before[-1].end <= NEAR and before[-1].end < hit.start - 1:
            return True
        if change.end <= hit.start <= change.end + REACH:
            is_last = before and before[-1].start <= change.start and before[-1] in near
            is_apart = any(change.end <= one.start < hit.start for one in joints)
            is_of_it = _between(change.end, hit.start, clause, "of", "place", "company")
            after = is_of_it and any(hit.end <= one.start <= hit.end + NEAR for one in clause.all("no", "not"))
            if (is_last or (after and not before)) and not is_apart:
                return True
        elif hit.end <= change.start <= hit.end + REACH and not before:
            if any(hit.end <= one.start for one in near) and not any(hit.end <= one.start < change.start for one in joints):
                return True
    return False


def _is_around(denial: Hit, hit: Hit) -> bool:
    return denial.start <= hit.start and hit.end <= denial.end


def _was_never_so(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether only the like of it was never there: "never coughed like this", "nie so kurzatmig", "such a cough"."""
    if _is_as_many_as_never(hit, clause):
        return True
    if not clause.has("ever"):
        return False
    tokens = passage.tokens
    smalls = {at for one in clause.all(*SMALL) for at in range(one.start, one.end)}
    for degree in clause.all("so_much"):
        if degree.end < len(tokens) and tokens[degree.end].text in NOT_SO:
            continue
        if degree.end <= hit.start <= degree.end + 2 and smalls.issuperset(range(degree.end + 1, hit.start)):
            return True
        is_front = degree.start == clause.start and passage.lexicon.language in VERB_SECOND
        if is_front and degree.end < hit.start and not clause.has("no_longer"):
            return True
    ends = (hit.end, hit.end + 1)
    likes = [one for one in clause.all("like") if one.start == hit.end and one.end < len(tokens)]
    is_like_this = any(tokens[one.end].text in THESE for one in likes)
    within = [one.start for one in clause.all("like_this", "so_much")]
    is_within = any(hit.start < at < hit.end for at in within)
    return is_like_this or is_within or any(one.start in ends for one in clause.all("like_this"))


def _is_as_many_as_never(hit: Hit, clause: Clause) -> bool:
    """Whether a phrase of how much it is has its denial in it: "n'ai jamais eu autant d'aphtes"."""
    return any(
        one.start < much.start < one.end <= much.end and much.end <= hit.start <= much.end + 1
        for much in clause.all("many", "worse")
        for one in clause.all("not", "no")
    )


def is_taken_for_granted(hit: Hit, clause: Clause) -> bool:
    """Whether it is "the" or "my" complaint, of which something is not known or said, or that nobody told of.

    "I don't know if the cough is from the tablets", "don't tell me this cough is normal", "nobody told me I'd be
    so breathless".
    """
    silent = [one.end for one in clause.all("nobody")]
    if any(_between(end, hit.start, clause, "told", "know", "advice") for end in silent):
        return True
    if not any(one.end == hit.start for one in clause.all("mine")):
        return False
    asked = [one.end for one in clause.all("told") if one.start == clause.start]
    if any(end <= one.start <= end + NEAR and one.end <= hit.start for end in asked for one in clause.all("not")):
        return True
    denials = [one.start for one in [*_denials_before(hit, clause), *clause.all("unsure", "dont_know")]]
    start = min((one.start for one in clause.all("mine") if one.end == hit.start), default=hit.start)
    return any(_between(at, start, clause, *KNOWN) for at in denials)


def _is_not_rid_of(hit: Hit, clause: Clause) -> bool:
    """Whether it is what somebody is not rid of: "not over my cough yet", "no me he librado de la tos"."""
    for rid in clause.all("rid_of"):
        near = any(0 <= rid.start - one.end <= NEAR for one in clause.all("not", "cannot"))
        smalls = {at for one in clause.all(*SMALL) for at in range(one.start, one.end)}
        is_named = rid.end <= hit.start <= rid.end + NEAR and smalls.issuperset(range(rid.end, hit.start))
        if near and is_named:
            return True
    return False


def is_unlike_before(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it was never so, or never there, at a time before: then it is now."""
    if not clause.has("ever", "of_before", "many", "worse") or not clause.has("no", "not", "cannot"):
        return False
    return _was_never_so(hit, clause, passage) or _is_new_since_then(hit, clause, passage)


def _is_new_since_then(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether there was none before the treatment, or before now: "before these tablets I never coughed"."""
    denials = clause.all("no", "not")
    is_denied = any(0 <= hit.start - one.end <= NEAR or 0 <= one.start - hit.end <= NEAR - 1 for one in denials)
    if not clause.has("of_before") or not is_denied:
        return False
    after = passage.after(clause)
    if after is not None and after.sentence == clause.sentence and after.has("not", "no", "no_answer"):
        return False
    courses = {one.start for one in clause.all("drug", "tablets", "treatment")}
    for one in clause.all("of_before"):
        is_dated = any(one.end <= at <= one.end + NEAR for at in courses)
        if is_dated or (one.end == clause.end and one.start >= hit.end) or _is_fronted(one, clause, passage):
            return True
    return False


def _is_fronted(before: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it opens the clause, and no time follows it: "früher habe ich nie gehustet", "antes no tosía"."""
    follows = [one for one in clause.hits if one.start == before.end and one.kind in ("self", "have", "had", "not", "me")]
    return before.start == clause.start and bool(follows)


def _of_none_gone(clause: Clause, passage: Passage) -> set[Hit]:
    """The sores of which none has gone: "none of the five sores has healed"."""
    if not clause.has("gone", "betterment", "closed"):
        return set()
    return {sore for _, sore in _none_gone(clause, passage)}


def _is_of_none(gone: Hit, clause: Clause, passage: Passage) -> bool:
    return any(one.start == gone.start for one, _ in _none_gone(clause, passage))


def _none_gone(clause: Clause, passage: Passage) -> Iterator[tuple[Hit, Hit]]:
    """The words for healing with the sores of which a "none" before them denies it."""
    for sore in clause.all("aphtha", "lesion", "spot"):
        if not any(one.end <= sore.start <= one.end + NEAR + 1 for one in clause.all("no", "none_of")):
            continue
        for gone in clause.all("gone", "betterment", "closed"):
            words = {token.text for token in passage.tokens[sore.end : gone.start]}
            if sore.end < gone.start and words <= AUXILIARY:
                yield gone, sore
            elif sore.end == gone.start and (gone.kind == "betterment" or gone.end - gone.start > 1):
                yield gone, sore


def _not_what_bothers(clause: Clause, passage: Passage) -> set[Hit]:
    """What is there and is not what bothers: "it's not the mouth that bothers me", "nicht die Aphthen stören mich"."""
    if not clause.has(*BOTHERS):
        return set()
    determined = {one.end: one.start for one in clause.all("mine") if one.end - one.start == 1}
    ends = {one.end for one in clause.all("not")}
    after = passage.after(clause)
    goes_on = after is not None and after.sentence == clause.sentence and after.begins_with("but")
    return {
        hit
        for hit in clause.all(*SYMPTOMS, "mouthpart")
        if determined.get(hit.start) in ends
        and any(one.start >= hit.end for one in clause.all(*BOTHERS))
        and (goes_on or (hit.end < clause.end and passage.tokens[hit.end].text in THAT))
    }
