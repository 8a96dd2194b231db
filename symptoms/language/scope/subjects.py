"""Of whom a clause speaks: the words that say who, and whether somebody writes for the patient."""

from __future__ import annotations

from typing import Final

from symptoms.language.scope.onlookers import SORES, is_addressed, is_machine, is_onlooker, is_somebody
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 2
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
    return not any(_is_speaker(hit, clause, kin) for clause, kin in owners for hit in clause.all("self", "have"))


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
    compared = {hit.end + skipped for hit in clause.all("like", "as_if") for skipped in (0, 1)}
    impersonal = {hit.start for hit in clause.all("there_are", "ago", "sum")}
    for hit in telling:
        if hit.kind in ("relative", "stranger") and (hit.start in compared or _is_no_subject(hit, clause)):
            continue
        if hit.kind == "relative" and _is_done_to(hit, clause, passage):
            continue
        if hit.kind in ("relative", "stranger"):
            found.append((hit.start, "patient" if is_carer and hit.kind == "relative" else "other"))
        elif hit.kind == "someone":
            is_subject = hit.start not in impersonal and not _is_object(hit, clause)
            if is_subject and not any(one.start == hit.end for one in owners):
                found.append((hit.start, "patient" if is_carer or is_onlooker(hit, clause, passage) else "other"))
        elif (
            (hit.kind == "origin" and _is_of_a_name(hit, clause, passage))
            or is_somebody(hit, clause, passage)
            or is_machine(hit, clause)
        ):
            found.append((hit.start, "other"))
        elif is_addressed(hit, clause, passage) or _is_speaker(hit, clause, owners) or _is_with_me(hit, clause):
            found.append((hit.start, "patient"))
    return sorted(set(found))


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


def _is_no_subject(hit: Hit, clause: Clause) -> bool:
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
        or _is_company(hit, clause)
        or _is_cook(hit, clause)
        or (hit.start in counted and (clause.has("self", "have") or not clause.has("cough", "breathless")))
        or is_number
        or (saw and not clause.has("someone"))
    )


def _is_quoted(hit: Hit, clause: Clause) -> bool:
    """Whether it is who says so of the speaker, who is named after: "volgens mijn man rochel ik de hele nacht"."""
    is_source = any(0 <= hit.start - one.end <= 1 for one in clause.all("according"))
    return is_source and any(one.start >= hit.end for one in clause.all("self", "have"))


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
    own = [one.end for one in clause.all("self") if one.end <= hit.start and one.start not in mine]
    if not own or not clause.has("moderate_effort", "minimal_effort"):
        return False
    others = clause.all("utter", "observe", "noticed", "say", "know", "wh", "and")
    return not any(own[-1] <= one.start < hit.start for one in others)


def _is_done_to(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether the speaker does something for them, which the case of "my" tells: "ich wollte meinem Enkel vorlesen"."""
    is_dative = hit.start > clause.start and passage.says(hit.start - 1, "dative")
    return is_dative and any(one.start == clause.start for one in clause.all("self"))


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


def _is_speaker(hit: Hit, clause: Clause, owners: list[Hit]) -> bool:
    """Whether "I" or "my" makes the speaker the subject: not "my mate", nor "my" of what is no part of the body."""
    if hit.kind not in ("self", "have"):
        return False
    if any(0 <= one.start - hit.end <= 1 or one.start <= hit.start < one.end for one in owners):
        return False
    is_determiner = hit.kind == "self" and any(one.start == hit.start for one in clause.all("mine"))
    is_object = any(one.end == hit.start for one in clause.all("place", "of", "for_to", "like", "ago"))
    if is_object and not is_determiner and hit.start > clause.start:
        return False
    done = {one.end for one in clause.all("for_to") if one.start > hit.end}
    return not is_determiner or any(
        0 <= one.start - hit.end <= NEAR and one.start not in done for one in clause.all(*OWNED)
    )
