"""Since when a symptom is there: which of the times of a text is that of its beginning."""

from __future__ import annotations

from typing import Final

from symptoms.language.classes import group
from symptoms.language.clauses import Clause
from symptoms.language.eating import is_hindered
from symptoms.language.mentions import Mention
from symptoms.language.reader import Reader
from symptoms.language.times import Since

OTHER_TIMES: Final = group("other_times")


def onset_of(mentions: list[Mention], reader: Reader) -> Since | None:
    """Since when, by the clauses of the mentions, else by one beside them that names nothing else."""
    for mention in mentions:
        if found := [since for since in reader.times(mention.clause) if since.is_beginning]:
            is_shared = mention.clause.has("cough", "breathless") and mention.clause.has("aphtha", "lesion")
            return min(found, key=lambda since: abs(since.at - mention.hit.start)) if is_shared else found[0]
    for mention in mentions:
        for clause in sorted(reader.passage.clauses, key=lambda one: abs(one.at - mention.clause.at)):
            others = clause.has(*OTHER_TIMES) and not _is_only_company(clause)
            found = [since for since in reader.times(clause) if since.is_beginning]
            if clause is not mention.clause and not others and found:
                return found[0]
    sentences = [clause for mention in mentions for clause in reader.passage.sentence_of(mention.clause)]
    named = [clause for clause in sentences if clause.has("sudden") or not clause.has(*OTHER_TIMES)]
    own = [mention.clause for mention in mentions]
    return next((since for clause in [*own, *named] for since in reader.times(clause)), None)


def onset_of_eating(reader: Reader) -> Since | None:
    hindered = [clause for clause in reader.passage.clauses if is_hindered(clause, reader)]
    for clause in hindered:
        if found := [since for one in reader.passage.sentence_of(clause) for since in reader.times(one)]:
            return found[0]
    return None


def _is_only_company(clause: Clause) -> bool:
    """Whether the only other matter of a clause is who goes along: "I can't keep up with my wife"."""
    return clause.has("company", "relative") and not clause.has(*(OTHER_TIMES - {"relative", "stranger"}))
