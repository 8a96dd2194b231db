"""What a text denies: each negation finds the one thing that it denies, and what "or" adds to it."""

from __future__ import annotations

from typing import Final

from symptoms.language.classes import group
from symptoms.language.clauses import Clause, Passage
from symptoms.language.lexicon import Hit

CONTENT: Final = group("content")
"""Classes that a negation can be about."""

REACH: Final = 6
"""Words between a negation and what it denies."""


def denied_hits(passage: Passage) -> set[Hit]:
    """The hits that are denied; what is denied twice is not."""
    denied: set[Hit] = set()
    is_turned = False
    for at, clause in enumerate(passage.clauses):
        if at and passage.clauses[at - 1].sentence != clause.sentence:
            is_turned = False
        saying = _denied_saying(clause)
        for negation in _negations(clause):
            found = _object_of(negation, clause, passage)
            if saying is not None and negation.start > saying.start:
                continue
            if is_turned or not found:
                continue
            denied.update(found)
        is_turned = is_turned or saying is not None
    return denied


def _denied_saying(clause: Clause) -> Hit | None:
    """ "I cannot say" and "I don't deny": what it denies is not denied."""
    return next(
        (
            hit
            for hit in clause.all("say")
            if any(0 < hit.start - other.start <= 3 for other in clause.all("not", "cannot"))
        ),
        None,
    )


def _negations(clause: Clause) -> list[Hit]:
    """The negations of a clause: those of one anchor once, without "not only" and "not without"."""
    found: dict[int, Hit] = {}
    only = {hit.start for hit in clause.all("only")}
    without = {hit.start for hit in clause.all("without")}
    for hit in clause.all("no", "not"):
        earlier = [one for one in clause.all("no", "not", "cannot", "trouble") if one.end <= hit.start]
        is_lifted = hit.end in only or (hit.start in without and bool(earlier))
        lifts = any(at in without for at in range(hit.end, hit.end + (2 if hit.kind == "not" else 3)))
        if not (is_lifted or lifts):
            known = found.get(hit.end)
            found[hit.end] = hit if known is None or hit.start < known.start else known
    for hit in clause.all("no_answer"):
        if hit.end == clause.end and not any(one.start < hit.end and hit.start < one.end for one in found.values()):
            found[hit.end] = hit
    return sorted(found.values(), key=lambda hit: hit.start)


def _object_of(negation: Hit, clause: Clause, passage: Passage) -> set[Hit]:
    """What one negation is about: what it encloses, what stands before it in some languages, else what follows."""
    contents = [hit for hit in clause.hits if hit.kind in CONTENT]
    inside = [hit for hit in contents if negation.start < hit.start and hit.end < negation.end]
    if inside:
        return set() if _is_number_denied(inside[0], clause, passage) else _same_place(contents, inside[0])
    right = _following(negation, contents, clause)
    left = [hit for hit in contents if hit.end <= negation.start and negation.start - hit.end <= REACH]
    follows = passage.lexicon.follows_verb and negation.kind == "not"
    ends = negation.end == clause.end
    if left and negation.start == left[-1].end and ((follows and left[-1].kind in VERBS) or (follows and ends)):
        return _same_place(contents, left[-1])
    both = {hit.start for hit in clause.all("or")}
    if negation.start in both and left and left[-1].end == negation.start and right:
        return _same_place(contents, left[-1]) | _with_listed(right[0], contents, clause, passage)
    if right:
        return (
            set() if _is_number_denied(right[0], clause, passage) else _with_listed(right[0], contents, clause, passage)
        )
    if left and (follows or ends):
        return _same_place(contents, left[-1])
    return set() if contents else _named_before(clause, passage)


VERBS: Final = ("cough", "breathless", "eat", "drink", "swallow")
"""What a negation right after it denies, whatever follows, where negation follows the verb."""


def _following(negation: Hit, contents: list[Hit], clause: Clause) -> list[Hit]:
    """What a negation may be about after it; "no" does not reach over a new subject, "no word of a lie, I have ..."."""
    reach = negation.end + REACH
    if negation.kind == "no":
        subjects = [hit.start for hit in clause.all("have") if hit.start >= negation.end]
        reach = min([reach, *(start - 1 for start in subjects)])
    return [hit for hit in contents if negation.end <= hit.start <= reach]


def _named_before(clause: Clause, passage: Passage) -> set[Hit]:
    """What the clause before named as a topic, of which this one says no more than "none"."""
    previous = passage.before(clause)
    if previous is None or previous.mark not in {":", "?", "-", "="}:
        return set()
    named = [hit for hit in previous.hits if hit.kind in CONTENT]
    return _same_place(named, named[-1]) if named else set()


def _is_number_denied(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether only the number of sores is denied: "not three sores but five", "keine zwei, sondern eine"."""
    if hit.kind not in ("aphtha", "lesion", "spot"):
        return False
    counted = [one for one in clause.all("numbers") if 0 <= hit.start - one.end <= 1]
    digits = [at for at in range(max(clause.start, hit.start - 2), hit.start) if passage.tokens[at].is_number]
    corrections = [clause, passage.after(clause)]
    is_counted_again = any(
        one.has("numbers") or any(token.is_number for token in passage.tokens[max(one.start, hit.end) : one.end])
        for one in corrections[1:]
        if one is not None and one.sentence == clause.sentence
    )
    return bool(counted or digits) and is_counted_again


def _same_place(contents: list[Hit], hit: Hit) -> set[Hit]:
    """A hit with the other classes of the same words."""
    return {other for other in contents if other.start < hit.end and hit.start < other.end}


def _with_listed(first: Hit, contents: list[Hit], clause: Clause, passage: Passage) -> set[Hit]:
    """What is denied, and what "or" and the commas before an "or" add: no cough, fever or sores."""
    denied = _same_place(contents, first)
    end = first.end
    for joint in clause.all("or"):
        if joint.start < end or joint.start - end > 2:
            continue
        if added := [hit for hit in contents if joint.end <= hit.start <= joint.end + 3]:
            denied |= _same_place(contents, added[0])
            end = added[0].end
    return denied | _listed_after(clause, passage)


def _listed_after(clause: Clause, passage: Passage) -> set[Hit]:
    """The bare items of a list that an "or" ends, in the clauses after a denial."""
    found: set[Hit] = set()
    at = clause.at
    if clause.mark != ",":
        return found
    for later in passage.clauses[at + 1 :]:
        contents = [hit for hit in later.hits if hit.kind in CONTENT]
        is_bare = (
            later.end - later.start <= 5 and contents and not later.has("self", "have", "since", "no", "not", "ago")
        )
        if later.sentence != clause.sentence or not is_bare:
            return set()
        found |= set(contents)
        if later.has("or"):
            return found
        if later.mark != ",":
            return set()
    return set()
