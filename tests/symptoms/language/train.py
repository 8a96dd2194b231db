"""Makes the weights of the second reader from the sentences that are there to learn from: the same for the same ones.

A support vector machine with squared losses, solved one sentence at a time (Hsieh et al., ICML 2008): additions and
multiplications alone, so that every machine comes to the same numbers. How much has to be said before it speaks up is
decided on batches of sentences which it has not learnt from, whose authors it does not know.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from array import array
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any, Final

from symptoms.language.accounts import second_reader
from symptoms.language.accounts.account import Account, give_account
from symptoms.language.accounts.second_reader import (
    BUCKETS,
    WEIGHTS,
    Suspicion,
    bucket_of,
    is_nameable,
    names_of,
    pieces_of,
)
from symptoms.language.labels import label
from symptoms.language.reading.reader import read as read_text
from symptoms.language.text.lexicon import load_lexicon
from symptoms.language.text.passages import read_passage
from tests.symptoms.language.measuring import SENTENCES, Labels, read

LEARNT_FROM: Final = ("dev", "dev_hard", "dev_amounts")
TARGET: Final = Path(second_reader.__file__).with_name(WEIGHTS)

IS_SO: Final[dict[Suspicion, Callable[[Labels], bool]]] = {
    Suspicion.URGENT: lambda labels: bool(labels["urgent_by_review"]),
    Suspicion.EMERGENCY: lambda labels: bool(labels["emergency"]),
    Suspicion.MOUTH_SORES: lambda labels: labels["mouth_lesions"] == "present",
}
FALSE_ALARMS: Final = {Suspicion.URGENT: 0.017, Suspicion.EMERGENCY: 0.005, Suspicion.MOUTH_SORES: 0.006}
"""The share of all sentences that tell no such thing of which it may speak up beside the rules."""

FALSE_ALARMS_OF_BARE_SORES: Final = 0.15
"""Of the texts that tell of sores, nothing else about them and nothing urgent, the share that may be suspected."""

ALWAYS: Final = BUCKETS
"""The place of what every sentence has."""

ROUNDS: Final = 12
FOLDS: Final = 5
SOFTNESS: Final = 0.5
"""1 / 2C of the machine: the larger, the less it is bent by a single sentence."""

Row = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as the share of each bucket, what it tells, and which suspicions would add to what the rules find."""

    batch: str
    row: Row
    wanted: Labels
    addable: frozenset[Suspicion]
    has_bare_sores: bool


def main() -> int:
    argparse.ArgumentParser(prog="python -m tests.symptoms.language.train", description=__doc__).parse_args()
    examples = [example_of(sentence) for name in LEARNT_FROM for sentence in read(name)]
    made: dict[str, Any] = {"learnt_from": checksum()}
    for suspicion in Suspicion:
        *learnt, always = learn(examples, IS_SO[suspicion])
        weights, scale = _rounded(learnt)
        cuts = {name: round((score - always) / scale, 1) for name, score in thresholds(examples, suspicion).items()}
        made[suspicion] = {**cuts, "weights": b64encode(weights.tobytes()).decode()}
    TARGET.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return 0


def checksum() -> str:
    """The fingerprint of the sentences that the weights are made from."""
    return hashlib.sha256(b"".join((SENTENCES / f"{name}.jsonl").read_bytes() for name in LEARNT_FROM)).hexdigest()


def example_of(sentence: dict[str, Any]) -> Example:
    passage = read_passage(sentence["text"], load_lexicon(sentence["lang"]))
    reader = read_text(passage, date.fromisoformat(sentence["today"]))
    counts = Counter(bucket_of(name) for piece in pieces_of(reader) for name in names_of(piece))
    length = sqrt(sum(counts.values()))
    row = [*((bucket, count / length) for bucket, count in counts.items()), (ALWAYS, 1.0)]
    account = give_account(reader)
    addable = frozenset(one for one in _addable(account) if is_nameable(one, reader))
    return Example(_batch(sentence["id"]), row, sentence["labels"], addable, account.has_bare_sores)


def _addable(account: Account) -> Iterator[Suspicion]:
    """The suspicions that would change what is understood of a text."""
    by_rules = label(account)
    for suspicion, is_so in IS_SO.items():
        if not is_so(by_rules) and is_so(label(replace(account, suspected={suspicion: ()}))):
            yield suspicion


def _batch(name: str) -> str:
    """Who wrote a sentence when, by its id: `fr-k012` and `de-k301` are of one batch, `es-am7042` is of the seventh."""
    return re.sub(r"\b(en|fr|nl|de|es)\b|-", "", re.sub(r"\d{1,3}$", "", name))


def learn(examples: Sequence[Example], is_so: Callable[[Labels], bool]) -> list[float]:
    """The weight of every bucket, and at the end that of any text at all."""
    rows = [example.row for example in examples]
    signs = [1.0 if is_so(example.wanted) else -1.0 for example in examples]
    squares = [sum(share * share for _, share in row) + SOFTNESS for row in rows]
    pull, weights = [0.0] * len(rows), [0.0] * (ALWAYS + 1)
    order, random = list(range(len(rows))), Random(4)
    for _ in range(ROUNDS):
        random.shuffle(order)
        for at in order:
            row, sign = rows[at], signs[at]
            margin = sign * sum([weights[bucket] * share for bucket, share in row])
            wanted = max(pull[at] - (margin - 1 + pull[at] * SOFTNESS) / squares[at], 0.0)
            step = (wanted - pull[at]) * sign
            if step:
                pull[at] = wanted
                for bucket, share in row:
                    weights[bucket] += step * share
    return weights


def thresholds(examples: Sequence[Example], suspicion: Suspicion) -> dict[str, float]:
    """The scores above which no more false alarms are left than may be, among sentences of unknown authors."""
    is_so = IS_SO[suspicion]
    scores: list[float] = []
    of_bare_sores: list[float] = []
    for left_out in _folds(examples):
        weights = learn([one for one in examples if one.batch not in left_out], is_so)
        unseen = [one for one in examples if one.batch in left_out and not is_so(one.wanted)]
        for one in unseen:
            if suspicion in one.addable:
                score = sum([weights[bucket] * share for bucket, share in one.row])
                scores.append(score)
                of_bare_sores += [score] if one.has_bare_sores else []
    allowed = int(FALSE_ALARMS[suspicion] * sum(not is_so(one.wanted) for one in examples))
    found = {"cut": sorted(scores, reverse=True)[allowed]}
    if suspicion is Suspicion.URGENT:
        allowed = int(FALSE_ALARMS_OF_BARE_SORES * len(of_bare_sores))
        found["cut_of_bare_sores"] = sorted(of_bare_sores, reverse=True)[allowed]
    return found


def _folds(examples: Sequence[Example]) -> list[set[str]]:
    """The batches in groups of about the same number of sentences."""
    sizes = Counter(example.batch for example in examples)
    folds: list[set[str]] = [set() for _ in range(FOLDS)]
    filled: dict[int, int] = defaultdict(int)
    for batch, size in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0])):
        emptiest = min(range(FOLDS), key=lambda at: filled[at])
        folds[emptiest].add(batch)
        filled[emptiest] += size
    return folds


def _rounded(weights: Sequence[float]) -> tuple[array[int], float]:
    """Weights as whole numbers from -127 to 127, and what one of them is worth."""
    scale = max(abs(weight) for weight in weights) / 127
    return array("b", [round(weight / scale) for weight in weights]), scale


if __name__ == "__main__":
    sys.exit(main())
