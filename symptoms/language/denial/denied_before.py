"""What a negation denies that stands before it: "cough: no", "huste nicht", "tos no tengo", "Bläschen? Keine"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import CONTENT, NEAR, SYMPTOMS, ends_clause
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.marks import TOPIC_ENDS

SORES: Final = ("aphtha", "lesion", "mouthpart")
REACH: Final = 6
"""Words between a negation and what it denies."""
VERBS: Final = ("cough", "breathless", "eat", "drink", "swallow")
"""What a negation right after it denies, whatever follows, where negation follows the verb."""


def preceding(negation: Hit, contents: list[Hit], clause: Clause) -> Hit | None:
    """What stands last before a negation, a place only when there is nothing else.

    Not the verb of "I feel" after what is not felt: "Atemnot spüre ich nicht".
    """
    left = [hit for hit in contents if hit.end <= negation.start and negation.start - hit.end <= REACH]
    if any(hit.kind in ("cough", "breathless") for hit in left):
        felt = {hit.start for hit in clause.all("have")}
        left = [hit for hit in left if hit.kind != "quiet_verb" or hit.start not in felt]
    verbs = [hit for hit in left if hit.kind == "quiet_verb"]
    left = [hit for hit in left if not (verbs and hit.kind in ("aphtha", "lesion") and hit.start > verbs[0].start)]
    return next((hit for hit in reversed(left) if hit.kind != "mouthpart"), left[-1] if left else None)


def without_bearers(contents: list[Hit], clause: Clause) -> list[Hit]:
    """Contents without the sores that do not bear something: "die Aphthen mögen ihn nicht"."""
    bearing = clause.all("allow")
    return [hit for hit in contents if hit.kind not in SORES or not any(hit.start < one.end - 1 for one in bearing)]


def is_about_last(last: Hit, negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a negation is about what stands before it, whatever follows: "cough: no", "huste nicht"."""
    if any(last.end <= hit.start < negation.start for hit in clause.all("and")):
        return False
    if ends_clause(negation, clause) or any(hit.start == negation.end for hit in clause.all("and")):
        return True
    if last.kind in SYMPTOMS and last.end + 1 == negation.start and passage.tokens[last.end].text in TOPIC_ENDS:
        return True
    follows = passage.lexicon.follows_verb and negation.kind == "not" and negation.end - negation.start == 1
    is_aimed = last.kind in ("air", "breathe") and any(hit.start == negation.end for hit in clause.all("for_to"))
    return follows and last.end == negation.start and (last.kind in VERBS or is_aimed)


def joined_before(last: Hit, negation: Hit, contents: list[Hit], clause: Clause) -> set[Hit]:
    """What is joined to it before "I have none", after "of", or by "or": "de tos y asma nada", "ik hoest of hijg niet".

    Not what has gone of another thing: "the cough is gone and breathless I am not".
    """
    is_had = any(last.end <= have.start < negation.end for have in clause.all("have"))
    opening = {one.end for one in clause.all("of") if one.start == clause.start}
    starts = {last.start, *(one.start for one in clause.all("of") if one.end == last.start and opening)}
    joints = {hit.start for hit in clause.all("and", "or") if hit.end in starts}
    joined = {hit for hit in contents if hit.end in joints and (is_had or hit.start in opening)}
    joined = {hit for hit in joined if hit.kind != "gone" or last.kind == "gone"}
    return joined | (_other_verbs(last, contents, clause) if negation.end == clause.end else set())


def _other_verbs(last: Hit, contents: list[Hit], clause: Clause) -> set[Hit]:
    """The verb before "or" and a denied one: "ik hoest of hijg niet", "ich huste oder keuche nicht"."""
    if last.kind not in ("cough", "breathless") or not clause.has("self"):
        return set()
    ors = {one.start for one in clause.all("or") if one.end == last.start}
    verbs = {hit for hit in contents if hit.end in ors and hit.kind in ("cough", "breathless")}
    subjects = {one.end for one in clause.all("self")}
    return {hit for hit in verbs if hit.start in subjects}


