"""Of whom a clause speaks: the words that say who, and whether somebody writes for the patient."""

from __future__ import annotations

from typing import Final

from symptoms.language.scope.no_subjects import is_no_subject
from symptoms.language.scope.onlookers import is_addressed, is_machine, is_onlooker, is_somebody
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 2
DEGREE: Final = 4
"""Words between a degree and the "than" that goes with it."""
DANGERS: Final = frozenset(
    ["confused", "orientation", "nonsense", "unreal", "cannot_breathe", "broken_speech", "blue", "faint"]
)
OTHERS: Final = ("relative", "stranger", "someone", "origin", "somebody", "impersonal", "machine")
"""Classes of words that may name somebody else."""
WHO: Final = (*OTHERS, "addressed", "self", "have", "company")
"""Classes of words that may say who."""
OWNED: Final = group("content") | group("parts")


def is_by_carer(passage: Passage) -> bool:
    """Whether a carer writes for the patient: nobody but "she" is named, or kin take the drug or are in danger."""
    if any(_is_kin_of_the_patient(clause) for clause in passage.clauses) or _cares_for_kin(passage):
        return True
    kin = [clause for clause in passage.clauses if clause.has("relative")]
    if kin and all(clause.has("died") for clause in kin):
        return False
    names_others = passage.has("relative") or any(strangers_in(clause) for clause in passage.clauses)
    if not names_others or _names_the_patient(passage) or _is_in_danger(passage):
        return True
    for clause in passage.clauses:
        for drug in clause.all("drug"):
            if any(0 <= drug.start - one.end <= 1 for one in clause.all("no", "not")):
                continue
            subjects = [who for start, who in subjects_of(clause, passage, False) if start < drug.start]
            earlier = [one for one in passage.sentence_of(clause) if one.at < clause.at]
            for one in reversed(earlier):
                subjects = subjects or [who for _, who in subjects_of(one, passage, False)]
            ends = {one.end for one in clause.all("relative")}
            strangers = clause.has("stranger", "same") or any(one.start in ends for one in clause.all("origin"))
            if clause.has("relative", "someone") and not clause.has("self", "have") and not strangers:
                return True
            if subjects and subjects[-1] == "other" and not strangers:
                return True
    return False


def _is_kin_of_the_patient(clause: Clause) -> bool:
    """Whether the writer says whose kin they are: "je suis son épouse", "ich bin seine Frau"."""
    if not clause.has("relative"):
        return False
    hers = {one.start: one.end for one in clause.all("someone")}
    kin = {one.start for one in clause.all("relative")}
    return any(hers.get(one.end) in kin for one in clause.all("being"))


def _cares_for_kin(passage: Passage) -> bool:
    """Whether the writer helps kin, and tells nothing of themselves: "I help my mum, she is short of breath"."""
    caring = [clause for clause in passage.clauses if clause.has("caring_for") and clause.has("relative")]
    others = [clause for clause in passage.clauses if clause not in caring]
    is_of_kin = any(clause.has("someone", "relative") for clause in others)
    return bool(caring) and is_of_kin and not any(clause.has("self", "have", "stranger") for clause in others)


def _names_the_patient(passage: Passage) -> bool:
    """Whether somebody is called the patient, or said to have cancer: not who has it too."""
    return any(clause.has("patient") and not clause.has("also", "same") for clause in passage.clauses)


def _is_in_danger(passage: Passage) -> bool:
    """Whether kin are in danger now, and the writer says nothing of themselves: "mum doesn't know where she is"."""
    if passage.has("stranger", "advice", "used_to", "past_time", "same", "spectacle") or not passage.has("relative"):
        return False
    if any(clause.has("relative") and clause.has("patient", "also") for clause in passage.clauses):
        return False
    is_days_ago = any(hit.kind == "days_ago" and hit.value for hit in passage.hits)
    is_event = passage.has("had") or (passage.has("choke") and is_days_ago)
    if is_event and not passage.has("now"):
        return False
    is_today = any(hit.value == 0 for hit in passage.hits if hit.kind == "days_ago")
    dangers = DANGERS if passage.has("now") or is_today else DANGERS - {"faint"}
    if not passage.has(*dangers) or any(clause.mark == "?" for clause in passage.clauses):
        return False
    owners = [(clause, clause.all("relative")) for clause in passage.clauses]
    if any(_is_kin_of_others(kin, clause, passage) for clause, kins in owners for kin in kins):
        return False
    return not any(
        _is_speaker(hit, clause, kin, passage) for clause, kin in owners for hit in clause.all("self", "have")
    )


