"""How many sores: counts, sums, what is left of them, and amounts that have no number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from symptoms.language.amounts import Amount, amounts_in
from symptoms.language.classes import group
from symptoms.language.clauses import Clause
from symptoms.language.hits import Hit
from symptoms.language.mentions import Mention
from symptoms.language.mouth import is_elsewhere
from symptoms.language.numbers import numbers_in
from symptoms.language.reader import Reader

MAX_COUNT: Final = 99
REACH: Final = 3
OTHER_MATTERS: Final = group("content") - group("of_sores")
INTAKE: Final = group("intake") | {"fine", "quiet_verb"}


@dataclass(frozen=True, slots=True)
class Count:
    """A number of sores. `value` is None when only "more than three", or "not more", is said."""

    value: int | None = None
    is_over_three: bool | None = None


def count_sores(mentions: list[Mention], reader: Reader) -> Count:
    """How many sores the mentions tell of, all in all."""
    clauses = _counting_clauses(mentions, reader)
    return _count(clauses, reader, has_many=any(_is_many(clause) for clause in clauses))


def count_in_reply(reader: Reader) -> Count:
    """How many sores a text names that answers the question how many there are."""
    clauses = reader.passage.clauses
    return _count(clauses, reader, has_many=reader.passage.has("many"))


def _count(clauses: list[Clause], reader: Reader, *, has_many: bool) -> Count:
    amounts = [amount for clause in clauses for amount in amounts_in(clause, reader)]
    if any(amount.is_anchored for amount in amounts):
        amounts = [amount for amount in amounts if amount.is_anchored]
    bounds = {amount.at: bound for amount in amounts if (bound := _bound(amount))}
    exact = [amount for amount in amounts if amount.at not in bounds]
    if bounds and not any(amount.at > max(bounds) for amount in exact):
        return bounds[max(bounds)]
    amounts = exact
    ordinals = max((highest_ordinal(clause) for clause in clauses), default=0)
    total = max(_total(amounts), ordinals)
    if has_many and total <= MORE_THAN:
        return Count(None, True)
    return _counted(total) if total else Count()


MORE_THAN: Final = 3


def _counted(total: int) -> Count:
    return Count(min(total, MAX_COUNT), total > MORE_THAN)


def _total(amounts: list[Amount]) -> int:
    """The number that several amounts come to: the last word on it, a total among its parts, or their sum."""
    if not amounts:
        return 0
    amounts = _with_alternatives(amounts)
    if _are_rival(amounts):
        return max(one.value for one in amounts)
    amounts = _without_past(_without_parts(amounts))
    is_steady = not any(one.is_healed or one.is_past or one.is_whole for one in amounts)
    if is_steady and (whole := _named_sum(amounts)) is not None:
        return whole
    if totals := [one for one in amounts if one.is_total]:
        return totals[-1].value
    if (left := _what_is_left(amounts)) is not None:
        return left
    counted = [one for one in amounts if not one.is_single]
    singles = [
        one
        for last, one in zip([None, *amounts], amounts, strict=False)
        if one.is_single and one.is_new and _is_one_more(one, last)
    ]
    if not counted:
        is_known = amounts[0].is_single and not amounts[0].is_new and any(one.is_more for one in amounts[1:])
        return max(len(singles) + is_known, 1)
    total = _sum(counted)
    names_parts = counted[0].clause.mark == ":"
    sums_up = total == len(singles) > 1 and not (counted[0].is_placed or counted[0].clause.has("mouthpart"))
    return total if names_parts or sums_up else total + len(singles)


def _with_alternatives(amounts: list[Amount]) -> list[Amount]:
    """Amounts in which the larger stands for the two of "eight, or nine", and one for "one sore. One!"."""
    found: list[Amount] = []
    for amount in amounts:
        last = found[-1] if found else None
        is_other = last is not None and amount.clause.at == last.clause.at + 1 and amount.clause.begins_with("or")
        is_bare = amount.is_bare and not amount.is_total
        is_again = last is not None and is_bare and amount.value == last.value and not last.is_placed
        if last is not None and is_other and amount.value == last.value + 1:
            found[-1] = replace(last, value=amount.value)
        elif not (is_again and last is not None and amount.clause.at - last.clause.at < REACH):
            found.append(amount)
    return found


def _are_rival(amounts: list[Amount]) -> bool:
    """Whether two count the same: "I can see three, my husband makes it five"."""
    return len(amounts) == 2 and amounts[0].is_seen is not amounts[1].is_seen


def _without_past(amounts: list[Amount]) -> list[Amount]:
    """Amounts without those that were all there was, where more are there now: "five! on Sunday it was only one"."""
    there = [one for one in amounts if not (one.is_past or one.is_start or one.is_more)]
    if not there:
        return amounts
    most = max(one.value for one in there)
    amounts = [one for one in amounts if not (one.is_start and one.value <= most)]
    return [one for one in amounts if not (one.is_past and _was_all(one, there[0]))]


def _was_all(amount: Amount, there: Amount) -> bool:
    """Whether it is told of a day, in a clause of its own, and neither placed nor said to have come then."""
    is_told_of_a_day = amount.clause.has("had") and amount.clause.has("weekdays", "days_ago", "ago")
    is_apart = amount.clause is not there.clause and not (amount.is_placed or amount.clause.has("since"))
    return is_told_of_a_day and is_apart and amount.value <= there.value and not there.is_more


def _without_parts(amounts: list[Amount]) -> list[Amount]:
    """Amounts without those of which others are told: "five, two of them on the tongue and three on the lip"."""
    found: list[Amount] = []
    parts = 0
    for amount in amounts:
        is_within = any(one.value >= parts + amount.value for one in found)
        is_next_part = amount.is_placed and (parts > 0 or _is_put_in_places(amount, found))
        if _is_among(amount, found) or (is_next_part and is_within):
            parts += amount.value
        else:
            found.append(amount)
    return found


def _is_put_in_places(amount: Amount, earlier: list[Amount]) -> bool:
    """Whether it says where those just named are: "three sores, one on the lip", "I make it two. One each side"."""
    if not earlier or earlier[-1].is_placed or earlier[-1].is_single or amount.clause.has("another", "also", "since"):
        return False
    if amount.clause.has("the_rest") and not amount.clause.has("gone", "left"):
        return True
    is_next = 0 < amount.clause.at - earlier[-1].clause.at <= REACH - 1
    return is_next and not (amount.clause.begins_with("and") or amount.is_left or amount.is_healed)


def _is_among(amount: Amount, earlier: list[Amount]) -> bool:
    """Whether it is so many of those that were named before: "three, one of them on the gum"."""
    is_rest = amount.is_left or amount.is_healed or amount.is_total
    return amount.is_part and not is_rest and any(one.value >= amount.value for one in earlier)


def _is_one_more(amount: Amount, last: Amount | None) -> bool:
    """Whether "a" sore is one more, and not the one before in other words: "a spot on my gum, a kind of ulcer"."""
    if last is not None and amount.clause.has("each") and amount.clause is not last.clause:
        return False
    return last is None or amount.is_more or amount.is_placed or amount.clause.has("and", "also")


def _named_sum(amounts: list[Amount]) -> int | None:
    """The number that is the sum of all others and is no place's own: "seven: four on the tongue, three on the lip"."""
    most = max(amounts, key=lambda one: one.value)
    in_parts = most is amounts[0] and not any(one.clause.has("mouthpart") for one in amounts if one is not most)
    is_of_place = most.is_placed and not (most.clause.has("pieces") or in_parts)
    is_sum = len(amounts) > 2 and 2 * most.value == sum(one.value for one in amounts)
    return most.value if is_sum and not is_of_place else None


