"""Others who are named and have nothing: who looks into the speaker's mouth, and people that nobody knows."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 2
SORES: Final = ("aphtha", "lesion", "spot")
PANTING: Final = ("cough", "breathless", "cannot_breathe", "harmless")
BREATH: Final = ("cough", "breathless", "cannot_breathe", "faint")


def is_onlooker(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a "she" is who looks into the speaker's mouth: "my wife took a torch, she sees five ulcers".

    Not where the mouth is hers, nor where sores of hers were told of before: "my sister has ulcers, she counted four".
    """
    if not passage.says(hit.start, "they") or any(one.start >= hit.end for one in clause.all("someone")):
        return False
    seen = [one for one in clause.all("observe") if one.start >= hit.end]
    if not any(one.start - hit.end <= NEAR or one.end == clause.end for one in seen):
        return False
    earlier = [one for one in passage.clauses[: clause.at] if one.has(*SORES)]
    return not any(one.has("relative", "stranger", "someone") for one in earlier)


def is_addressed(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is what kin say to the speaker: "my daughter says: mum you've got six ulcers"."""
    if hit.kind != "addressed":
        return False
    before = [one for one in passage.sentence_of(clause) if one.at < clause.at]
    return any(one.start < hit.start for one in clause.all("relative", "stranger")) or any(
        one.has("relative", "stranger") for one in before
    )


def is_machine(hit: Hit, clause: Clause) -> bool:
    """Whether it opens a clause as what pants and coughs: "die alte Kaffeemaschine keucht", "the boiler coughs".

    Not where the speaker is named, nor any effort but a hill that it pants on.
    """
    determiners = {one.start for one in clause.all("mine", "article")}
    own = [one for one in clause.all("self", "have", "me") if one.start not in determiners]
    efforts = [one for one in clause.all("moderate_effort", "minimal_effort") if one.start != hit.start]
    pants = [one.end for one in clause.all(*PANTING) if 0 <= one.start - hit.end <= 1]
    if pants:
        efforts = [one for one in efforts if one.start < pants[0]]
    if hit.kind != "machine" or own or efforts:
        return False
    panting = clause.all(*PANTING)
    if hit.start == clause.start:
        return any(0 <= one.start - hit.end <= 1 or one.start == hit.start for one in panting)
    if clause.start not in determiners or hit.start - clause.start > NEAR:
        return False
    joined = {one.end for one in panting}
    joints = [one.start for one in clause.all("and", "because", "if", "after", "cause", "say")]
    joints = [at for at in joints if at not in joined]
    following = [one.start for one in panting if 0 <= one.start - hit.end <= NEAR + 1]
    return any(not any(hit.end <= joint < at for joint in joints) for at in following)


def is_somebody(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is people without a name who cough or faint: "im Büro wird gehustet", "y en a un qui tousse".

    Not where sores are told of, which are "one" too, nor where the speaker is named: "bei mir wird gehustet".
    """
    if hit.kind not in ("somebody", "impersonal") or clause.has("self", "have"):
        return False
    if hit.kind == "impersonal":
        return clause.has("among_people") and any(_is_done(one, hit, passage) for one in clause.all("cough"))
    after = passage.after(clause)
    is_of_breath = clause.has(*BREATH) or (after is not None and hit.end == clause.end and after.has(*BREATH))
    is_article = passage.tokens[hit.end - 1].text == "eine" and hit.end < clause.end
    return is_of_breath and not is_article and not passage.has(*SORES)


def _is_done(cough: Hit, verb: Hit, passage: Passage) -> bool:
    """Whether it is the coughing that is done: "wird wieder gehustet", "ça tousse"; not "wird der Husten schlimm"."""
    return cough.start == verb.end or passage.tokens[cough.start].text.startswith("ge")