def _is_kin_of_others(kin: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether they are those of somebody with a name, before which an article may stand: "al hijo de la Paqui"."""
    if any(hit.end == kin.start for hit in clause.all("self")):
        return False
    ofs = {hit.start: hit.end for hit in clause.all("of")}
    articles = {hit.start: hit.end for hit in clause.all("mine")}
    at = articles.get(ofs.get(kin.end, -1), clause.end)
    return at < clause.end and not passage.lexicon.is_known(passage.tokens[at].text)


def subjects_of(clause: Clause, passage: Passage, is_carer: bool) -> list[tuple[int, str]]:
    """Places and owners of the words that say who: the patient or somebody else."""
    telling = clause.all(*WHO)
    if not telling:
        return []
    owners = clause.all("relative", "stranger")
    found: list[tuple[int, str]] = []
    compared = {hit.end + skipped for hit in _comparing(clause) for skipped in (0, 1)}
    impersonal = {hit.start for hit in clause.all("there_are", "ago", "sum")}
    for hit in telling:
        if hit.kind in ("relative", "stranger"):
            if not (hit.start in compared or is_no_subject(hit, clause, passage)):
                found.append((hit.start, "patient" if is_carer and hit.kind == "relative" else "other"))
        elif hit.kind == "someone":
            is_subject = hit.start not in impersonal and not _is_object(hit, clause)
            if is_subject and not any(one.start == hit.end for one in owners):
                found.append((hit.start, "patient" if is_carer or is_onlooker(hit, clause, passage) else "other"))
        elif _is_unnamed(hit, clause, passage):
            found.append((hit.start, "other"))
        elif (
            is_addressed(hit, clause, passage) or _is_speaker(hit, clause, owners, passage) or _is_with_me(hit, clause)
        ):
            found.append((hit.start, "patient"))
    return sorted(set(found))


def _comparing(clause: Clause) -> list[Hit]:
    """The words after which others are only compared with: "like my friends", "sooner breathless than my friends"."""
    degrees = [hit.end for hit in clause.all("more_so", "less", "different")]
    thans = [hit for hit in clause.all("than") if any(0 <= hit.start - end <= DEGREE for end in degrees)]
    return clause.all("like", "as_if") + thans


def _is_unnamed(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is somebody else whom no word for people names, or a machine that pants."""
    is_of_a_name = hit.kind == "origin" and _is_of_a_name(hit, clause, passage)
    return is_of_a_name or is_somebody(hit, clause, passage) or is_machine(hit, clause)


def _is_done_to_me(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it only says of others what they do for "me": "la muchacha que me ayuda"; not "le digo que me ahogo"."""
    if hit.start < clause.start + 2 or not passage.says(hit.start - 1, "that_of"):
        return False
    is_theirs = any(one.end in (hit.start - 1, hit.start) for one in clause.all("relative", "stranger"))
    is_me = any(one.start == hit.start for one in clause.all("me"))
    return is_me and is_theirs and not any(one.start <= hit.end <= one.end for one in clause.all(*OWNED))


def _is_with_me(hit: Hit, clause: Clause) -> bool:
    """Whether a clause begins with that it is of the speaker: "meine Schwester hatte das, bei mir sind es fünf"."""
    is_first = hit.kind == "company" and hit.start == clause.start
    return is_first and any(one.start == hit.end for one in clause.all("me"))


def _is_object(someone: Hit, clause: Clause) -> bool:
    """Whether "I" stands right before it: the "sie" of "gezählt hab ich sie nicht"."""
    determiners = {one.start for one in clause.all("mine")}
    return any(one.end == someone.start and one.start not in determiners for one in clause.all("self"))


def strangers_in(clause: Clause) -> list[Hit]:
    """The words for others: not the "two others", "otras dos" of what is counted."""
    if not clause.has("stranger"):
        return []
    counted = {at for hit in clause.numerals if (hit.value or 0) > 1 for at in (hit.start, hit.end)}
    new = {hit.start for hit in clause.all("new") if hit.start in counted or hit.end in counted}
    return [hit for hit in clause.all("stranger") if hit.start not in new]


def _is_of_a_name(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a name stands before it, a word that the lexicon does not know: "Sandra from the choir".

    Or kin who are none, "ma copine du yoga", or "the little one" that opens the text: "die Kleine von nebenan".
    """
    if hit.start == clause.start:
        return False
    if any(one.end == hit.start for one in clause.all("relative")):
        return True
    is_little = clause.at == 0 and any(one.end == hit.start and one.start == 1 for one in clause.all("size"))
    return is_little or not passage.lexicon.is_known(passage.tokens[hit.start - 1].text)


def _is_speaker(hit: Hit, clause: Clause, owners: list[Hit], passage: Passage) -> bool:
    """Whether "I" or "my" makes the speaker the subject: not "my mate", nor "my" of what is no part of the body."""
    if hit.kind not in ("self", "have") or _is_done_to_me(hit, clause, passage):
        return False
    if any(0 <= one.start - hit.end <= 1 or one.start <= hit.start < one.end for one in owners):
        return False
    is_determiner = hit.kind == "self" and any(one.start == hit.start for one in clause.all("mine"))
    untils = {one.start for one in clause.all("until")}
    joints = [one for one in clause.all("place", "of", "for_to", "like", "ago") if one.start not in untils]
    is_object = any(one.end == hit.start for one in joints)
    if is_object and not is_determiner and hit.start > clause.start:
        return False
    done = {one.end for one in clause.all("for_to") if one.start > hit.end}
    near = 0 if is_object else NEAR
    return not is_determiner or any(
        0 <= one.start - hit.end <= near and one.start not in done for one in clause.all(*OWNED)
    )
