"""Whether a reply only asks: "is that normal?", "what does mild mean?". A question answers none."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause
from symptoms.language.text.numbers import numbers_in

TAG: Final = 2
"""Words of a clause behind a sentence that only asks for a yes to it: "all fine, right?"."""
ASKING: Final = ("ask", "why", "wh", "how_many")
AGREEING: Final = ("yes", "no_answer", "not", "or", "acknowledge", "fine")


def only_asks(reader: Reader) -> bool:
    """Whether every sentence of a reply asks, and tells nothing first: not "yes, is that bad?".

    Numbers that nothing but a question mark doubts are told: "3?", "since 2 days?".
    """
    if reader.passage.has("puzzled"):
        return True
    sentences = {clause.sentence: reader.passage.sentence_of(clause) for clause in reader.passage.clauses}
    return bool(sentences) and all(_is_asked(clauses, reader) for clauses in sentences.values())


def _is_asked(sentence: list[Clause], reader: Reader) -> bool:
    first, last = sentence[0], sentence[-1]
    if _asks_of_this(first, reader):
        return True
    if last.mark != "?":
        return False
    if any(first.begins_with(kind) for kind in ASKING):
        return True
    if any(numbers_in(clause, reader.passage) for clause in sentence) or first.has("days_ago", "weekdays"):
        return False
    return len(sentence) == 1 or (last.end - last.start <= TAG and last.has(*AGREEING))


def _asks_of_this(clause: Clause, reader: Reader) -> bool:
    """Whether it asks without a question mark: "is that normal", "why"."""
    if clause.begins_with("why"):
        return True
    verbs = {hit.end for hit in clause.all("ask") if hit.start == clause.start}
    return any(at < clause.end and reader.passage.says(at, "this") for at in verbs)
