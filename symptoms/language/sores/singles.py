"""One sore spoken of without a number: "a spot on my gum", "the sore", a bare "cold sore"."""

from __future__ import annotations

from typing import Final

from symptoms.language.sores.totals import Amount
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import Quantity

NEAR: Final = 3
SMALL: Final = ("mine", "last", "of", "place")
"""Words that may stand within a time."""
DISEASES: Final = (
    "itis",
    "ite",
    "entzundung",
    "ontsteking",
    "llagada",
    "ulcerada",
    "ulcerated",
    "blistered",
    "ulceree",
)
"""How the words for what is no single sore end: stomatitis, a mouth that is ulcerated."""
PLURALS: Final = {"en": ("s",), "fr": ("s", "x"), "nl": ("n", "s", "era"), "de": ("n", "ure", "era"), "es": ("s",)}


def single_in(clause: Clause, passage: Passage, counting: list[Quantity]) -> Amount | None:
    """One, when a sore is spoken of in the singular: "a spot", "the sore", a bare "cold sore".

    Beside numbers only "a" sore counts, and one that no number stands before: "an ulcer here and two there".
    """
    for noun in _nouns(clause, passage):
        is_plural = _is_plural(noun, clause, passage)
        there = {hit.start for hit in clause.all("there_are")}
        denied = {hit.end for hit in clause.all("not", "no", "no_longer")}
        words = [
            hit
            for hit in clause.all("article")
            if hit.start not in there
            and not (passage.tokens[hit.start - 1].is_number or hit.start in denied)
            and not _is_of_phrase(hit, clause)
        ]
        articles = _determining(words, noun, clause)
        if counting:
            return _beside_numbers(noun, articles, counting[0], clause) if not is_plural else None
        if _is_on_both_sides(noun, articles, clause, is_plural=is_plural):
            return Amount(2, noun.start, clause)
        if found := _said_to_be_one(noun, articles, clause, is_plural=is_plural):
            return found
    return None


