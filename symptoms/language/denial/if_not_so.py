"""What is there, as things would be otherwise if it were less: "if I weren't coughing so much I'd come along"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import SYMPTOMS
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

WELL: Final = ("fine", "well", "clean", "sleep")
NEAR: Final = 3
"""Words between a symptom, its denial and its degree."""
SHORT: Final = 4
CONDITIONAL: Final = {"fr": ("rais", "rait", "raient"), "es": ("ria", "rias", "rian")}
"""How verbs of what would be so end, where a language has an ending for them."""


def if_not_so(clause: Clause) -> set[Hit]:
    """The symptoms of which an "if" denies the degree alone: "si je ne toussais pas autant", "als ik niet zo hoestte".

    Not where the symptom itself is denied: "if I'm not coughing by Friday".
    """
    if clause.has("hoped", "wished") or not (
        clause.begins_with("if") and clause.has("not", "no") and clause.has("so_much", "many", "like_this")
    ):
        return set()
    degrees = clause.all("so_much", "many", "like_this")
    conditions = [hit.end for hit in clause.all("if")]
    denials = [hit for hit in clause.all("not", "no") if any(end <= hit.start for end in conditions)]
    return {
        hit
        for hit in clause.all(*SYMPTOMS)
        if any(_is_near(hit, degree) for degree in degrees) and any(_is_near(hit, denial) for denial in denials)
    }


def but_for_it(clause: Clause, passage: Passage) -> set[Hit]:
    """The symptoms but for which all would be well: "without the cough I'd be fine", "wenn der Husten nicht wäre"."""
    sentence = passage.sentence_of(clause)
    words = (at for one in sentence for at in range(one.start, one.end))
    if not any(one.has(*WELL) for one in sentence) or not any(passage.says(at, "would") for at in words):
        return set()
    determined = {one.end: one.start for one in clause.all("mine") if one.end - one.start == 1}
    determined |= {one.end: determined[one.start] for one in clause.numerals if one.start in determined}
    articles = range(clause.start, clause.end)
    determined |= {at + 1: at for at in articles if passage.says(at, "general_articles") and at + 1 not in determined}
    withouts = {one.end for one in clause.all("without")}
    conditions = [one.start for one in clause.all("if", "excepting")]
    denials = clause.all("not", "no")
    return {
        hit
        for hit in clause.all(*SYMPTOMS)
        if hit.start in determined
        and (
            determined[hit.start] in withouts
            or (any(at < hit.start for at in conditions) and any(_is_near(hit, denial) for denial in denials))
        )
    }


def had_it_not(clause: Clause, passage: Passage) -> set[Hit]:
    """The symptoms of which an unreal condition wishes that they were not: "hätte ich keine Aphthen, würde ich essen".

    The sentence tells what would be so otherwise, and the condition begins with "if", "without" or its verb.
    """
    sentence = passage.sentence_of(clause)
    if clause.mark == "?" or not any(_tells_what_would_be(one, passage) for one in sentence):
        return set()
    denials = clause.all("no", "not") if _is_condition(clause, passage) else []
    denials = [hit for hit in denials if not any(would < hit.start for would in _woulds(clause, passage))]
    owned = {hit.start: hit.end for hit in clause.all("mine")}
    denials += [hit for hit in clause.all("without") if hit.start == clause.start and hit.end in owned]
    return {
        hit
        for hit in clause.all(*SYMPTOMS)
        if any(hit.start >= one.end and hit.start - one.end <= NEAR for one in denials)
        or any(hit.end <= one.start and one.end >= clause.end - 1 for one in denials)
    }


def _tells_what_would_be(clause: Clause, passage: Passage) -> bool:
    return bool(_woulds(clause, passage))


def _woulds(clause: Clause, passage: Passage) -> list[int]:
    """Where a verb of what would be so stands: "would", "würde", "mangerais", "comería"; not the "were" of an "if"."""
    endings = CONDITIONAL.get(passage.lexicon.language)
    words = ((at, passage.tokens[at].text) for at in range(clause.start + 1, clause.end))
    found = [at for at, word in words if endings is not None and len(word) > SHORT and word.endswith(endings)]
    found += [at for at in range(clause.start, clause.end) if passage.says(at, "would")]
    is_condition = _is_condition(clause, passage)
    return [at for at in found if not is_condition or not passage.says(at, "were")]


def _is_condition(clause: Clause, passage: Passage) -> bool:
    """Whether it begins with "if", or with its verb and who it is of: "hätte ich"; not "had no cough this week"."""
    is_denied = any(hit.start == clause.start + 1 for hit in clause.all("no", "not"))
    return clause.begins_with("if") or (passage.says(clause.start, "were") and not is_denied)


def _is_near(hit: Hit, other: Hit) -> bool:
    return max(hit.start - other.end, other.start - hit.end) <= NEAR
