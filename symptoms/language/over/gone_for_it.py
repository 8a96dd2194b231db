"""Something else that has gone for the complaint, or has left it: "my voice is gone from all the coughing"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import SYMPTOMS
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 3
CAUSES: Final = ("because", "cause", "blamed")


def is_of_its_cause(gone: Hit, clause: Clause) -> bool:
    """Whether it is something else that has gone, because of the complaint: "meine Stimme ist weg vom Husten"."""
    symptoms = clause.all(*SYMPTOMS)
    if not symptoms or any(hit.start < gone.end for hit in symptoms) or not _is_of_a_thing(gone, clause):
        return False
    causes = [hit.end for hit in clause.all(*CAUSES) if hit.start >= gone.end]
    return any(end <= symptoms[0].start <= end + NEAR for end in causes)


def left_behind(gone: Hit, clause: Clause) -> bool:
    """Whether "and" goes on with a complaint that something else has left: "keelpijn weg en liet een hoest na"."""
    symptoms = {hit.start for hit in clause.all(*SYMPTOMS)}
    joints = [hit.end for hit in clause.all("and") if hit.start >= gone.end]
    if not joints or min(symptoms, default=0) < joints[0] or clause.has("no", "not", "no_answer", "also"):
        return False
    return any(hit.end in symptoms for hit in clause.all("article"))


def came_then(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a complaint came after what has gone: "na de hoest die weg was kwam de benauwdheid"."""
    determiners = {one.start for one in clause.all("mine", "article") if one.end == hit.start}
    froms = {one.start for one in clause.all("of")}
    begun = [one for one in clause.all("since") if one.end in determiners and one.start not in froms]
    gone = min((one.end for one in clause.all("gone")), default=clause.end)
    return any(gone <= one.start and not passage.says(one.start, "ever_since") for one in begun)


def is_for_it(clause: Clause) -> bool:
    """Whether a clause only names why what the clause before tells is so: "van al het hoesten", "por la tos"."""
    return any(hit.start == clause.start for hit in clause.all(*CAUSES))


def _is_of_a_thing(gone: Hit, clause: Clause) -> bool:
    """Whether a noun with "my" or "the" stands before the verb, or after it: not "I", nor a bare "rid of"."""
    return any(hit.end < gone.start or hit.start >= gone.end for hit in clause.all("mine"))
