"""Who is named, and yet is not who has a complaint: along with the speaker, counted, looking on, or the speaker."""

from __future__ import annotations

from typing import Final

from symptoms.language.scope.onlookers import SORES
from symptoms.language.text.clauses import Clause, Passage, places_of
from symptoms.language.text.hits import Hit

NEAR: Final = 2
BRIEF: Final = 4
"""Words of a clause that only says who somebody is."""


def is_no_subject(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether somebody is only along, is counted ("two children"), has seen the sores, or is no person at all."""
    sizes = {one.start: one.end for one in clause.all("size")}
    counted_at = {one.start for one in clause.numerals}
    heads = {one.end for one in clause.all("mine") if one.start == clause.start}
    several = [one for one in clause.numerals if (one.value or 0) > 1 and one.start not in heads]
    counted = {sizes.get(one.end, one.end) for one in several}
    is_number = any(one.start == hit.end for one in clause.numerals) and hit.kind == "stranger"
    saw = any(0 <= one.start - hit.end <= NEAR for one in clause.all("observe")) or _is_looking(hit, clause)
    saw = saw or any(said.end in counted_at for said in clause.all("say") if said.start >= hit.end)
    some = any(one.start == hit.start for one in clause.all("vague_few"))
    is_number = is_number or (some and any(hit.end <= one.start <= hit.end + NEAR for one in clause.all(*SORES)))
    is_number = is_number or (hit.kind == "stranger" and clause.has("gone", "left") and _is_the(hit, clause))
    is_number = is_number or any(one.end == hit.start for one in clause.all("everything"))
    is_number = is_number or _is_what_somebody_is(hit, clause) or _is_carried(hit, clause)
    is_called = any(one.end == hit.start for one in clause.all("greeting"))
    is_called = is_called or _is_quoted(hit, clause)
    return (
        is_called
        or _is_introduced(hit, clause, passage)
        or (hit.kind == "relative" and _is_done_to(hit, clause, passage))
        or _is_company(hit, clause)
        or _is_joined_to_me(hit, clause, passage)
        or _is_cook(hit, clause)
        or (hit.start in counted and (clause.has("self", "have") or not clause.has("cough", "breathless")))
        or is_number
        or (saw and not clause.has("someone"))
    )


def _is_introduced(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the speaker is who is named: "grandad here", "Frau Bell, Zimmer 4"; not "my neighbour here".

    A title and a name are, where they stand first and no verb is beside them.
    """
    is_brief = hit.start <= clause.start + 1 and clause.end - clause.start <= BRIEF
    if not is_brief or clause.has("self", "have"):
        return False
    is_signed = clause.at == 0 and clause.mark == "," and passage.says(hit.start, "titles")
    return passage.says(clause.end - 1, "here") or (is_signed and not passage.has("someone"))


def _is_quoted(hit: Hit, clause: Clause) -> bool:
    """Whether it is who says so of the speaker, who is named after: "volgens mijn man rochel ik de hele nacht"."""
    is_source = any(0 <= hit.start - one.end <= 1 for one in clause.all("according"))
    return is_source and any(one.start >= hit.end for one in clause.all("self", "have"))


def _is_joined_to_me(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the speaker coughs or pants with them: "me and my wife are coughing", "yo y mi mujer tosemos"."""
    starts = {hit.start, *(one.start for one in clause.all("mine") if one.end == hit.start)}
    before = passage.before(clause)
    is_next = before is not None and before.sentence == clause.sentence and not before.mark
    if not is_next or before is None or clause.has(*SORES) or not any(one.end in starts for one in clause.all("and")):
        return False
    own = places_of(before.all("self", "me"))
    return clause.begins_with("mine") and own.issuperset(range(before.start, before.end))


def _is_cook(hit: Hit, clause: Clause) -> bool:
    """Whether it is whose soup it is with which the clause begins: "le potage de ma fille reste dans l'assiette"."""
    articles = {one.end: one.start for one in clause.all("mine")}
    owned = {one.end: one.start for one in clause.all("of")}
    at = owned.get(articles.get(hit.start, hit.start), -1)
    return any(one.end == at and one.start <= clause.start + 1 for one in clause.all("soft"))


def _is_looking(hit: Hit, clause: Clause) -> bool:
    """Whether it is who sees the speaker's mouth: "meine Frau hat vier in meinem Mund gezählt", "hat vier entdeckt"."""
    own = {one.end for one in clause.all("mine") if any(of.start == one.start for of in clause.all("self"))}
    is_own = any(part.start in own for part in clause.all("mouthpart"))
    seen = [one for one in clause.all("observe") if one.start > hit.start]
    is_last = any(one.end == clause.end for one in seen) and not clause.has("someone")
    return bool(seen) and (is_own or is_last) and not clause.has("cough", "breathless")


def _is_carried(hit: Hit, clause: Clause) -> bool:
    """Whether it is who the speaker does something with that takes breath: "I carried the baby upstairs"."""
    mine = {one.start for one in clause.all("mine")}
    own = [one.end for one in clause.all("self") if one.end < hit.start and one.start not in mine]
    if not own or not clause.has("moderate_effort", "minimal_effort"):
        return False
    others = clause.all("utter", "observe", "noticed", "say", "know", "wh", "and")
    return not any(own[-1] <= one.start < hit.start for one in others)


def _is_what_somebody_is(hit: Hit, clause: Clause) -> bool:
    """Whether the speaker says what they are: "I'm a teacher", "bin Lehrerin"."""
    articles = {one.end: one.start for one in clause.all("article")}
    start = articles.get(hit.start, hit.start)
    return hit.kind == "stranger" and any(one.end in (start, hit.start) for one in clause.all("being"))


def _is_the(hit: Hit, clause: Clause) -> bool:
    """Whether it is "the others" rather than "others"."""
    return any(one.end == hit.start for one in clause.all("mine"))


def _is_company(hit: Hit, clause: Clause) -> bool:
    """Whether somebody is only along, or where it happened: "can't keep up with my wife", "bij de kapper"."""
    beside = [one for one in clause.all("company") if 0 <= hit.start - one.end <= 1]
    is_any = any(one.end == hit.start for one in clause.all("self", "article"))
    if beside and hit.kind == "stranger" and (hit.end == clause.end or not is_any):
        return True
    doing = clause.all("self", "cannot", "moderate_effort", "minimal_effort", "speak")
    return bool(beside) and any(
        one.end <= beside[0].start or (one.start >= hit.end and one.kind == "self") for one in doing
    )


def _is_done_to(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the speaker does something for them, which the case of "my" tells: "ich wollte meinem Enkel vorlesen"."""
    is_dative = hit.start > clause.start and passage.says(hit.start - 1, "dative")
    return is_dative and any(one.start == clause.start for one in clause.all("self"))
