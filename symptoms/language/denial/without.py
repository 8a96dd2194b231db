"""A "without" that is itself denied, and so denies nothing: "not a bite without pain", "no song, without coughing"."""

from __future__ import annotations

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit


def undone_withouts(clause: Clause, passage: Passage) -> set[Hit]:
    """The denials of a clause that are undone by a "without" or are one that is undone."""
    withouts = clause.all("without")
    starts = {hit.start for hit in withouts}
    denials = [one for one in clause.all("no", "not", "cannot", "trouble") if one.start not in starts]
    undoing = {_undone_by(one, denials, clause) for one in withouts}
    return {
        hit
        for hit in clause.all("no", "not")
        if hit in undoing
        or _undoes_without(hit, clause)
        or (hit.start in starts and _is_undone(hit, denials, clause, passage))
    }


def _is_undone(without: Hit, denials: list[Hit], clause: Clause, passage: Passage) -> bool:
    """Whether a "without" stands after a denial that no "and" parts from it, or goes on from one."""
    earlier = [one for one in [*denials, *clause.all("barely")] if one.end <= without.start]
    joints = [one.start for one in clause.all("and") if one.start < without.start]
    return (
        any(not joints or one.start > joints[-1] for one in earlier)
        or _undone_by(without, denials, clause) is not None
        or _is_of_what_fails(without, clause, passage)
        or _goes_nowhere_without(without, clause, passage)
        or _is_forgotten(clause, passage)
    )


def _undone_by(without: Hit, denials: list[Hit], clause: Clause) -> Hit | None:
    """What says that nothing goes without it: "without getting breathless I can't do the stairs"."""
    later = [one for one in denials if one.start >= without.end and one.kind in ("not", "cannot")]
    own = [one.start for one in clause.all("self", "have") if one.start >= without.end]
    joints = [one.start for one in clause.all("and", "or") if one.start >= without.end]
    is_said_last = bool(later) and later[-1].end == clause.end and not clause.has("also", "or")
    is_undone = bool(later) and (bool(own) or is_said_last) and not any(at < later[0].start for at in joints)
    return later[0] if is_undone else None


def _is_of_what_fails(without: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the clause before says what is no longer done without it: "I get through no song, without coughing"."""
    before = passage.before(clause)
    if before is None or before.mark != "," or before.sentence != clause.sentence or without.start != clause.start:
        return False
    is_told = clause.has("self", "me") and not before.has("aphtha", "lesion", "cough", "breathless", "breathe", "air")
    return is_told and before.has("no", "not", "barely", "cannot", "no_longer")


def _goes_nowhere_without(without: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the clause before says what is not done without it: "kaum zum Sessel, ohne zu keuchen"."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or without.start != clause.start:
        return False
    is_infinitive = before.mark == "," and any(one.start > without.start for one in clause.all("for_to"))
    is_effort = before.has("moderate_effort", "minimal_effort")
    return (is_infinitive or is_effort) and before.has("no", "not", "cannot", "barely", "no_longer")


def _is_forgotten(clause: Clause, passage: Passage) -> bool:
    """Whether nobody knows when it was so: "ich weiß nicht mehr, wann ich eine Nacht ohne Husten geschlafen habe"."""
    before = passage.before(clause)
    if before is None or before.mark != "," or before.sentence != clause.sentence or not clause.begins_with("wh"):
        return False
    return before.has("know", "dont_know", "unknowing") and before.has("not", "no_longer", "dont_know", "cannot")


def _undoes_without(hit: Hit, clause: Clause) -> bool:
    """Whether it denies that anything is without a sore: "no me queda un rincón sin llaga"."""
    sores = [one.start for one in clause.all("aphtha", "lesion")]
    without = [one for one in clause.all("without") if any(0 <= at - one.end <= 1 for at in sores)]
    joints = [one.start for one in clause.all("and", "or") if one.start >= hit.end]
    return any(hit.end <= one.start and not any(at < one.start for at in joints) for one in without)
