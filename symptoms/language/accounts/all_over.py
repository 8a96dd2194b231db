"""Whether a text tells of nothing but symptoms that have gone or are denied: then nothing urgent is left in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from symptoms.language.accounts.claims import is_claim_denied
from symptoms.language.accounts.finding_mentions import find_mentions
from symptoms.language.denial.denying import CONTENT
from symptoms.language.reading.mentions import Mention, Status
from symptoms.language.reading.reader import Reader
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause

SYMPTOMS: Final = ("cough", "breathless", "aphtha", "lesion")
GOING: Final = ("gone", "closed", "done_with", "being")
CALM: Final = frozenset({"gone", "fine", "well", "clean", "state", "closing", "rest", "trivial", "less"})
"""What a clause may say beside what has gone."""

WELL: Final = ("clean", "fine", "well")
PLACES: Final = frozenset({"mouthpart", "throat", "tongue", "lip", "chest", "lungs", "breathe", "air"})
"""What is told to be well: "since then my lungs are clear"."""

TELLING: Final = (
    CONTENT
    | group("of_body")
    | group("parts")
    | group("complaints")
    | {"many", "if", "only", "worse", "further", "yes", "affirmed", "also", "but"}
) - CALM - {"left", "goes_on"}  # fmt: skip
"""What a clause does not have that tells nothing of the body."""

LIMITS: Final = ("if", "only", "excepting", "hardly_any", "barely", "told", "promised", "hoped", "wished", "supposed")
BRIEF: Final = 4
"""Words of a clause beside that tells nothing, or nothing that is well."""

STRANGE: Final = 2
"""Words of a clause that the lexicon does not know."""


def is_all_over(reader: Reader) -> bool:
    """Whether every clause says of a symptom that it has gone or is not there, or says nothing of the body at all."""
    passage = reader.passage
    if not passage.has(*GOING, "no", "not", "no_answer", "no_longer"):
        return False
    mentions = find_mentions(reader)
    denied = [one for one in mentions if one.status is Status.ABSENT]
    by_clause: dict[int, list[Mention]] = {}
    for one in mentions if denied else ():
        if is_claim_denied(one, denied):
            one = replace(one, status=Status.ABSENT)
        by_clause.setdefault(one.clause.at, []).append(one)
    return bool(denied) and all(
        _is_over(clause, by_clause[clause.at], reader) if clause.at in by_clause else _is_beside(clause, reader)
        for clause in passage.clauses
    )


def _is_over(clause: Clause, mentions: list[Mention], reader: Reader) -> bool:
    """Whether all that a clause mentions is denied or has gone, and nothing else of the body is told in it."""
    if clause.has(*LIMITS) or clause.mark == "?":
        return False
    if any(one.status is not Status.ABSENT and not reader.scope.is_over(one.hit, clause) for one in mentions):
        return False
    starts = {one.hit.start for one in mentions}
    others = [hit for hit in clause.all(*(CONTENT - CALM)) if hit.start not in starts and hit not in reader.denied]
    return all(hit.kind == "worse" and hit.end in starts for hit in others)


def _is_beside(clause: Clause, reader: Reader) -> bool:
    """Whether it tells nothing of the body, or that all is well: few words of it are unknown, none is of a complaint.

    "Now it is quiet", "the syrup is back in the cupboard", "my lungs have been clear since".
    """
    if clause.has("harmless"):
        return True
    known = {at for hit in clause.hits for at in range(hit.start, hit.end)}
    words = [at for at in range(clause.start, clause.end) if reader.passage.tokens[at].is_word and at not in known]
    if clause.numerals or len(words) > STRANGE or clause.has(*SYMPTOMS, "not", "no", "no_answer"):
        return False
    is_well = bool(reader.facts(clause, *WELL))
    if not is_well and clause.end - clause.start > BRIEF:
        return False
    telling = TELLING - PLACES if is_well else TELLING
    starts = {hit.start for hit in clause.all("now")}
    return all(hit.kind == "but" and (hit.start in starts or clause.begins_with("but")) for hit in clause.all(*telling))
