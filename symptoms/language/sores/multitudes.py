"""Which words say that there are many sores, without a number."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.lifted import of_all
from symptoms.language.reading.reader import Reader
from symptoms.language.sores.countable import NOUNS
from symptoms.language.sores.left_over import left_overs
from symptoms.language.sores.mouth import hardly_any_unhurt
from symptoms.language.sores.singles import PLURALS
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 3
FAR: Final = 5
"""Words between a part of the mouth and the sores of which it is full."""
OTHER_MATTERS: Final = group("content") - group("of_sores")
OF_OTHERS: Final = ("plan", "treatment", "relative", "stranger", "household", "ask")
"""What there are many of that is no sore: "loads of appointments"."""


def are_many(clauses: list[Clause], reader: Reader) -> bool:
    """Whether one of the clauses that count sores says that there are many, or the rest of its sentence does."""
    sentences = [one for clause in clauses for one in reader.passage.sentence_of(clause)]
    return any(is_many(clause, reader) for clause in clauses) or any(
        bool(hardly_any_unhurt(clause)) for clause in sentences
    )


def is_many(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says that there are many sores, in a word or by how it puts them."""
    if clause.has("had") and clause.has("days_ago", "weekdays", "used_to") and not clause.has("since"):
        return False
    if clause.has("had") and _is_come_down(clause, reader):
        return False
    before = reader.passage.before(clause)
    if before is not None and before.numerals and clause.end - clause.start == 2 and clause.begins_with("all_of"):
        return False
    return (
        _is_word_for_many(clause, reader)
        or _is_nothing_without(clause)
        or bool(of_all(clause, reader.passage))
        or _is_all_of_a_part(clause, reader.passage)
        or _is_part_full_of_them(clause, reader.passage)
        or _is_under_them(clause, reader.passage)
        or _is_all_open(clause, reader.passage)
        or (_is_one_more_each_time(clause) and not _is_summed_up(clause, reader))
        or _is_one_beside_the_other(clause, reader.passage)
        or _are_more_than_teeth(clause)
        or _is_nothing_but_sores(clause)
    )


def _is_come_down(clause: Clause, reader: Reader) -> bool:
    """Whether the sentence goes on with the few that are left of many: "I was covered, but there are only 3 left"."""
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or clause.has("now", "still"):
        return False
    more = ("another", "new", "joined", "gone", "mouthpart", "no", "not", *OTHER_MATTERS)
    return bool(after.numerals) and after.has("only") and bool(left_overs(after)) and not after.has(*more)


def _is_word_for_many(clause: Clause, reader: Reader) -> bool:
    """Whether a word for many stands beside the word for sores, or in a clause of its own: "loads"."""
    all_of = {(hit.start, hit.end) for hit in clause.all("all_of")}
    many = [hit for hit in clause.all("many") if (hit.start, hit.end) not in all_of or _is_before_sore(hit, clause)]
    long = clause.all("vague_long", "mistaken", "observe")
    many = [hit for hit in many if not any(one.start <= hit.start < one.end for one in long)]
    bare = [hit for hit in many if _is_bare(hit, clause) and not _is_of_others(hit, clause, reader)]
    compared = [hit for hit in clause.all("than") if not any(one.start <= hit.start < one.end for one in many)]
    if bare and not compared and not clause.has(*OTHER_MATTERS, "no", "not", "goes_on", "gone", "fewer"):
        return True
    if any(hit.end <= one.start for hit in clause.all("cannot") for one in many):
        return not clause.has(*OTHER_MATTERS)
    fewer = {hit.start for hit in clause.all("fewer", "less", "less_than")}
    return any(_is_about_sores(hit, clause) and hit.end not in fewer for hit in many)


def _is_bare(hit: Hit, clause: Clause) -> bool:
    """Whether a clause has little more than it, or only words that the lexicon has: "there are loads of them now"."""
    known = {at for one in clause.hits for at in range(one.start, one.end)}
    is_brief = clause.end - clause.start - (hit.end - hit.start) <= NEAR
    return is_brief or (known.issuperset(range(clause.start, clause.end)) and not clause.has("pain"))