def _sum(amounts: list[Amount]) -> int:
    whole = _named_sum(amounts)
    return sum(_once(amounts)) if whole is None else whole


def _once(amounts: list[Amount]) -> list[int]:
    """The values, once where one says again what was said, or counts on: "nine, nine!", "three, perhaps four"."""
    found: list[int] = []
    last: Amount | None = None
    for amount in amounts:
        is_beside = last is not None and amount.clause.at - last.clause.at <= REACH - 1
        is_either_bare = last is not None and (last.is_bare or amount.is_bare)
        is_again = is_either_bare and is_beside and amount.value == found[-1]
        is_loose = is_either_bare or amount.is_doubtful
        goes_on = is_loose and last is not None and amount.value == found[-1] + 1
        if last is not None and last.is_bare and amount.is_bare:
            goes_on = found[-1] < amount.value <= 2 * found[-1]
        if goes_on:
            found[-1] = amount.value
        elif not is_again:
            found.append(amount.value)
        last = amount
    return found


def _what_is_left(amounts: list[Amount]) -> int | None:
    """The number now: "two of the nine", "only 3 left of 7", "five, four have healed", "Tuesday 2, now 6"."""
    if len(amounts) < 2:
        return amounts[0].value if amounts and amounts[0].is_left else None
    parts = [one for one in amounts if not one.is_whole]
    left = [one for one in parts if one.is_left]
    if left and _are_more([one for one in amounts if one not in left], left[-1]):
        return left[-1].value
    if len(parts) < len(amounts) and parts:
        whole = max(one.value for one in amounts)
        part = parts[0]
        if part.is_healed:
            return whole - part.value
        return part.value if part.clause.has("left", "still", "only", "had", "sum") else whole
    healed = sum(one.value for one in amounts if one.is_healed)
    there = [one for one in amounts if not one.is_healed]
    if healed and there:
        before = [one for one in there if one.is_past]
        return sum(one.value for one in there) - (healed if before and len(there) == 1 else 0)
    now = [one for one in amounts if one.is_now and not one.is_more]
    if now and any(one.is_past for one in amounts if one not in now):
        return sum(one.value for one in now)
    if now == amounts[-1:] and not (now[0].is_single or now[0].is_placed or now[0].clause.has("another")):
        return now[0].value
    return None


