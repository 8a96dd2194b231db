"""What one negation denies: the thing that stands next to it, by the ways of its language."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.anew import opens_anew
from symptoms.language.denial.denied_along import same_place, with_listed
from symptoms.language.denial.denied_before import (
    falls_back_on,
    is_about_last,
    is_none_in_mouth,
    is_said_twice,
    joined_before,
    named_as_topic,
    named_before,
    preceding,
    without_bearers,
)
from symptoms.language.denial.denied_in_part import is_number_denied, is_the_one, leaves_some
from symptoms.language.denial.denying import CONTENT, NEAR, SYMPTOMS
from symptoms.language.denial.lifted import CONCORD
from symptoms.language.denial.out_of_reach import is_beyond, keeps_from
from symptoms.language.text.clauses import TOPICS, Clause, Passage
from symptoms.language.text.hits import Hit

AGREEING: Final = ("fine", "breathless", "cannot_breathe", "off_food", "hearty")
"""Classes whose phrases may deny by themselves."""
LACKS: Final = ("breathless", "cannot_breathe")
"""Those of them that no language lets a second negation undo."""
BRINGING_UP: Final = ("cough", "bring_up", "phlegm")
REACH: Final = 6
"""Words between a negation and what it denies."""


def object_of(negation: Hit, clause: Clause, passage: Passage, denied: set[Hit]) -> set[Hit]:
    """What one negation is about: what it encloses, what stands before it in some languages, else what follows."""
    if leaves_some(negation, clause, passage):
        return set()
    contents = [hit for hit in clause.hits if hit.kind in CONTENT and not _holds(hit, negation)]
    small = {hit.start for hit in clause.all("for_to")}
    contents = [hit for hit in contents if hit.kind != "closing" or hit.end - hit.start > 1 or hit.start not in small]
    is_concord = passage.lexicon.language in CONCORD
    contents = [
        hit for hit in contents if not (is_concord or _is_lack_beside(hit, negation)) or not _agrees(hit, passage)
    ]
    is_none = negation.kind == "no"
    is_none = is_none and not any(hit.end == negation.start for hit in clause.all(*TOPICS))
    contents = [hit for hit in contents if (is_none and hit.start == negation.end) or not _is_affirmed(hit, clause)]
    inside = [hit for hit in contents if negation.start < hit.start and _ends_within(hit, negation)]
    if inside:
        return _enclosed(inside[0], negation, contents, clause, passage)
    first, last = _around(negation, contents, clause, passage)
    is_joined = any(hit.start == negation.start for hit in clause.all("or"))
    is_joined = is_joined and first is not None and first.kind != "quiet_verb"
    is_joined = is_joined and not (last and is_the_one(last, negation, clause))
    if (
        last
        and first
        and last.end == negation.start
        and (is_joined or is_said_twice(last, first, negation, clause, passage))
    ):
        named = named_as_topic(last, contents, clause, passage)
        return same_place(contents, last) | named | with_listed(first, contents, clause, passage)
    is_next = first is not None and first.start == negation.end and (last in denied or _is_of_how(first, last))
    if last and not is_next and is_about_last(last, negation, clause, passage):
        blood = {hit for hit in contents if hit.kind == "blood" and hit.end == last.start and last.kind in BRINGING_UP}
        return same_place(contents, last) | joined_before(last, negation, contents, clause) | blood
    if first and first.kind == "quiet_verb" and (unnoticed := _not_noticed(first, contents, clause)):
        return with_listed(unnoticed, contents, clause, passage)
    if is_none_in_mouth(negation, clause, passage):
        return named_before(negation, clause, passage)
    if first:
        is_number = is_number_denied(first, negation, clause, passage)
        return set() if is_number else with_listed(first, contents, clause, passage)
    if last and falls_back_on(last, negation, clause, passage):
        return same_place(contents, last) | named_as_topic(last, contents, clause, passage)
    return set() if contents else named_before(negation, clause, passage)


def _around(negation: Hit, contents: list[Hit], clause: Clause, passage: Passage) -> tuple[Hit | None, Hit | None]:
    """What stands first after a negation and last before it, of that which it may be about."""
    first = next(iter(_following(negation, contents, clause, passage)), None)
    last = preceding(negation, without_bearers(contents, clause), clause)
    if first is not None and keeps_from(first, last, negation, clause):
        first = None
    is_apart = last is not None and is_beyond(last, negation, clause)
    return first, None if is_apart else last


def _is_affirmed(hit: Hit, clause: Clause) -> bool:
    """Whether a clause ends with it and a "yes": "aften niet hoest wel"."""
    return any(one.start == hit.end and one.end == clause.end for one in clause.all("affirmed"))


def _enclosed(inside: Hit, negation: Hit, contents: list[Hit], clause: Clause, passage: Passage) -> set[Hit]:
    """What the two words of a negation enclose, or what is not noticed: "ne remarque aucune toux"."""
    if inside.kind == "quiet_verb" and (unnoticed := _not_noticed(inside, contents, clause)):
        return with_listed(unnoticed, contents, clause, passage)
    return set() if is_number_denied(inside, negation, clause, passage) else same_place(contents, inside)


def _not_noticed(verb: Hit, contents: list[Hit], clause: Clause) -> Hit | None:
    """What nobody notices for it is not there: "no noto tos", "no noto que me falte"; not "no noto las llagas"."""
    if not any(hit.start == verb.start for hit in clause.all("observe")):
        return None
    between = {hit.start: hit.end for hit in clause.all("vague_few", "no")}
    between |= {hit.start: hit.end for hit in clause.all("mine") if hit.end - hit.start > 1}
    start = between.get(verb.end, verb.end)
    return next((hit for hit in contents if hit.start == start and hit.kind in SYMPTOMS), None)


def _ends_at_and(negation: Hit, clause: Clause) -> bool:
    """Whether it ends what "and" goes on from: "ich rühre mich nicht und suche nach Luft"."""
    return any(hit.start == negation.end for hit in clause.all("and"))


def _is_of_how(first: Hit, last: Hit | None) -> bool:
    """Whether how something goes is denied, not that it does: "Nahrungsaufnahme nicht eingeschränkt"."""
    return first.kind in ("trouble", "pain") and last is not None and last.kind in ("eat", "drink", "swallow")


def _ends_within(hit: Hit, negation: Hit) -> bool:
    """Whether the two words of a negation enclose it, or the second is its own: "ne faisant rien"; no whole answer."""
    is_rest = hit.kind == "rest" and hit.end == negation.end
    return negation.kind != "no_answer" and (hit.end < negation.end or is_rest)


def _agrees(hit: Hit, passage: Passage) -> bool:
    """Whether a phrase denies by itself, and so only agrees with the negation beside it: "no tengo ningún problema"."""
    if hit.end - hit.start < 2 or hit.kind not in AGREEING:
        return False
    first, *others = [
        {entry.kind for entry in passage.lexicon.entries(token.text) if not entry.rest}
        for token in passage.tokens[hit.start : hit.end]
    ]
    words = [first] if hit.kind == "fine" else [first, *others]
    return "without" not in first and any(not kinds.isdisjoint(("no", "not")) for kinds in words)


def _is_lack_beside(hit: Hit, negation: Hit) -> bool:
    """Whether it may be a lack that a negation after it, or close before it, only says again, as in many a dialect:
    "koa luft nimmer", "ain't got no breath left", "nooit geen adem"; not "nicht dass ich keine Luft kriege"."""
    return hit.kind in LACKS and (hit.end <= negation.start or 0 <= hit.start - negation.end <= 1)


def _holds(hit: Hit, negation: Hit) -> bool:
    """Whether the negation is one of the words of a phrase, which it cannot deny."""
    return hit.end - hit.start > 1 and hit.start <= negation.start and negation.end <= hit.end


def _following(negation: Hit, contents: list[Hit], clause: Clause, passage: Passage) -> list[Hit]:
    """What a negation may be about after it: not over "without" or "why", nor over a new subject or a "but yes".

    "No lie, I have sores"; "I don't know why I cough"; "geen pijn wel benauwd".
    """
    if negation.kind == "not" and passage.lexicon.follows_verb and _ends_at_and(negation, clause):
        return []
    openers = clause.all("have") if negation.kind == "no" else _contracted(negation, clause)
    if negation.kind == "not":
        openers += [hit for hit in clause.all("have") if passage.says(hit.start, "i_before_have")]
    openers += [hit for hit in clause.all("without", "correction") if hit.start >= negation.end]
    openers += opens_anew(negation, clause, passage)
    asides = ("how_many", "why", "wh", "affirmed") if passage.lexicon.follows_verb else ("how_many", "why")
    said_of = {hit.end for hit in clause.all("untrue")}
    openers += [hit for hit in clause.all(*asides) if hit.start >= negation.end and hit.start not in said_of]
    openers += [hit for hit in clause.all("or") if any(hit.end == one.start for one in clause.all("self", "have"))]
    ends = [hit.start - 1 for hit in openers if hit.start >= negation.end]
    if negation.kind == "not":
        ends += _ends_of_other_verb(negation, contents, clause)
    reach = min([negation.end + REACH, *ends])
    return [hit for hit in contents if negation.end <= hit.start <= reach]


def _contracted(negation: Hit, clause: Clause) -> list[Hit]:
    """The "I'm" and "I've" some words after a "can't": "cant say my own address in one go im so out of breath"."""
    if clause.has("wh", "if") or not any(
        (one.start, one.end) == (negation.start, negation.end) for one in clause.all("cannot")
    ):
        return []
    own = {(hit.start, hit.end) for hit in clause.all("self")}
    return [hit for hit in clause.all("have") if (hit.start, hit.end) in own and hit.start - negation.end >= NEAR]


def _ends_of_other_verb(negation: Hit, contents: list[Hit], clause: Clause) -> list[int]:
    """Where "and" goes on after a verb of no concern that is denied: "I don't smoke and get breathless"."""
    joints = [hit.start for hit in clause.all("and") if hit.start > negation.end]
    return [joints[0] - 1] if joints and not any(negation.end <= hit.start < joints[0] for hit in contents) else []
