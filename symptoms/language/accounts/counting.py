"""How many sores: counts, sums, what is left of them, and amounts that have no number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from symptoms.language.over.shared_endings import all_gone
from symptoms.language.reading.mentions import Mention
from symptoms.language.reading.reader import Reader
from symptoms.language.scope.subjects import strangers_in
from symptoms.language.sores.amounts import amounts_in
from symptoms.language.sores.compared_numbers import compared
from symptoms.language.sores.corrections import without_taken_back
from symptoms.language.sores.mouth import is_elsewhere
from symptoms.language.sores.multitudes import are_many
from symptoms.language.sores.singles import PLURALS
from symptoms.language.sores.totals import Amount, total_of
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import numbers_in

MAX_COUNT: Final = 99
REACH: Final = 3
MONTH: Final = 30
MORE_THAN: Final = 3
"""Sores of which more are urgent (S-11)."""
OTHER_MATTERS: Final = group("content") - group("of_sores")
AFTER_ORDINALS: Final = (
    "aphtha", "lesion", "spot", "mouthpart", "place", "numbers", "article", "since", "for", "had", "now", "days_ago",
    "weekdays", "also", "another", "and", "but", "size", "filler", "self", "have", "new", "still", "left", "observe",
    "gone", "sudden", "further", "pain", "wh",
)  # fmt: skip
"""What follows on an ordinal that counts sores: not the box of "my third box"."""
JOINTS: Final = (
    "mouthpart", "place", "wh", "no_answer", "sum", "correction", "slip", "now", "since", "weekdays", "observe",
)  # fmt: skip
PLACES: Final = ("mouthpart", "mine", "place", "and", "of", "right_side")
COUNTING_WORDS: Final = group("counting_words") - {"units", "months", "every"}
INTAKE: Final = group("intake") | {"fine", "quiet_verb"}


@dataclass(frozen=True, slots=True)
class Count:
    """A number of sores. `value` is None when only "more than three", or "not more", is said."""

    value: int | None = None
    is_over_three: bool | None = None


def count_sores(mentions: list[Mention], reader: Reader) -> Count:
    """How many sores the mentions tell of, all in all."""
    clauses = _counting_clauses(mentions, reader)
    return _count(clauses, reader, has_many=are_many(clauses, reader))


def count_in_reply(reader: Reader) -> Count:
    """How many sores a text names that answers the question how many there are."""
    clauses = reader.passage.clauses
    return _count(clauses, reader, has_many=reader.passage.has("many"))


def _count(clauses: list[Clause], reader: Reader, *, has_many: bool) -> Count:
    amounts = [amount for clause in clauses for amount in amounts_in(clause, reader)]
    amounts = [one for one in without_taken_back(amounts, reader) if not _is_echo(one, amounts, reader)]
    amounts = compared([one for one in amounts if not _is_former(one, amounts)], reader)
    healed_at = _healed_at(reader)
    amounts = [one for one in amounts if one.clause.at > healed_at] or amounts
    amounts = [one for one in amounts if not _is_share_of_others(one, reader)] or amounts
    if any(amount.is_anchored for amount in amounts):
        amounts = [amount for amount in amounts if amount.is_anchored]
    is_over = any(one.is_healed for one in amounts)
    bounds = {one.at: bound for one in amounts if not (is_over and one.is_past) and (bound := _bound(one))}
    exact = [amount for amount in amounts if amount.at not in bounds]
    if bounds and not any(amount.at > max(bounds) for amount in exact):
        return next((bound for bound in bounds.values() if bound.is_over_three), bounds[max(bounds)])
    amounts = exact
    told = [clause for clause in clauses if not _is_taken_back_in(clause, amounts)]
    ordinals = max((highest_ordinal(clause) for clause in told), default=0)
    amounts = [one for one in amounts if not (one.is_all and one.value == ordinals)]
    if len(amounts) == 1 and _is_beside_uncounted(amounts[0], reader):
        return Count(None, True) if has_many else Count()
    total = max(total_of(amounts) + _is_one_named_before(amounts, clauses), ordinals)
    if has_many and total <= MORE_THAN:
        return Count(None, True)
    return _counted(total) if total else Count()


def _is_taken_back_in(clause: Clause, amounts: list[Amount]) -> bool:
    """Whether it says what the last one was instead, after fewer were named: "no, two: the third was a crumb"."""
    is_after = any(one.is_corrected and one.clause.at == clause.at - 1 for one in amounts)
    articles = {hit.start for hit in clause.all("article")}
    is_named = clause.has("being", "had") and clause.has("ordinals")
    is_named = is_named and all(one.start in articles for one in clause.numerals)
    return is_after and is_named and not clause.has("new", "now", "since", "days_ago", "mouthpart", "observe", "also")


def _is_share_of_others(amount: Amount, reader: Reader) -> bool:
    """Whether it is how many somebody else has: "we both have ulcers, she one, I five"."""
    is_seen = amount.is_seen or amount.clause.has("observe", "say", "utter") or _also_counts(amount.clause, reader)
    return not is_seen and reader.scope.is_others(Hit("numbers", amount.at, amount.at + 1), amount.clause)


def _healed_at(reader: Reader) -> int:
    """The last clause that says that all has gone, and after which new sores are told of."""
    healed = [clause.at for clause in reader.passage.clauses if all_gone(clause, reader)]
    return max(healed, default=-1)


def _is_one_named_before(amounts: list[Amount], clauses: list[Clause]) -> bool:
    """Whether all that is counted came after "the first", which no noun follows: "the first one came, then another"."""
    firsts = [clause for clause in clauses if any(hit.value == 1 for hit in clause.all("ordinals"))]
    is_counted = any(amount.clause in firsts for amount in amounts)
    return bool(amounts) and all(one.is_more for one in amounts) and bool(firsts) and not is_counted


def _is_beside_uncounted(amount: Amount, reader: Reader) -> bool:
    """Whether sores that nobody counts are in another place: "there are ulcers on my tongue and one on my lip"."""
    clause = amount.clause
    joints = [hit.start for hit in clause.all("and") if hit.end == amount.at]
    if not joints or not amount.is_placed or any(hit.end <= joints[0] for hit in clause.numerals):
        return False
    endings = PLURALS[reader.passage.lexicon.language]
    plurals = [
        hit.end
        for hit in clause.all("aphtha", "lesion")
        if hit.end <= joints[0] and reader.passage.tokens[hit.end - 1].text.endswith(endings)
    ]
    return any(at <= hit.start < joints[0] for hit in clause.all("mouthpart") for at in plurals)


def _is_former(amount: Amount, amounts: list[Amount]) -> bool:
    """Whether it is how many there were, in brackets beside how many there are: "3 (was 5)"."""
    clause = amount.clause
    if clause.mark != ")" or clause.end - clause.start > REACH or not clause.begins_with("formerly"):
        return False
    return any(one.clause.at == clause.at - 1 for one in amounts) and not clause.has(*OTHER_MATTERS)


def _is_echo(amount: Amount, amounts: list[Amount], reader: Reader) -> bool:
    """Whether it only says again a number that counted something else: "for five weeks. Five."."""
    previous = reader.passage.before(amount.clause)
    is_alone = any((hit.start, hit.end) == (amount.clause.start, amount.clause.end) for hit in amount.clause.numerals)
    if previous is None or not is_alone:
        return False
    counted = {one.at for one in amounts}
    return any(hit.value == amount.value and hit.start not in counted for hit in previous.numerals)


def _counted(total: int) -> Count:
    return Count(min(total, MAX_COUNT), total > MORE_THAN)


def names_later_ones(clause: Clause) -> bool:
    """Whether it tells of a second or third of anything: "my third lot of ulcers"."""
    units = {hit.start for hit in clause.all("units", "months")}
    units |= {hit.start for hit in clause.all("of") if hit.end in {month.start for month in clause.all("months")}}
    ordinals = [hit for hit in clause.all("ordinals") if (hit.value or 0) > 1 and hit.end not in units]
    determined = {hit.end for hit in clause.all("article", "mine")} if ordinals else set()
    return any(hit.start in determined or hit.start == clause.start for hit in ordinals)


def _is_of_long_time(ordinal: Hit, clause: Clause) -> bool:
    """Whether it counts those that came over months, one after the other: "the third since Christmas"."""
    long = [*clause.all("feasts", "easter", "months", "vague_long")]
    long += [hit for hit in clause.all("units") if (hit.value or 0) >= MONTH]
    return any(ordinal.end <= hit.start <= ordinal.end + REACH for hit in long)


def highest_ordinal(clause: Clause) -> int:
    """The sores that are told one after the other: "the first on Sunday, a second one last night"."""
    if not clause.has("ordinals", "numbered"):
        return 0
    units = {hit.start for hit in clause.all("units", "unit_other", "months", "treatment", "plan", "tablets")}
    nouns = {hit.start for hit in clause.all("aphtha", "lesion")}
    told = {at for hit in clause.all(*AFTER_ORDINALS) for at in range(hit.start, hit.end)} | {clause.end}
    ordinals = [
        hit
        for hit in clause.all("ordinals")
        if (hit.end in nouns or any(hit.start == one.end for one in clause.all("article", "mine")))
        and hit.end not in units
        and hit.end in told
        and not _is_of_long_time(hit, clause)
        and not any(one.end <= hit.start for one in clause.all("no"))
    ]
    ordinals = [hit for hit in ordinals if not any(0 <= hit.start - one.end <= REACH for one in clause.all("perhaps"))]
    numbered = [hit for hit in clause.all("numbered") if hit.start not in {unit.start for unit in clause.all("units")}]
    named = {hit.end for hit in numbered if hit.end - hit.start <= 2 and _is_number_of_sore(hit, clause)}
    named |= {
        hit.end for hit in clause.all("and") for one in clause.numerals if one.end == hit.start and one.start in named
    }
    ordinals += [hit for hit in clause.numerals if hit.start in named]
    return max((int(hit.value or 0) for hit in ordinals if (hit.value or 0) > 1), default=0)


def _is_number_of_sore(numbered: Hit, clause: Clause) -> bool:
    """Whether it is the "number" of one that came: "number three this morning"."""
    if any(hit.end == numbered.start for hit in clause.all("aphtha")):
        return True
    beside = clause.has("since", "days_ago", "weekdays", "now") and not clause.has(
        *OTHER_MATTERS, "unit_other", "units"
    )
    is_other = any(hit.start == numbered.start for hit in clause.all("no", "not"))
    return beside and not is_other and not any(hit.end == numbered.start for hit in clause.all("since", "for", "clock"))


def _counting_clauses(mentions: list[Mention], reader: Reader) -> list[Clause]:
    """The clauses that tell of sores, and those after and before them that go on counting: "six of them"."""
    passage = reader.passage
    chosen = {mention.clause.at for mention in mentions}
    chosen |= {clause.at for clause in passage.clauses if chosen and _counts_alone(clause, reader)}
    for step, clauses in ((1, passage.clauses), (-1, passage.clauses[::-1])):
        reached = set(chosen)
        for clause in clauses:
            if clause.at - step not in reached:
                continue
            if _goes_on(clause, reader):
                chosen.add(clause.at)
            if clause.at in chosen or _is_joint(clause):
                reached.add(clause.at)
    return [clause for clause in passage.clauses if clause.at in chosen]


def _is_joint(clause: Clause) -> bool:
    """Whether it is no more than a "but", a "now", a "how many?", a time or a place between two clauses."""
    if clause.has(*OTHER_MATTERS):
        return False
    length = clause.end - clause.start
    if not clause.numerals and _lists_places(clause):
        return True
    if length <= REACH + 2 and not clause.numerals and (clause.has("still") or _is_since_a_day(clause)):
        return True
    return length == 1 or (length <= REACH and clause.has(*JOINTS))


def _lists_places(clause: Clause) -> bool:
    """Whether it only names further places where sores are: "the left cheek and the gum"."""
    said = {at for hit in clause.all(*PLACES) for at in range(hit.start, hit.end)}
    return clause.has("mouthpart") and said.issuperset(range(clause.start, clause.end))


def _is_since_a_day(clause: Clause) -> bool:
    """Whether it says of what was counted since when it is there: "and that since Sunday"."""
    is_led = clause.begins_with("since") or any(hit.start == clause.start for hit in clause.all("and"))
    return is_led and clause.has("since") and clause.has("weekdays", "days_ago") and not clause.has("self", "have")


def _counts_alone(clause: Clause, reader: Reader) -> bool:
    """Whether it counts wherever it stands: "total three", "half a dozen, I think", "and a second one"."""
    if clause.begins_with("sum") and clause.end - clause.start <= REACH and clause.numerals:
        return True
    if highest_ordinal(clause) > 1 and _goes_on(clause, reader):
        return True
    if not numbers_in(clause, reader.passage):
        return False
    said = {at for hit in clause.all(*COUNTING_WORDS) for at in range(hit.start, hit.end)}
    is_told = said.issuperset(at for at in range(clause.start, clause.end) if not reader.passage.tokens[at].is_number)
    return is_told and _goes_on(clause, reader)


def _goes_on(clause: Clause, reader: Reader) -> bool:
    """Whether a clause counts, and tells of nothing else that may be counted."""
    is_of_sores = not (is_elsewhere(clause, "elsewhere") or clause.has("drug"))
    counts = bool(numbers_in(clause, reader.passage)) and is_of_sores
    if not (counts or clause.has("another", "pieces", "many", "ordinals")):
        return False
    others = OTHER_MATTERS - INTAKE if clause.has("gone", "left", "of_which") and clause.numerals else OTHER_MATTERS
    others = others - {"clean"} if clause.has("gone") else others
    others = others - {"throat"} if clause.has("another", "new", "ordinals") else others
    others = others - {"fine"} if clause.has("goes_on") and clause.numerals else others
    others = others - {"quiet_verb"} if clause.has("place") and clause.numerals else others
    others = others - {"fine", "clean"} if _is_fine_of_number(clause) else others
    others = others - {"rest"} if clause.has("mistaken") else others
    others = others - {"closing"} if clause.has("on_top") or (clause.has("closed") and clause.numerals) else others
    others = others - {"speak"} if clause.has("say", "believed") or _is_quoted(clause) else others
    others = others - {"swallow"} if clause.has("between") and len(clause.numerals) > 1 else others
    others = others - {"rest"} if clause.has("mouthpart") and (clause.numerals or clause.has("another")) else others
    others = others | {"if"} if not clause.begins_with("or") else others
    sentence = reader.passage.sentence_of(clause)
    is_asked = sentence[-1].mark == "?" and not (clause is not sentence[-1] and clause.has("have"))
    is_asked = is_asked and not any(one.mark == ";" for one in sentence if one.at >= clause.at)
    if is_asked or clause.has_any(others) or clause.has("advice"):
        return False
    the_others = {hit.end for hit in clause.all("mine")}
    is_others = any(hit.start not in the_others for hit in strangers_in(clause)) or (
        clause.has("relative") and not reader.scope.is_carer
    )
    is_seen = clause.has("observe", "have", "say") or _is_quoted(clause) or _also_counts(clause, reader)
    return is_seen or not is_others


def _is_fine_of_number(clause: Clause) -> bool:
    """Whether the word for "well" is one of "as well", or only stresses a number: "j'en ai bien six"."""
    also = {at for hit in clause.all("also") for at in range(hit.start, hit.end)}
    numbers = {hit.start for hit in clause.numerals}
    loose = [hit for hit in clause.all("fine") if hit.start not in also and numbers.isdisjoint((hit.end, hit.end + 1))]
    return bool(numbers) and not loose


def _is_quoted(clause: Clause) -> bool:
    """Whether it is what somebody else says that there are: "my husband says that's five"."""
    last = {hit.start for hit in clause.numerals if hit.end == clause.end}
    led = any(said.end <= hit.start for said in clause.all("utter") for hit in clause.all("sum"))
    return led or any(
        said.end == hit.start and hit.end in last for said in clause.all("utter") for hit in clause.all("wh")
    )


def _also_counts(clause: Clause, reader: Reader) -> bool:
    """Whether it tells no more than how many somebody else sees: "I count four, my husband five"."""
    previous = reader.passage.before(clause)
    return clause.end - clause.start <= REACH + 2 and previous is not None and previous.has("observe")


def _bound(amount: Amount) -> Count | None:
    """More than three, at least four, up to two."""
    number = amount.value

    def introduces(kind: str) -> bool:
        return any(0 <= amount.at - hit.end <= 1 for hit in amount.clause.all(kind))

    if introduces("at_least"):
        return Count(number, number > MORE_THAN)
    over = [hit.start for hit in amount.clause.all("more_than")]
    if introduces("more_than") and any(
        hit.start > amount.at or any(0 <= at - hit.end <= 1 for at in over) for hit in amount.clause.all("no", "not")
    ):
        return Count(number, number > MORE_THAN)
    if introduces("more_than") and not introduces("left"):
        return Count(None, True) if number >= MORE_THAN else Count(None, None)
    if introduces("less_than"):
        return Count(None, False) if number <= MORE_THAN + 1 else Count(None, None)
    if introduces("at_most") and not amount.is_more:
        return Count(number, number > MORE_THAN)
    return None
