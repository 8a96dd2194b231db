"""The numbers in a clause that count sores, and what is said of each: how many are left, healed, in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from symptoms.language.clauses import Clause, Passage
from symptoms.language.denying import is_limit
from symptoms.language.lexicon import Hit
from symptoms.language.numbers import Quantity, is_ordinal, numbers_in
from symptoms.language.reader import Reader

MAX_COUNT: Final = 99
NOUNS: Final = ("aphtha", "lesion", "spot")
NEAR: Final = 3
MAX_LOOSE: Final = 20
"""A larger number counts sores only with the word for them: it may be how old somebody is."""
NOT_SORES: Final = ("unit_other", "units", "months", "tooth")
OTHER_NUMBERS: Final = ("days_ago", "vague_few", "vague_days", "right_side", "sentence", "past_time", "ordinals")
PLURALS: Final = {"en": ("s",), "fr": ("s", "x"), "nl": ("en", "s"), "de": ("n",), "es": ("s",)}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of sores and where it stands.

    `is_single`: a sore spoken of in the singular, without a number; `is_new`: by "a", not "the" or "my".
    `is_total`: said to be all there are. `is_left`: what remains. `is_whole`: that of which another is a part.
    `is_healed`: so many went. `is_past`: so many there were. `is_now`: so many there are now. `is_bare`: it
    stands alone. `is_anchored`: the words around say that it counts sores. `is_doubtful`: "perhaps".
    """

    value: int
    at: int
    clause: Clause
    is_single: bool = False
    is_new: bool = True
    is_total: bool = False
    is_left: bool = False
    is_whole: bool = False
    is_healed: bool = False
    is_past: bool = False
    is_now: bool = False
    is_bare: bool = False
    is_anchored: bool = True
    is_doubtful: bool = False


def amounts_in(clause: Clause, reader: Reader) -> list[Amount]:
    """The amounts of sores in a clause, in order: not the numbers of days, doses, stairs or degrees."""
    passage = reader.passage
    others = [hit for hit in clause.all("another") if not _is_comparison(hit, clause)]
    counting = [number for number in numbers_in(clause, passage) if _counts(number, clause, reader)]
    counting = [one for one in counting if not any(hit.start <= one.at <= hit.end for hit in others)]
    anchored = [one for one in counting if _is_anchored(one, clause, passage)]
    counting = anchored or counting
    if clause.has("each") and len(counting) == 1 and clause.has("mouthpart"):
        counting = [Quantity(counting[0].value * 2, counting[0].at, counting[0].end)]
    found = [_amount(number, counting, clause, reader, bool(anchored)) for number in counting]
    found += [Amount(1, hit.start, clause, is_single=True) for hit in others if not clause.has("gone")]
    if not counting and (single := _single(clause, passage)):
        found.append(single)
    return sorted(found, key=lambda amount: amount.at)


def _is_comparison(hit: Hit, clause: Clause) -> bool:
    """Whether "one more" is only compared with what was: "one more than yesterday"."""
    return any(0 <= one.start - hit.end <= NEAR for one in clause.all("than"))


def _amount(number: Quantity, numbers: list[Quantity], clause: Clause, reader: Reader, is_anchored: bool) -> Amount:
    is_whole = _is_introduced(number.at, clause, "of", "between", "place") and any(
        0 < number.at - one.end <= NEAR + 1 for one in numbers
    )
    is_kept = _says_left(clause) or clause.has("still")
    is_ended = not is_kept and any(hit not in reader.denied for hit in clause.all("gone"))
    when = _when(number.at, clause)
    is_article = any(hit.start == number.at for hit in clause.all("article"))
    is_the_one = number.value == 1 and any(
        hit.end == number.at for hit in clause.all("mine", "only", "same", "ordinals")
    )
    return Amount(
        value=int(number.value),
        at=number.at,
        clause=clause,
        is_total=_is_introduced(number.at, clause, "sum") or _is_followed(number, clause, "sum"),
        is_left=(_says_left(clause) and not is_whole) or _is_come_down_to(number, numbers, clause),
        is_whole=is_whole,
        is_healed=is_ended,
        is_past=when == "past",
        is_now=when == "now",
        is_bare=clause.end - clause.start <= 2 and not clause.has("mouthpart"),
        is_single=is_the_one or (number.value == 1 and is_article),
        is_new=not is_the_one,
        is_anchored=is_anchored or _is_known(number, reader.passage),
        is_doubtful=clause.has("unsure"),
    )


def _says_left(clause: Clause) -> bool:
    """Whether something is left over, rather than on the left."""
    sides = clause.all("right_side")
    return any(not any(one.start <= hit.start < one.end for one in sides) for hit in clause.all("left"))


def _is_come_down_to(number: Quantity, numbers: list[Quantity], clause: Clause) -> bool:
    """Whether it is the three of "from six to three"."""
    is_end = _is_introduced(number.at, clause, "for_to") and clause.has("between")
    return is_end and any(one.at < number.at and one.value > number.value for one in numbers)


