"""The words of a clause that deny, without those that limit, lift or only belong to a phrase."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.lifted import is_doubled, is_lifted, of_all
from symptoms.language.denial.without import undone_withouts
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

CONTENT: Final = group("content")
"""Classes that a negation can be about."""

PHRASES: Final = (CONTENT - {"fine", "clean", "gone"}) | {
    "still", "broken_speech", "barely", "cannot", "weep", "vague_long", "long_unknown"
}  # fmt: skip
"""Classes of which a phrase may hold a negation that denies nothing else."""

DENIALS: Final = ("no", "not", "cannot", "fine", "well", "no_answer")
"""Classes of words that may deny."""

NEAR: Final = 3
SYMPTOMS: Final = ("cough", "breathless", "aphtha", "lesion")


def negations_in(clause: Clause, passage: Passage) -> list[Hit]:
    """The negations of a clause: those of one anchor once, without "not only", "no more than" and "not without"."""
    if not clause.has(*DENIALS):
        return []
    found = {**_words_that_deny(clause, passage), **_phrases_that_deny(clause, passage)}
    for hit in clause.all("no_answer"):
        is_last = ends_clause(hit, clause) or _answers_topic(hit, clause, passage)
        if is_last and not _is_in_longer_phrase(hit, clause):
            found = {end: one for end, one in found.items() if end <= hit.start}
            found[hit.end] = hit
    return sorted(found.values(), key=lambda hit: hit.start)


def _words_that_deny(clause: Clause, passage: Passage) -> dict[int, Hit]:
    """The words for "no" and "not" that deny something, by their ends: the longest of those with one end."""
    found: dict[int, Hit] = {}
    undone, whole = undone_withouts(clause, passage), of_all(clause, passage)
    for hit in clause.all("no", "not"):
        if hit in undone or hit.start in whole or is_lifted(hit, clause, passage) or _is_in_phrase(hit, clause):
            continue
        known = found.get(hit.end)
        found[hit.end] = hit if known is None or hit.start < known.start else known
    return {end: one for end, one in found.items() if not is_doubled(one, clause, passage)}


def _phrases_that_deny(clause: Clause, passage: Passage) -> dict[int, Hit]:
    """The denials within "I cannot see any" and "no trouble with", by their ends."""
    found: dict[int, Hit] = {}
    for hit in clause.all("cannot") if clause.has("observe") else []:
        if any(one.kind == "no" and not one.rest for one in passage.lexicon.entries(passage.tokens[hit.end - 1].text)):
            found[hit.end] = hit
    for hit in clause.all("fine", "well"):
        if _denies_what_follows(hit, clause, passage):
            found[hit.start + 1] = Hit("no", hit.start, hit.start + 1)
    return found


def ends_clause(hit: Hit, clause: Clause) -> bool:
    """Whether it ends the clause, but for thanks, or "and" after a symptom: "ni una gracias a Dios"."""
    thanks = {at for one in clause.all("luckily") for at in range(one.start, one.end)}
    is_word = hit.kind == "no_answer" and hit.end - hit.start == 1
    if is_word and any(one.start == hit.end for one in clause.all("and")):
        return any(one.end == hit.start for one in clause.all("cough", "breathless", "aphtha", "lesion"))
    return all(at in thanks for at in range(hit.end, clause.end))


def _answers_topic(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it answers the bare topic before it, and denies nothing that follows: "cough? no, long gone"."""
    is_asked = hit.start - 1 > clause.start and passage.tokens[hit.start - 1].text == "?"
    near = [one for one in clause.hits if one.kind in CONTENT and hit.end <= one.start <= hit.end + NEAR]
    is_limited = any(
        one.start >= hit.end for one in clause.all("only", "excepting", "trivial", "barely", "less", "but")
    )
    return is_asked and not is_limited and all(one.kind == "gone" for one in near)


def _denies_what_follows(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is a "no trouble" after which it is said with what, and not with "my" or "the two"."""
    first, *others = [token.text for token in passage.tokens[hit.start : hit.end]]
    opening = [entry.rest for entry in passage.lexicon.entries(first) if entry.kind == "no"]
    if not any(others and tuple(others[: len(rest)]) == rest for rest in opening):
        return False
    contents = [one for one in clause.hits if one.kind in CONTENT and one.end > hit.end and one.start > hit.start]
    contents = [one for one in contents if one.start <= hit.end + NEAR]
    determined = {one.end for one in clause.all("mine", "numbers", "article")}
    return bool(contents) and contents[0].start not in determined


def _is_in_phrase(hit: Hit, clause: Clause) -> bool:
    """Whether it is part of a phrase that says something else: "ne passe pas", "stelt niks voor"."""
    phrases = [one for one in clause.all(*PHRASES) if one.end - one.start > 1]
    anything = {one.start for one in clause.all("vague_few")}
    unnoticed = {one.end for one in clause.all("quiet_verb")} & anything
    return any(one.start <= hit.start and hit.end <= one.end and one.end not in unnoticed for one in phrases)


def _is_in_longer_phrase(hit: Hit, clause: Clause) -> bool:
    """Whether it is the end of a phrase that says something else: "so viele hatte ich noch nie"."""
    return any(one.start < hit.start and hit.end <= one.end for one in clause.all(*PHRASES))