def falls_back_on(last: Hit, negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a negation after which nothing stands is about what stands before it: "tos no tengo"."""
    if any(hit.start >= negation.end for hit in clause.all("without")):
        return False
    if any(last.end <= hit.start < negation.start for hit in clause.all("and")):
        return False
    follows = passage.lexicon.follows_verb and negation.kind == "not"
    is_bare = negation.end - negation.start == 1 or clause.has("have")
    return _is_fronted(last, negation, clause, passage.lexicon.language) or (
        follows and is_bare and not _goes_on_about(last, negation, clause)
    )


def _is_fronted(hit: Hit, negation: Hit, clause: Clause, language: str) -> bool:
    """Whether no more than "I have" follows: "tos no tengo", "sores I do not have"; not "la llaga ni la siento"."""
    is_had = any(hit.start >= negation.end for hit in clause.all("have"))
    kinds = ("self", "have", "observe", "there_are", *(("mine",) if is_had else ()))
    said = {at for one in clause.all(*kinds) for at in range(one.start, one.end)}
    felt = {one.start for one in clause.all("quiet_verb") if one.start > negation.end}
    if hit.kind in ("aphtha", "lesion") and any(one.end in felt for one in clause.all("mine")):
        return False
    if language == "en" and negation.kind == "not" and any(one.start == hit.end for one in clause.all("self")):
        said = {at for one in clause.all("self", "have") for at in range(one.start, one.end)}
        said |= {at for one in clause.all("filler") for at in range(one.start, one.end)}
        return all(at in said for at in (*range(hit.end, negation.start), *range(negation.end, clause.end)))
    return hit.end == negation.start and all(at in said for at in range(negation.end, clause.end))


def is_said_twice(last: Hit, first: Hit, negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the same stands on both sides of a negation: "toser no toso", "ahogarme no me ahogo".

    Two complaints of other kinds are not the same: "chest pain no rash".
    """
    if first.kind != last.kind or first.kind == "state":
        return False
    if first.start == negation.end:
        return True
    is_bare = last.end - last.start == 1 and not any(one.end == last.start for one in clause.all("me", "mine"))
    is_reflexive = any((one.start, one.end) == (negation.end, first.start) for one in clause.all("me"))
    opening, verb = passage.tokens[last.start].text, passage.tokens[first.start].text
    return is_bare and is_reflexive and opening[:NEAR] == verb[:NEAR]


def named_as_topic(last: Hit, contents: list[Hit], clause: Clause, passage: Passage) -> set[Hit]:
    """The same word before a denied one, with a "what is called" between: "toser lo que es toser no toso"."""
    small = {at for one in clause.all("filler") for at in range(one.start, one.end)}
    word = passage.tokens[last.start].text
    return {
        hit
        for hit in contents
        if passage.tokens[hit.start].text == word
        and last.start - hit.end > 1
        and small.issuperset(range(hit.end, last.start))
    }


def _goes_on_about(hit: Hit, negation: Hit, clause: Clause) -> bool:
    """Whether what is denied is what sores do, not that they are there: "les aphtes n'ont pas changé d'un poil"."""
    is_sore = hit.kind in ("aphtha", "lesion", "spot")
    if is_sore and clause.has("still", "quiet_verb"):
        return True
    return is_sore and not clause.has("have") and clause.end - negation.end > 2


def named_before(negation: Hit, clause: Clause, passage: Passage) -> set[Hit]:
    """What the clause before named as a topic, of which this one says no more than "none" or "but not"."""
    previous = passage.before(clause)
    if previous is None:
        return set()
    is_brief = negation.end == clause.end and clause.end - clause.start <= NEAR and clause.has("but")
    is_brief = is_brief and not clause.has("otherwise")
    is_brief = is_brief or is_none_in_mouth(negation, clause, passage)
    is_taken_back = (
        is_brief and not previous.mark and previous.sentence == clause.sentence and not clause.has("remainder")
    )
    if not (is_taken_back or previous.mark in {":", "?", "-", "="}):
        return set()
    named = [hit for hit in previous.hits if hit.kind in CONTENT]
    joints = {hit.end: hit.start for hit in previous.all("and", "or")}
    last = next((hit for hit in reversed(named) if hit.kind != "mouthpart"), named[-1]) if named else None
    return {hit for hit in named if last and hit.end >= joints.get(last.start, last.start + 1)}


def is_none_in_mouth(negation: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether none of the sores that were named is in the mouth: "Bläschen seh ich | aber keine im Mund"."""
    previous = passage.before(clause)
    if previous is None or previous.sentence != clause.sentence or not clause.begins_with("but"):
        return False
    if negation.kind != "no" or negation.start > clause.start + 1:
        return False
    said = {at for hit in clause.all("place", "mine", "mouthpart") for at in range(hit.start, hit.end)}
    is_fronted = previous.has("have", "observe") and any(hit.start == previous.start for hit in previous.all(*SORES))
    return is_fronted and not previous.has("mouthpart") and said.issuperset(range(negation.end, clause.end))