def _is_plural(noun: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a word for sores ends like one for several, and no "das" stands before it: "das kleine Bläschen"."""
    if not passage.tokens[noun.end - 1].text.endswith(PLURALS[passage.lexicon.language]):
        return False
    sizes = [hit.start for hit in clause.all("size") if hit.end == noun.start]
    before = [at - 1 for at in [noun.start, *sizes] if at > clause.start]
    return not any(passage.says(at, "singular_the") for at in before)


def _is_of_phrase(article: Hit, clause: Clause) -> bool:
    """Whether it is the article of a time ("eine Weile"), or a preposition before "the": "an diesen Stellen"."""
    if any(hit.start <= article.start < hit.end for hit in clause.all("vague_long", "vague_days")):
        return True
    is_place = any(hit.start == article.start for hit in clause.all("place"))
    return is_place and any(hit.start == article.end for hit in clause.all("mine", "filler"))


def _nouns(clause: Clause, passage: Passage) -> list[Hit]:
    """The words for sores: not the names of diseases, nor those of which there are some, many, or none."""
    days = clause.all("vague_days")
    vague = [
        hit for hit in clause.all("vague_few", "many") if not any(one.start <= hit.start < one.end for one in days)
    ]
    vague = [hit for hit in vague if not _is_said_of_one(hit, clause, passage)]
    without = clause.all("without")
    nouns = [*clause.all("lesion", "aphtha"), *(clause.all("spot") if clause.has("mouthpart") else [])]
    return [
        noun
        for noun in nouns
        if not passage.tokens[noun.end - 1].text.endswith(DISEASES)
        and not any(0 <= noun.start - hit.end <= NEAR for hit in vague)
        and not any(0 <= noun.start - hit.end <= 1 for hit in without)
    ]


def _is_said_of_one(few: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a word for some is one for a single before a singular: "einzelne Aphthe", not "einzelne Aphthen"."""
    if not any(hit.start == few.start and hit.value == 1 for hit in clause.all("numbers")):
        return False
    plurals = PLURALS[passage.lexicon.language]
    nouns = [hit for hit in clause.all("aphtha", "lesion", "spot") if hit.start == few.end]
    return any(not passage.tokens[noun.end - 1].text.endswith(plurals) for noun in nouns)


def _determining(words: list[Hit], noun: Hit, clause: Clause) -> list[Hit]:
    """Those of the words that may belong to a noun: no part of the body and no unit of time stands between."""
    others = {hit.start for hit in clause.all("mouthpart", "units")}
    return [hit for hit in words if others.isdisjoint(range(hit.end, noun.start))]


def _beside_numbers(noun: Hit, articles: list[Hit], number: Quantity, clause: Clause) -> Amount | None:
    """An "ulcer" before a number that is not its own: "an ulcer here and two there", not "an ulcer or two"."""
    still = {hit.start for hit in clause.all("left")}
    joints = [hit.start for hit in clause.all("and")]
    is_sized = any(noun.end == hit.start or hit.end == noun.start for hit in clause.all("size"))
    is_listed = is_sized and any(noun.end <= at < number.at for at in joints) and noun.start - clause.start <= 2
    is_range = any(hit.end == number.at and hit.start not in still for hit in clause.all("or"))
    is_sore = not _is_no_sore(noun, clause) or (noun.kind == "spot" and _is_near(articles, noun, 1))
    own = _determining(clause.all("mine"), noun, clause)
    is_named = _is_near(own, noun) or noun.start - clause.start <= 1
    is_told_apart = is_named and any(noun.end <= at.start < number.at for at in clause.all("mouthpart", "throat"))
    if (
        is_range
        or noun.start >= number.at
        or not (is_sore and (is_told_apart or is_listed or _is_near(articles, noun)))
    ):
        return None
    is_on_sides = any(
        noun.end <= hit.start <= noun.end + NEAR - 1 and hit.end < number.at for hit in clause.all("each")
    )
    return Amount(1 + is_on_sides, noun.start, clause, is_single=not is_on_sides, is_placed=True)


def _is_on_both_sides(noun: Hit, articles: list[Hit], clause: Clause, *, is_plural: bool) -> bool:
    """Whether it is "both sores", or "a sore on each side"."""
    if is_plural:
        is_listed = any(hit.start == noun.end for hit in clause.all("and"))
        singly = {hit.start for hit in clause.all("every")}
        both = [hit for hit in clause.all("each") if hit.start not in singly]
        return not is_listed and any(0 <= noun.start - hit.end <= 1 for hit in both)
    sides = any(hit.end - hit.start > 1 for hit in clause.all("each"))
    return bool(articles) and (sides or _is_on_each_side(noun, clause))


def _said_to_be_one(noun: Hit, articles: list[Hit], clause: Clause, *, is_plural: bool) -> Amount | None:
    """One sore, by its article, by "my" or "the" before it, or because nothing stands before it."""
    if _is_said_of_place(noun, clause):
        return None
    articles = [hit for hit in articles if not _is_of_many(hit, noun, clause, is_plural)]
    if _is_near(articles, noun, NEAR - 1 - (noun.kind == "spot")):
        is_now = clause.has("only") and clause.has("now")
        is_placed = clause.has("mouthpart", "place")
        is_left = is_now and any(0 <= noun.start - hit.end <= NEAR - 1 for hit in clause.all("left"))
        return Amount(1, noun.start, clause, is_single=True, is_placed=is_placed, is_now=is_now, is_left=is_left)
    is_placed = any(hit.start == noun.end for hit in clause.all("place"))
    own = _determining(clause.all("mine", "same"), noun, clause) if noun.kind != "spot" or is_placed else []
    is_opening = noun.start <= _told_until(clause) + 1 and not _is_no_sore(noun, clause)
    is_opening = is_opening or _is_spot_in_place(noun, clause)
    if is_plural or not (noun.kind == "aphtha" or is_opening or _is_near(own, noun)):
        return None
    is_placed = is_placed or names_a_place(clause)
    is_new = is_opening and is_placed and not any(hit.start < noun.start for hit in own)
    is_first = any(hit.value == 1 and hit.end == noun.start for hit in clause.all("ordinals"))
    return Amount(1, noun.start, clause, is_single=True, is_new=is_new, is_placed=is_new, is_first=is_first)


def _told_until(clause: Clause) -> int:
    """Where a clause begins to say more than since when: "seit Heiligabend | offene Stelle"."""
    at = clause.start
    times = clause.all("since", "for", "days_ago", "weekdays", "feasts", "easter", "units", "months", "now", *SMALL)
    while ends := [hit.end for hit in [*times, *clause.numerals] if hit.start == at and hit.end > at]:
        at = max(ends)
    is_time = clause.start < at and any(hit.end == at and hit.kind not in SMALL for hit in times)
    return at if is_time else clause.start


def _is_spot_in_place(noun: Hit, clause: Clause) -> bool:
    """Whether it is a "spot on my palate" that opens a clause without its article."""
    is_pain = any(hit.start == noun.start for hit in clause.all("pain")) and names_a_place(clause)
    is_opening = (noun.kind == "spot" or is_pain) and noun.start == clause.start
    return is_opening and any(hit.start == noun.end for hit in clause.all("place"))


def names_one_sore(passage: Passage) -> bool:
    """Whether a sore is named in the singular with its article or number, and sores in the plural nowhere.

    "An outbreak of sores", "one of the ulcers", a mucositis and a bare "ulcer" leave open how many there are.
    """
    plurals, is_one = PLURALS[passage.lexicon.language], False
    for clause in passage.clauses:
        for noun in _nouns(clause, passage):
            if passage.tokens[noun.end - 1].text.endswith(plurals):
                return False
            numbered = _determining([*clause.all("article"), *clause.numerals], noun, clause)
            is_one = is_one or _is_near(numbered, noun)
    return is_one


def _is_near(words: list[Hit], noun: Hit, reach: int = NEAR - 1) -> bool:
    """Whether one of the words stands so many words before a noun, at most."""
    return any(0 <= noun.start - hit.end <= reach for hit in words)


def names_a_place(clause: Clause) -> bool:
    """Whether a part of the mouth is named, and not the mouth as a whole: "four in my mouth"."""
    whole = [(hit.start, hit.end) for hit in clause.all("pieces", "whole_mouth")]
    return any(not any(start <= hit.start < end for start, end in whole) for hit in clause.all("mouthpart"))


def _is_said_of_place(noun: Hit, clause: Clause) -> bool:
    """Whether it says how a place is: "a sore lip"."""
    is_pain = any(one.start == noun.start for one in clause.all("pain"))
    return is_pain and any(hit.start == noun.end for hit in clause.all("mouthpart"))


def _is_of_many(article: Hit, noun: Hit, clause: Clause, is_plural: bool) -> bool:
    """Whether it is the "a" of "a heap of sores"."""
    return is_plural and any(article.end < hit.start and hit.end <= noun.start for hit in clause.all("of"))


def _is_no_sore(noun: Hit, clause: Clause) -> bool:
    """Whether it may say how something is, and names no sore: "sore tongue"; or is none: "zéro plaie"."""
    if any(hit.end == noun.start for hit in clause.all("numbers", "no", "not")):
        return True
    return any(one.start == noun.start for one in clause.all("pain")) or noun.kind == "spot"


def _is_on_each_side(noun: Hit, clause: Clause) -> bool:
    """Whether it is "a sore on each side of the tongue"."""
    sides = clause.all("each")
    if any(0 <= hit.start - noun.end <= NEAR - 1 for hit in sides):
        return clause.has("mouthpart")
    both = any(0 <= part.start - hit.end <= 1 for hit in sides for part in clause.all("mouthpart"))
    return both and clause.has("place", "have")