def _when(at: int, clause: Clause) -> str:
    """Whether a number is of now or of the past, by the nearest word before it that says so, else by any."""
    hits = clause.all("now", "had", "used_to", "past_time", "days_ago", "weekdays")
    hits = [hit for hit in hits if hit.kind not in ("days_ago", "weekdays") or not _is_since(hit, clause)]
    if not hits:
        return ""
    before = [hit for hit in hits if hit.start <= at]
    said = before[-1] if before else hits[0]
    return "now" if said.kind == "now" or (said.kind == "days_ago" and not said.value) else "past"


def _is_since(day: Hit, clause: Clause) -> bool:
    """Whether a day is the first of something that lasts."""
    return any(0 <= day.start - hit.end <= 1 for hit in clause.all("since", "for"))


def _is_introduced(at: int, clause: Clause, *kinds: str) -> bool:
    return any(0 <= at - hit.end <= 1 for hit in clause.all(*kinds))


def _is_followed(number: Quantity, clause: Clause, *kinds: str) -> bool:
    return any(0 <= hit.start - number.end <= 1 for hit in clause.all(*kinds))


def _counts(number: Quantity, clause: Clause, reader: Reader) -> bool:
    """Whether a number can be one of sores."""
    if number.value != int(number.value) or not 0 < number.value <= MAX_COUNT:
        return False
    determined = {hit.end for hit in clause.all("mine")}
    units = [unit for unit in clause.all(*NOT_SORES) if unit.start not in determined]
    reach = 0 if any(hit.start == number.end for hit in clause.all(*NOUNS)) else 1
    if any(number.end <= unit.start <= number.end + reach for unit in units):
        return False
    if any(hit.start <= number.at < hit.end for hit in clause.all(*OTHER_NUMBERS)):
        return False
    if any(hit.end == number.at for hit in clause.all("numbered")) or _is_denied(number, clause):
        return False
    if _is_score(number, clause, reader.passage):
        return False
    if is_ordinal(number, reader.passage) or (number.value > MAX_LOOSE and not _has_noun(number, clause)):
        return False
    is_article = any(hit.start == number.at for hit in clause.all("article"))
    is_placed = any(hit.end == number.at for hit in clause.all("place", "of"))
    if is_article and (is_placed or not _is_anchored(number, clause, reader.passage)):
        return False
    return number.at not in {since.at for since in reader.times(clause)}


def _is_score(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether it is one of a scale: "hurts 8 out of 10"."""
    scale = any(token.text == "10" for token in passage.tokens[clause.start : clause.end])
    return clause.has("pain") and scale and not _has_noun(number, clause)


def _has_noun(number: Quantity, clause: Clause) -> bool:
    later = [one.start for one in clause.all("numbers") if one.start >= number.end]
    reach = min([number.end + NEAR, *later])
    return any(number.end <= hit.start <= reach for hit in clause.all(*NOUNS))


def _is_denied(number: Quantity, clause: Clause) -> bool:
    """Whether the number itself is denied: "not three but five"."""
    return any(
        number.at - hit.end in (0, 1)
        for hit in clause.all("not", "no")
        if hit.start < number.at and not is_limit(hit, clause)
    )


def _is_anchored(number: Quantity, clause: Clause, passage: Passage) -> bool:
    """Whether the words around a number say that it counts sores: a sore or a place follows, or nothing does."""
    if number.end == clause.end or not passage.tokens[number.end].is_word:
        return True
    if _has_noun(number, clause) or _is_introduced(number.at, clause, "left", "sum"):
        return True
    if any(number.end <= hit.start <= number.end + 1 for hit in clause.all("pieces", "left")):
        return True
    if any(number.end <= hit.start <= number.end + 1 for hit in clause.all("place")):
        return True
    return any(hit.start == number.end for hit in clause.all("of", "another", "and", "but", "since"))


def _single(clause: Clause, passage: Passage) -> Amount | None:
    """One, when a sore is spoken of in the singular: "a spot", "the sore", a bare "cold sore"."""
    plural = PLURALS[passage.lexicon.language]
    vague = clause.all("vague_few")
    for noun in clause.all("lesion", "aphtha"):
        word = passage.tokens[noun.end - 1].text
        if any(0 <= noun.start - hit.end <= NEAR for hit in vague):
            continue
        if any(0 <= noun.start - hit.end <= NEAR - 1 for hit in clause.all("article")):
            return Amount(1, noun.start, clause, is_single=True)
        is_determined = noun.kind == "aphtha" or any(0 <= noun.start - hit.end <= 1 for hit in clause.all("mine"))
        if is_determined and not word.endswith(plural):
            return Amount(1, noun.start, clause, is_single=True, is_new=False)
    return None


def _is_known(number: Quantity, passage: Passage) -> bool:
    """Whether the word after a number is one of the lexicon, and so no noun that has nothing to do with sores."""
    return number.end < len(passage.tokens) and passage.lexicon.is_known(passage.tokens[number.end].text)