def _is_of_others(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether others have many, or there are many of something else: "massa's vragen", "loads of appointments"."""
    at = next((one.end for one in clause.all("of") if one.start == hit.end), hit.end)
    known = {place for one in clause.hits for place in range(one.start, one.end)}
    is_noun = at < clause.end and reader.passage.tokens[at].is_word and at not in known
    is_thing = is_noun or any(one.start == at for one in clause.all(*OF_OTHERS))
    return is_thing or reader.scope.is_others(hit, clause)


def _is_before_sore(hit: Hit, clause: Clause) -> bool:
    return any(0 <= noun.start - hit.end <= 1 for noun in clause.all(*NOUNS))


def _is_about_sores(hit: Hit, clause: Clause) -> bool:
    nouns = clause.all(*NOUNS) or ([] if clause.has("pain") else clause.all("mouthpart"))
    return any(max(noun.start - hit.end, hit.start - noun.end) <= NEAR + 1 for noun in nouns)


def _is_nothing_without(clause: Clause) -> bool:
    """Whether nothing is without a sore: "there isn't a spot without one"; not "never without one", which is long."""
    sores = [hit.start for hit in clause.all("aphtha", "lesion")]
    withouts = [hit for hit in clause.all("without") if any(0 <= at - hit.end <= 1 for at in sores)]
    denials = [hit.end for hit in clause.all("no", "not", "barely")]
    return not clause.has("units", "since") and any(at <= hit.start for hit in withouts for at in denials)


def _is_all_of_a_part(clause: Clause, passage: Passage) -> bool:
    """Whether sores are said of all of a part of the mouth: "they have spread over my whole tongue"."""
    parts = clause.all("mouthpart")
    wholes = clause.all("whole")
    is_all = any(0 <= part.start - hit.end <= 1 or hit.start == part.end for hit in wholes for part in parts)
    return is_all and not clause.numerals and bool(_plurals(clause, passage)) and not clause.has("pain", "no", "not")


def _is_all_open(clause: Clause, passage: Passage) -> bool:
    """Whether all of the mouth is one open sore: "heel mijn mond ligt open", "der ganze Mund ist offen"."""
    parts = [hit.start for hit in clause.all("whole_mouth")]
    wholes = [hit for hit in clause.all("whole") if any(0 <= at - hit.end <= 1 for at in parts)]
    is_open = any(passage.says(at, "open") for at in range(clause.start, clause.end))
    return bool(wholes) and is_open and not clause.numerals and not clause.has("no", "not")


def _is_part_full_of_them(clause: Clause, passage: Passage) -> bool:
    """Whether a part of the mouth is said to be something with sores, in a word that no lexicon has: "gespickt mit"."""
    parts = [hit.end for hit in clause.all("mouthpart")]
    numbers = [hit.start for hit in clause.numerals]
    for noun in _plurals(clause, passage):
        for link in clause.all("of", "company"):
            if not 0 <= noun.start - link.end < NEAR or any(link.end <= at < noun.start for at in numbers):
                continue
            said = {at for end in parts if 0 < link.start - end <= FAR for at in range(end, link.start)}
            if any(passage.tokens[at].is_word and not passage.lexicon.is_known(passage.tokens[at].text) for at in said):
                return True
    return False


def _is_under_them(clause: Clause, passage: Passage) -> bool:
    """Whether a part of the mouth is "under" sores, and so full of them: "hele mond onder de blaren"."""
    plurals = [noun.start for noun in _plurals(clause, passage)]
    parts = [hit.end for hit in clause.all("mouthpart")]
    unders = [hit for hit in clause.all("place") if passage.says(hit.start, "covered_by")]
    is_under = any(0 <= at - hit.end <= 1 for hit in unders for at in plurals)
    return is_under and any(0 <= hit.start - end <= NEAR - 1 for hit in unders for end in parts)


def _is_one_more_each_time(clause: Clause) -> bool:
    """Whether another comes time after time: "every time I look there is a new one"; not "one in every cheek"."""
    places = {hit.start for hit in clause.all("mouthpart", "place")}
    times = [hit for hit in clause.all("every") if places.isdisjoint((hit.end, hit.end + 1))]
    return bool(times) and clause.has("another", "new") and not clause.has(*OTHER_MATTERS)


def _is_summed_up(clause: Clause, reader: Reader) -> bool:
    """Whether the sentence ends with what they come to: "another each day, which makes three"."""
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or not after.begins_with("sum"):
        return False
    sums = [hit.end for hit in after.all("sum")]
    return any(hit.end == after.end and any(0 <= hit.start - end <= 1 for end in sums) for hit in after.numerals)


def _is_one_beside_the_other(clause: Clause, passage: Passage) -> bool:
    """Whether the same word for a sore stands twice with no more than a word between: "Aphthe an Aphthe"."""
    sores = [hit.start for hit in clause.all("aphtha", "lesion") if hit.end - hit.start == 1]
    joints = {hit.start for hit in clause.all("and", "or", "no", "not")}
    texts = {at: passage.tokens[at].text for at in sores}
    return any(texts.get(at + 2) == text and at + 1 not in joints for at, text in texts.items())


def _are_more_than_teeth(clause: Clause) -> bool:
    """Whether there are more sores than something of which everybody has many: "more sores than teeth"."""
    sores = clause.all("aphtha", "lesion")
    more = [hit.end for hit in clause.all("new", "more_than", "further")]
    teeth = [hit.start for hit in clause.all("tooth", "unhurt")]
    return any(hit.start in more and 0 < at - hit.end < NEAR for hit in sores for at in teeth)


def _is_nothing_but_sores(clause: Clause) -> bool:
    """Whether the mouth is said to be nothing else: "my mouth is one single sore"."""
    sores = [hit.start for hit in clause.all(*NOUNS)]
    parts = [hit.end for hit in clause.all("whole_mouth")]
    phrases = [hit for hit in clause.all("nothing_but") if any(0 <= hit.start - at <= 1 for at in parts)]
    return any(0 <= at - hit.end < NEAR for hit in phrases for at in sores)


def _plurals(clause: Clause, passage: Passage) -> list[Hit]:
    """The words for sores that stand in the plural."""
    endings = PLURALS[passage.lexicon.language]
    return [hit for hit in clause.all(*NOUNS) if passage.tokens[hit.end - 1].text.endswith(endings)]
