"""What is denied along with a thing: what it is of, and what "or" adds: "no cough or sores"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import CONTENT, NEAR, SYMPTOMS
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

BRINGING_UP: Final = ("cough", "bring_up", "phlegm")


def same_place(contents: list[Hit], hit: Hit) -> set[Hit]:
    """A hit with the other classes of the same words."""
    return {other for other in contents if other.start < hit.end and hit.start < other.end}


def with_listed(first: Hit, contents: list[Hit], clause: Clause, passage: Passage) -> set[Hit]:
    """What is denied, with that of which it is said, and what "or" adds: no trouble breathing; no cough or sores."""
    denied = same_place(contents, first)
    end = first.end
    if first.kind == "rest":
        had = {hit.end for hit in clause.all("have") if hit.start >= end and not clause.begins_with("if")}
        denied |= {hit for hit in contents if hit.kind in SYMPTOMS and hit.start in had}
    if first.kind in ("trouble", "pain", "chest", "mouthpart", "throat"):
        of_what = [hit for hit in contents if end <= hit.start <= end + NEAR and hit.kind not in ("fine", "gone")]
        of_what = of_what if not any(end <= hit.start for hit in clause.all("affirmed")) else []
        denied |= same_place(contents, of_what[0]) if of_what else set()
    if first.kind in BRINGING_UP:
        denied |= {hit for hit in contents if hit.kind == "blood" and hit.start >= end}
    for joint in clause.all("or"):
        if clause.has("still") or joint.start < end or joint.start - end > 2:
            continue
        if added := [hit for hit in contents if joint.end <= hit.start <= joint.end + 3]:
            denied |= same_place(contents, added[0])
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
            later.end - later.start <= 5
            and contents
            and not later.has("self", "have", "since", "no", "not", "ago", "left", "still")
        )
        if later.sentence != clause.sentence or not is_bare:
            return set()
        found |= set(contents)
        if later.has("or"):
            return found
        if later.mark != ",":
            return set()
    return set()
