"""A text in the light of one language: cut into sentences and clauses, with the words of the lexicon in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.dots import dots_of_dates
from symptoms.language.text.elisions import unelided
from symptoms.language.text.hits import Hit
from symptoms.language.text.lexicon import Lexicon
from symptoms.language.text.listed import with_listed
from symptoms.language.text.marks import is_break, joining_marks
from symptoms.language.text.persons import with_persons
from symptoms.language.text.put_right import without_answers_denying
from symptoms.language.text.turns import turns_of
from symptoms.language.text.words import Token, tokenise

SENTENCE_ENDS: Final = frozenset(".!?\n…")
LONGEST: Final = 40
"""Words of a clause that no mark ends."""

LONGEST_SENTENCE: Final = 150
"""Words and marks after which a comma begins a new sentence: so the longest list of anything is read in good time."""


def read_passage(text: str, lexicon: Lexicon) -> Passage:
    """The clauses of a text, with the words that the lexicon knows."""
    tokens = unelided(tokenise(text, lexicon.language), lexicon)
    hits = with_persons(with_listed(lexicon.find(tokens), tokens), tokens, lexicon)
    hits = without_answers_denying(hits, tokens, lexicon.function_words["bare_no"])
    whole = _clause_of(hits, len(tokens))
    if dots := dots_of_dates(tokens, whole, lexicon.language):
        hits = [replace(hit, end=hit.end + 1) if hit.kind == "numbered" and hit.end in dots else hit for hit in hits]
        whole = _clause_of(hits, len(tokens))
    figures = [at for at, token in enumerate(tokens) if token.is_number]
    clauses = list(_clauses(tokens, whole, dots, lexicon.language))
    sentences: dict[int, list[Clause]] = {}
    for at, clause in enumerate(clauses):
        clause.at = at
        sentences.setdefault(clause.sentence, []).append(clause)
    _fill(clauses, hits, [at for at in figures if tokens[at].text.isdecimal()], tokens)
    return Passage(lexicon, tokens, hits, clauses, sentences, dots, whole.kinds, has_figures=bool(figures))


def _clause_of(hits: Iterable[Hit], end: int) -> Clause:
    """A whole text as one clause."""
    clause = Clause(0, end, 0)
    for hit in hits:
        clause.add(hit)
    return clause


def _fill(clauses: Iterable[Clause], hits: list[Hit], digits: list[int], tokens: list[Token]) -> None:
    """Give each clause its hits, and its numbers in digits: no denial that ends in the next one, as "ne ... pas"."""
    next_hit = next_digit = 0
    for clause in clauses:
        while next_hit < len(hits) and (hit := hits[next_hit]).start < clause.end:
            if hit.start >= clause.start and not (hit.kind == "not" and hit.end > clause.end):
                clause.add(hit)
            next_hit += 1
        while next_digit < len(digits) and (at := digits[next_digit]) < clause.end:
            clause.digits.append(Hit("numbers", at, at + 1, float(tokens[at].text)))
            next_digit += 1
        clause.numerals = [*clause.by_kind.get("numbers", ()), *clause.digits]


def _clauses(tokens: list[Token], whole: Clause, dots: frozenset[int], language: str) -> Iterator[Clause]:
    """Clauses between marks, and before "but", "because" and an "and" that a new subject follows."""
    breaks = [at for at, token in enumerate(tokens) if is_break(token)]
    ends = {*breaks, len(tokens)}
    turns = turns_of(tokens, whole, ends, language)
    joined = dots | joining_marks(tokens, whole, breaks, language)
    start = sentence = begun = 0
    for at, token in enumerate(tokens):
        if at in ends:
            if at in joined:
                continue
            if at > start:
                yield Clause(start, at, sentence, token.text)
            start = at + 1
            if token.text in SENTENCE_ENDS or start - begun > LONGEST_SENTENCE:
                sentence, begun = sentence + 1, start
        elif (at in turns and at > start and not (at == start + 1 and start in turns)) or at - start >= LONGEST:
            yield Clause(start, at, sentence)
            start = at
    if len(tokens) > start:
        yield Clause(start, len(tokens), sentence)