def _are_more(others: list[Amount], left: Amount) -> bool:
    """Whether there were more of which these are left, rather than others elsewhere."""
    before = [one for one in others if one.is_past or one.is_whole or one.is_healed]
    loose = [one for one in others if one.value > left.value and not one.clause.has("mouthpart")]
    return bool(before or loose) or left.is_part or not others


def highest_ordinal(clause: Clause) -> int:
    """The sores that are told one after the other: "the first on Sunday, a second one last night"."""
    units = {hit.start for hit in clause.all("units", "unit_other", "months")}
    ordinals = [
        hit
        for hit in clause.all("ordinals")
        if any(0 <= hit.start - one.end <= 0 for one in clause.all("article", "mine")) and hit.end not in units
    ]
    numbered = [hit for hit in clause.all("numbered") if hit.start not in {unit.start for unit in clause.all("units")}]
    named = {hit.end for hit in numbered if any(one.end == hit.start for one in clause.all("aphtha"))}
    ordinals += [hit for hit in clause.numerals if hit.start in named]
    return max((int(hit.value or 0) for hit in ordinals if (hit.value or 0) > 1), default=0)


def _counting_clauses(mentions: list[Mention], reader: Reader) -> list[Clause]:
    """The clauses that tell of sores, and those after and before them that go on counting: "six of them"."""
    passage = reader.passage
    chosen = {mention.clause.at for mention in mentions}
    chosen |= {clause.at for clause in passage.clauses if chosen and _is_summed_up(clause)}
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
    """Whether it is no more than a "but", a "now", a "how many?" or a place between two clauses."""
    if clause.has(*OTHER_MATTERS):
        return False
    length = clause.end - clause.start
    is_small = length == 1 and clause.has("but", "and", "now")
    return is_small or (
        length <= REACH and clause.has("mouthpart", "place", "wh", "no_answer", "sum", "correction", "now")
    )


def _is_summed_up(clause: Clause) -> bool:
    """Whether it says no more than what it all comes to: "total three"."""
    return clause.begins_with("sum") and clause.end - clause.start < REACH and bool(clause.numerals)


def _goes_on(clause: Clause, reader: Reader) -> bool:
    others = OTHER_MATTERS - INTAKE if clause.has("gone", "left", "of_which") and clause.numerals else OTHER_MATTERS
    others = others - {"clean"} if clause.has("gone") else others
    others = others | {"if"} if not clause.begins_with("or") else others
    sentence = reader.passage.sentence_of(clause)
    is_asked = sentence[-1].mark == "?" and not (clause is not sentence[-1] and clause.has("have"))
    if clause.has(*others, "advice") or is_asked:
        return False
    the_others = {hit.end for hit in clause.all("mine")}
    is_others = any(hit.start not in the_others for hit in clause.all("stranger"))
    is_others = is_others or (clause.has("relative") and not reader.scope.is_carer)
    if is_others and not clause.has("observe", "have"):
        return False
    is_of_sores = not (is_elsewhere(clause, "elsewhere") or clause.has("drug"))
    counts = bool(numbers_in(clause, reader.passage)) and is_of_sores
    return counts or clause.has("another", "pieces", "many", "ordinals")


def _is_many(clause: Clause) -> bool:
    """Whether a clause says that there are many sores, beside the word for them or in a clause of its own: "loads"."""
    bare = [hit for hit in clause.all("many") if (clause.end - clause.start) - (hit.end - hit.start) < REACH]
    if bare and not clause.has(*OTHER_MATTERS, "no", "not"):
        return True
    return any(_is_about_sores(hit, clause) for hit in clause.all("many"))


def _is_about_sores(hit: Hit, clause: Clause) -> bool:
    nouns = clause.all("lesion", "aphtha", "spot") or ([] if clause.has("pain") else clause.all("mouthpart"))
    return any(abs(noun.start - hit.start) <= REACH + 3 for noun in nouns)


def _bound(amount: Amount) -> Count | None:
    """More than three, at least four, up to two."""
    number = amount.value

    def introduces(kind: str) -> bool:
        return any(0 <= amount.at - hit.end <= 1 for hit in amount.clause.all(kind))

    if introduces("at_least"):
        return Count(number, number > MORE_THAN)
    if introduces("more_than") and any(hit.start > amount.at for hit in amount.clause.all("not")):
        return Count(number, number > MORE_THAN)
    if introduces("more_than") and not introduces("left"):
        return Count(None, True) if number >= MORE_THAN else Count(None, None)
    if introduces("less_than"):
        return Count(None, False) if number <= MORE_THAN + 1 else Count(None, None)
    if introduces("at_most") and not amount.is_more:
        return Count(number, number > MORE_THAN)
    return None
