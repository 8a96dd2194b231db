"""Of whom a clause speaks, and whether it is so: now, of the speaker, and not merely asked, feared or read about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from symptoms.language.classes import group
from symptoms.language.clauses import Clause, Passage
from symptoms.language.denying import is_or_else
from symptoms.language.generalities import is_no_fact
from symptoms.language.hits import Hit
from symptoms.language.long_past import is_just_past, is_of_first_weeks, is_of_youth, is_when_small
from symptoms.language.onlookers import BREATH as BREATH_VERBS
from symptoms.language.owned import is_complaint_of_mine, is_in_my_mouth, is_my, is_of_days, is_own_number, is_with_this
from symptoms.language.subjects import SORES, is_by_carer, subjects_of

NEAR: Final = 2
ITEM: Final = 3
"""Words of one thing in a list."""
YEAR: Final = re.compile(r"(?:19|20)\d\d$")
YEAR_DAYS: Final = 300
LONG_AGO_DAYS: Final = 6
"""What "had" and a time of more than so many days ago say is over."""

EFFORTS: Final = group("efforts")
FELT: Final = group("felt")
VERB_FIRST: Final = frozenset({"en", "nl", "de"})
"""Languages in which a verb before its subject asks; the others may leave the subject out."""
VERB_SECOND: Final = frozenset({"nl", "de"})
"""Those in which a verb before its subject tells too, when something else opens the sentence."""

OF_OTHERS: Final = frozenset({"tose", "tosen", "tosia", "tosian", "jadea", "jadean"})
"""Spanish verbs that are never the speaker's, or that a name after them gives to somebody else."""

BREATH: Final = ("breathless", "cannot_breathe", "breathe", "air")
HINDERED: Final = (
    "no", "not", "cannot", "barely", "less", "lack", "trouble", "worse", "only", "stop", "breathless", "cannot_breathe",
    "if", "pain", "laboured", "half", "perhaps", "chest", "relative", "stranger", "rest", "sit_up", "hardly_any",
)  # fmt: skip
"""Beside which breath is not said to be well."""

GENERIC: Final = frozenset(["le", "la", "les", "l", "el", "los", "las"])
"""Articles that also stand before things in general."""
PARTS: Final = group("parts")
CALLED: Final = frozenset(["fine", "clean", "quiet_verb"])
"""Words that are asked of what is there: whether it is normal, or serious."""
OF_ANYBODY: Final = frozenset(
    ["ask", "if", "wh", "advice", "drug", "tablets", "treatment", "anybody", "relative", "stranger"]
)
"""Classes of words beside which it may be anybody's."""
TAKEN_IN: Final = ("eat", "drink", "swallow")
RELATIVES: Final = frozenset({"die", "dat", "waar", "das", "den"})
CONTENT: Final = group("content")
CALM: Final = frozenset({"fine", "clean", "well"})


@dataclass(slots=True)
class Scope:
    """How the mentions of one passage are meant."""

    passage: Passage
    is_carer: bool
    today: date
    known_subjects: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    known_questions: dict[int, bool] = field(default_factory=dict)

    def is_real(self, hit: Hit, clause: Clause) -> bool:
        """Whether a mention is said of the patient and as a fact, present or over."""
        return not (self.is_others(hit, clause) or self.is_imagined(hit, clause))

    def is_others(self, hit: Hit, clause: Clause) -> bool:
        """Whether a mention is about somebody who is not the patient."""
        if self.passage.lexicon.language == "es" and self._is_before_subject(hit, clause):
            return True
        if is_in_my_mouth(hit, clause) or (
            hit.kind in (*BREATH_VERBS, *TAKEN_IN) and self._is_followed_by_me(hit, clause)
        ):
            return False
        return self._subject_at(_end_of_subject(hit, clause), clause) == "other"

    def _is_followed_by_me(self, hit: Hit, clause: Clause) -> bool:
        """Whether "I" stands right after a verb, and nobody before it: "und seit gestern huste ich auch"."""
        subjects = self._subjects(clause)
        return bool(subjects) and subjects[0] == (hit.end, "patient")

    def _subjects(self, clause: Clause) -> list[tuple[int, str]]:
        if clause.at not in self.known_subjects:
            self.known_subjects[clause.at] = subjects_of(clause, self.passage, self.is_carer)
        return self.known_subjects[clause.at]

    def _is_before_subject(self, hit: Hit, clause: Clause) -> bool:
        """Whether somebody else is named after a verb of theirs that opens the clause: "tose mucho mi niño"."""
        if hit.start != clause.start or self.passage.tokens[hit.start].text not in OF_OTHERS:
            return False
        return any(0 < one.start - hit.end <= NEAR for one in clause.all("relative", "stranger"))

    def _subject_at(self, at: int, clause: Clause) -> str:
        """The subject that governs a place: the nearest before it, else the owner named after it."""
        subjects = self._subjects(clause)
        if before := [who for start, who in subjects if start < at]:
            return before[-1]
        if any(who == "other" and 0 < start - at <= NEAR + 2 and self._is_of(start, clause) for start, who in subjects):
            return "other"
        previous = self.passage.before(clause)
        if previous is None or (previous.sentence != clause.sentence and not clause.begins_with("someone")):
            return "patient"
        if previous.mark == ":" and previous.has("know") and not previous.has("say", "utter"):
            return "patient"
        if clause.has("someone") or previous.sentence == clause.sentence:
            return self._subject_at(previous.end, previous)
        return "patient"

    def _is_of(self, at: int, clause: Clause) -> bool:
        """Whether an owner is joined by "of" to what stands before."""
        return any(0 <= at - one.end <= 1 for one in clause.all("of"))

    def is_imagined(self, hit: Hit, clause: Clause) -> bool:
        """Whether a mention is only asked about, feared, read or supposed."""
        if self._is_dreamt(clause) or is_no_fact(hit, clause, self.passage):
            return True
        if self._is_echoed(clause):
            return False
        if self._is_owned(hit, clause):
            return False
        is_read = self._is_read(clause) and not _is_woken_with(hit, clause)
        return is_read or self._is_asked(clause) or self._is_supposed(hit, clause)

    def _is_echoed(self, clause: Clause) -> bool:
        """Whether it says again what was asked, and what follows says yes: "que si me ahogo? pues sí"."""
        sentence = self.passage.sentence_of(clause)
        after = self.passage.after(sentence[-1])
        is_if = any(hit.start <= clause.start + 1 for hit in clause.all("if"))
        if after is None or not is_if or clause is not sentence[0] or sentence[-1].mark != "?":
            return False
        is_yes = any(hit.start <= after.start + 1 for hit in after.all("yes")) and not after.has("no", "not")
        return is_yes or after.has("many") or any(hit.start == after.start for hit in after.all("since"))

    def _is_dreamt(self, clause: Clause) -> bool:
        """Whether it stands in a dream from which nobody woke with it, in this clause or the one it goes on from."""
        if not self.passage.has("dreamt") or (self.passage.has("woke", "still", "sit_up") and not self._woke_well()):
            return False
        previous = self.passage.before(clause)
        goes_on = previous is not None and previous.sentence == clause.sentence and previous.has("dreamt")
        return clause.has("dreamt") or (goes_on and not clause.has("now", "days_ago", "since"))

    def _woke_well(self) -> bool:
        """Whether somebody woke from a dream and all was as ever, and not a word more: "dann war alles wie immer"."""
        woke = next((one for one in self.passage.clauses if one.has("woke")), None)
        if woke is None or self.passage.has("still", "but") or woke.has("dreamt"):
            return False
        told = self.passage.clauses[woke.at :]
        calm = [one for one in told if one.has("everything", "all_of") and one.has("fine", "as_ever", "well", "clean")]
        return bool(calm) and not any(one.has(*CONTENT - CALM, "no", "not", "almost", "since") for one in told)

    def _is_owned(self, hit: Hit, clause: Clause) -> bool:
        """Whether the speaker says "my" of it, or "I have" before it without "if"; "why" asks about a fact."""
        if clause.has("why") or self._is_wondered_about(hit, clause):
            return True
        if is_complaint_of_mine(hit, clause) or is_with_this(hit, clause, self.passage):
            return True
        if any(one.start < hit.start for one in clause.all("if")):
            return False
        if self._is_called_mine(hit, clause) or self._is_related(hit, clause):
            return True
        if not clause.begins_with("ask") and self._is_had(hit, clause):
            return True
        return is_own_number(hit, clause) or self._is_timed(hit, clause)

    def _is_called_mine(self, hit: Hit, clause: Clause) -> bool:
        """Whether "my" stands before it, or "of mine" after it."""
        asked = [(one.start, one.end) for one in clause.all("ask")]
        if any(
            0 <= hit.start - one.end <= NEAR - 1 and not (one.end - one.start > 1 and clause.has("advice"))
            for one in clause.all("mine")
            if is_my(one, clause) and not any(start < one.start < end for start, end in asked)
        ):
            return True
        owners = {one.start for one in clause.all("self")}
        return bool(owners) and any(of.start == hit.end and of.end in owners for of in clause.all("of"))

    def _is_had(self, hit: Hit, clause: Clause) -> bool:
        """Whether "I have" stands before it, or right after it."""
        read = [one.start for one in clause.all("advice") if one.start < hit.start]
        return any(
            0 <= one.start - hit.end <= 1
            or (one.start < hit.start and one.end <= hit.end and not any(one.start <= at for at in read))
            for one in clause.all("have")
        )

    def _is_wondered_about(self, hit: Hit, clause: Clause) -> bool:
        """Whether it is told, and the next clause asks whether that is normal: "toux sèche, c'est normal ?".

        Not of things in general: "la toux, c'est normal ?", "everolimus and sores, is that normal?".
        """
        after = self.passage.after(clause)
        if after is None or after.sentence != clause.sentence or clause.has(*OF_ANYBODY):
            return False
        is_brief = after.end - after.start <= ITEM + 2 and not after.has(*CONTENT - CALLED, *OF_ANYBODY - {"ask"})
        before = self.passage.tokens[hit.start - 1].text if hit.start > clause.start else ""
        return (
            is_brief
            and after.mark == "?"
            and after.has(*CALLED, "why")
            and (before not in GENERIC or hit.kind in PARTS)
        )

    def _is_related(self, hit: Hit, clause: Clause) -> bool:
        """Whether it is one "that I have": "moet ik bellen over de zweertjes die ik heb"; not "that I may get"."""
        if self.passage.lexicon.language not in VERB_SECOND or clause.has("can", "if"):
            return False
        at = hit.end + 1 if hit.end + 1 < clause.end else clause.end - 1
        is_relative = self.passage.tokens[hit.end].text in RELATIVES if hit.end < clause.end else False
        return is_relative and any(one.start == at for one in clause.all("self"))

    def _is_timed(self, hit: Hit, clause: Clause) -> bool:
        """Whether it is said since when: what began is no mere question."""
        if _has_beginning(clause, hit.end, ("since", "for")) or is_of_days(hit, clause):
            return True
        after = self.passage.after(clause)
        is_said_after = after is not None and not after.has(*CONTENT, "if") and _has_beginning(after)
        starts = clause.begins_with("ask") or clause.begins_with("wh")
        return is_said_after or (not starts and _has_beginning(clause, kinds=("since", "for")))

    def _is_asked(self, clause: Clause) -> bool:
        if clause.at not in self.known_questions:
            self.known_questions[clause.at] = self._asks(clause)
        return self.known_questions[clause.at]

    def _asks(self, clause: Clause) -> bool:
        mark = self.passage.sentence_of(clause)[-1].mark
        likened = {hit.start for hit in clause.all("as_if") if hit.end - hit.start > 1}
        fronted = {hit.start for hit in clause.all("fronted")}
        starts = clause.begins_with("ask") and clause.start not in likened | fronted and not self._is_led(clause, mark)
        ask = clause.first("ask")
        objects = {hit.start for hit in clause.all("me")}
        asked = [hit for hit in clause.all("self", "drug", "someone", "tablets") if hit.start not in objects]
        is_clause = ask is not None and any(
            wh.start == ask.start and wh.end == hit.start
            for wh in clause.all("wh")
            for hit in clause.all("self", "have")
        )
        if ask is not None and mark != "?" and (_is_exclaimed(ask, clause) or self._is_long_forgotten(clause)):
            return False
        is_inverted = any(ask.end <= hit.start <= ask.end + 2 for hit in asked) if ask else False
        if starts and ask and not is_clause and (is_inverted or self._asks_in_general(ask, clause)):
            return True
        if _asks_of_anybody(clause, self.passage.lexicon.language):
            return True
        is_told_first = any(hit.start == clause.start for hit in clause.all("self", "have")) and not starts
        sentence = self.passage.sentence_of(clause)
        opens = is_clause or not (clause.begins_with("wh") or starts)
        is_before = clause is not sentence[-1] and not clause.has("if") and opens
        articles = {hit.start for hit in clause.all("mine")}
        subjects = [hit for hit in clause.all("someone") if hit.start not in articles]
        ones = {hit.start for hit in clause.all("article")}
        is_counted = any(hit.start not in ones for hit in clause.numerals)
        is_told = bool(subjects) or clause.has("self", "have", "relative") or is_counted
        is_told = is_told or any(one.has("self", "have") and not one.has("if", "wh") for one in sentence[:-1])
        is_told = is_told or _asks_what_to_do(sentence[-1])
        is_told = is_told or (
            sentence[-1].end - sentence[-1].start <= NEAR and not sentence[-1].has(*CONTENT - {"state"})
        )
        is_told_before = is_before and is_told and not clause.has("unsure")
        return mark == "?" and not (is_told_first or is_told_before)

    def _is_long_forgotten(self, clause: Clause) -> bool:
        """Whether it is of how long something is there that the speaker forgot: "weiß nicht mehr, wie lange schon"."""
        before = self.passage.before(clause)
        before = before if before is not None and before.sentence == clause.sentence else None
        return clause.has("long_unknown") or (before is not None and before.has("long_unknown"))

    def _is_led(self, clause: Clause, mark: str) -> bool:
        """Whether a clause opens the sentence after which the verb stands first: "wenn ich gehe, muss ich husten"."""
        before = self.passage.before(clause)
        if before is None or before.sentence != clause.sentence or before.mark != "," or mark == "?":
            return False
        is_open = any(before.begins_with(kind) for kind in ("if", "because", "but", "as_if"))
        return self.passage.lexicon.language in VERB_SECOND and is_open

    def _asks_in_general(self, ask: Hit, clause: Clause) -> bool:
        """Whether it asks about the drug, how many are too many, or the verb stands first: "is a cough normal"."""
        is_own = clause.has("self", "have")
        if clause.has("drug") and not is_own:
            return True
        if not is_own and _asks_how_many(ask, clause):
            return True
        articles = {hit.start: hit.end for hit in clause.all("article")}
        verbs = {hit.start: hit.end for hit in clause.all("ask")}
        verb = verbs.get(ask.end, ask.end)
        noun = articles.get(verb, verb)
        asks = self.passage.lexicon.language in VERB_FIRST and clause.has("fine", "quiet_verb", "advice")
        return asks and any(hit.start == noun for hit in clause.all(*CONTENT))

    def _is_read(self, clause: Clause) -> bool:
        """Whether it stands in a leaflet or was a warning, in this clause or the one it goes on from."""
        if clause.has("advice") and not _is_of_no_help(clause):
            return True
        previous = self.passage.before(clause)
        goes_on = previous is not None and previous.sentence == clause.sentence
        return goes_on and previous is not None and previous.has("advice") and not clause.has("self", "have", "woke")

    def _is_supposed(self, hit: Hit, clause: Clause) -> bool:
        """Whether it stands after "if", not after "every time that", and nothing that is felt depends on it."""
        if not clause.has("if"):
            return False
        likened = {at for one in clause.all("as_if", "not_that") for at in range(one.start, one.end)}
        likened |= {one.end + skipped for one in clause.all("every") for skipped in (0, 1)}
        likened |= {one.end for one in clause.all("self")} if self.passage.lexicon.language == "en" else set()
        before = [one for one in clause.all("if") if one.start < hit.start and one.start not in likened]
        before = [
            one for one in before if not (is_or_else(one.start, clause, self.passage) or _is_of_wish(one, clause))
        ]
        if not before or clause.has("unsure", "dont_know"):
            return False
        if any(clause.start == one.start < before[-1].start for one in clause.all("ask")):
            return True
        ors = [one.start for one in clause.all("or") if one.start not in likened]
        between = [
            one
            for one in clause.all(*EFFORTS, "self")
            if before[-1].start < one.start < hit.start and not any(one.end <= at < hit.start for at in ors)
        ]
        objects = {one.start for one in clause.all("me")}
        subjects = {one.start for one in between if one.kind == "self"} - objects
        if len(subjects) > 1 or any(one.kind != "self" for one in between):
            return False
        sentence = self.passage.sentence_of(clause)
        if sentence[-1].mark == "?" or any(one.begins_with("ask") for one in sentence if one is not clause):
            return True
        others = [
            one
            for part in sentence
            for one in part.all(*FELT)
            if (one.start >= hit.end and not any(hit.end <= at < one.start for at in ors))
            or one.end <= before[-1].start
        ]
        return not [one for one in others if one.start != hit.start]

    def is_over(self, hit: Hit, clause: Clause) -> bool:
        """Whether a mention is of a time before: long ago, or "had" with a time of more than some days ago."""
        if _is_now_instead(hit, clause):
            return False
        agos = {one.start for one in clause.all("ago")}
        if any(hit.start not in agos for hit in clause.all("still")):
            return clause.has("had") and self._goes_on_over(clause)
        if _is_before(clause, hit.start) or self._is_years_ago(clause, hit.end) or self._is_dated_after(clause):
            return True
        later = [one for one in self.passage.sentence_of(clause) if one.at > clause.at]
        if is_of_first_weeks(clause) and not any(one.has("still", "now") for one in later):
            return True
        if self._is_well_since(hit, clause) or self._breathes_again(hit, clause) or self._is_no_longer(hit, clause):
            return True
        if not clause.has("had") and not self._is_perfect(hit, clause):
            return self._goes_on_over(clause)
        compared = [one.end for one in clause.all("than") if one.start >= hit.end]
        days = [one for one in clause.all("days_ago") if not any(0 <= one.start - end <= NEAR + 1 for end in compared)]
        is_long_ago = any((one.value or 0) > LONG_AGO_DAYS for one in days)
        is_past = clause.has("past_time") and not compared and not is_just_past(clause, self.today, LONG_AGO_DAYS)
        if is_past or (is_long_ago and not clause.has("since")):
            return True
        is_month = any(not self._is_since(one, clause) for one in clause.all("months"))
        return is_month or self._goes_on_over(clause)

    def _is_perfect(self, hit: Hit, clause: Clause) -> bool:
        """Whether a perfect tells of a named time that has passed, in German: "an Weihnachten hab ich gehustet"."""
        word = self.passage.tokens[hit.end - 1].text
        return clause.has("past_time") and self.passage.lexicon.language == "de" and word == "gehustet"

    def _is_well_since(self, hit: Hit, clause: Clause) -> bool:
        """Whether it is dated long ago, or is a sore that there was, and the sentence goes on with "now it is fine"."""
        is_dated = clause.has("past_time") or any((one.value or 0) > LONG_AGO_DAYS for one in clause.all("days_ago"))
        was_sore = hit.kind in SORES and clause.has("had")
        was_short = hit.kind == "breathless" and clause.has("had") and clause.has("weekdays", "days_ago")
        if not (is_dated or was_sore or was_short) or _has_beginning(clause):
            return False
        later = [one for one in self.passage.sentence_of(clause) if one.at > clause.at]
        if was_short and not any(_breathes_now(one) for one in later):
            return False
        is_well = any(one.has("fine", "clean", "well", "gone") for one in later)
        return is_well and any(one.has("now") for one in later) and not any(one.has("still", "not") for one in later)

    def _is_no_longer(self, hit: Hit, clause: Clause) -> bool:
        """Whether the sentence goes on with "I no longer do": "toser tosía, ya no toso"."""
        after = self.passage.after(clause)
        if (
            after is None
            or after.sentence != clause.sentence
            or not clause.has("had")
            or after.has("if", "had", "only")
        ):
            return False
        longer = [one.end for one in after.all("no_longer")]
        return any(0 <= one.start - end <= 1 or one.start < end for end in longer for one in after.all(hit.kind))

    def _breathes_again(self, hit: Hit, clause: Clause) -> bool:
        """Whether breath was short, and the text goes on with "now I breathe normally"."""
        if hit.kind not in BREATH or not clause.has("had") or clause.has("now") or _has_beginning(clause):
            return False
        after = self.passage.after(clause)
        if after is None or not after.has("fine") or not after.has("breathe", "air") or after.has(*HINDERED):
            return False
        later = self.passage.after(after)
        if later is not None and later.sentence == after.sentence and later.has(*HINDERED, "moderate_effort", "but"):
            return False
        return after.has("now") or any(one.value == 0 for one in after.all("days_ago"))

    def _goes_on_over(self, clause: Clause) -> bool:
        """Whether the clause before in the sentence told of a time before, and nothing says that this one is now.

        A list goes on with what it began: "last winter I had the lot: ulcers, cough, no air".
        """
        previous = self.passage.before(clause)
        if (
            previous is None
            or previous.sentence != clause.sentence
            or clause.has("now")
            or any(hit.start > clause.start for hit in clause.all("left"))
            or _has_beginning(clause)
        ):
            return False
        was_so = previous.has("used_to") and not previous.has("no", "not")
        is_past = was_so or previous.has("past_time") or self._is_years_ago(previous)
        is_past = is_past or (clause.has("had") and is_when_small(previous, self.passage))
        is_listed = previous.end - previous.start <= ITEM and previous.mark == ","
        is_past = is_past or (is_listed and self._goes_on_over(previous))
        return is_past and (clause.has("had") or not clause.has("self", "have"))

    def _is_years_ago(self, clause: Clause, after: int = 0) -> bool:
        """Whether a year stands in the clause that is no beginning ("since 2019"), or as much time "ago".

        Not a year of kin who are named after what is told: "she asks for my dad who passed in 2004".
        """
        kin = min((one.start for one in clause.all("relative") if one.start >= after > 0), default=clause.end)
        years = [at for at in range(clause.start, kin) if YEAR.match(self.passage.tokens[at].text)]
        if any(not any(0 <= at - one.end <= NEAR for one in clause.all("since")) for at in years):
            return True
        if is_of_youth(clause, self.passage):
            return True
        if _has_beginning(clause):
            return False
        years = [unit.start for unit in clause.all("units") if (unit.value or 0) >= YEAR_DAYS]
        return any(abs(at - one.start) <= NEAR + 1 for at in years for one in clause.all("ago"))

    def _is_dated_after(self, clause: Clause) -> bool:
        """Whether the clause after says how many years ago it was: "my lips swelled up, that was in 1987"."""
        after = self.passage.after(clause)
        if after is None or after.sentence != clause.sentence or after.has(*CONTENT - {"pain", "state"}):
            return False
        is_month = any(not self._is_since(one, after) for one in after.all("months"))
        was_so = _is_before(after) and not after.has("no", "not")
        is_past = self._is_years_ago(after) or was_so or (is_month and after.has("had"))
        return is_past and (clause.has("had") or after.has("had"))

    def _is_since(self, hit: Hit, clause: Clause) -> bool:
        """Whether a month is one of a date, or since when something is."""
        beside = self.passage.tokens[max(clause.start, hit.start - 2) : min(clause.end, hit.end + 2)]
        return clause.has("since") or any(token.is_number for token in beside)


def _is_woken_with(hit: Hit, clause: Clause) -> bool:
    """Whether somebody woke from a dream with it: "dreamt of the sea and woke up gasping"."""
    dreams = [one.end for one in clause.all("dreamt")]
    return any(end <= one.start <= hit.start for end in dreams for one in clause.all("woke"))


def _breathes_now(clause: Clause) -> bool:
    """Whether it tells of breath as it is now, and not only at rest or on the way: "jetzt atme ich normal"."""
    is_now = clause.has("now") and clause.has("breathe", "air")
    return is_now and not clause.has("rest", "moderate_effort", "minimal_effort", "only", "if", "no", "trouble", "lack")


def _is_of_wish(condition: Hit, clause: Clause) -> bool:
    """Whether it is the "if" of an "if only"."""
    return any(one.start <= condition.start and condition.end <= one.end for one in clause.all("wished"))


def _is_of_no_help(clause: Clause) -> bool:
    """Whether it says that nothing helps, which is no advice: "niets helpt tegen de hoest"."""
    helped = {hit.start for hit in clause.all("relieves")}
    return clause.has("no", "not", "nothing") and all(hit.start in helped for hit in clause.all("advice"))


def _end_of_subject(hit: Hit, clause: Clause) -> int:
    """Before which place the subject of a mention stands: kin within a phrase after "I" are whom it is done to."""
    is_mine = hit.end - hit.start > 2 and any(one.end == hit.start for one in clause.all("self"))
    return hit.start if is_mine else hit.end


def _asks_how_many(ask: Hit, clause: Clause) -> bool:
    """Whether it begins with "how many sores"."""
    is_wh = any(wh.start == ask.start for wh in clause.all("wh"))
    return is_wh and any(0 <= hit.start - ask.end <= 1 for hit in clause.all("aphtha", "lesion"))


def _asks_of_anybody(clause: Clause, language: str) -> bool:
    """Whether it asks how many there may be, or what happens to anybody: "kriegt man davon Husten"."""
    if clause.has("self", "have"):
        return False
    verbs = {hit.end for hit in clause.all("ask", "can") if hit.start == clause.start}
    is_general = language in VERB_SECOND or clause.has("drug", "tablets")
    is_of_anybody = is_general and any(hit.start in verbs for hit in clause.all("anybody"))
    return is_of_anybody or clause.begins_with("how_many")


def _asks_what_to_do(clause: Clause) -> bool:
    """Whether it asks what the speaker is to do, of what was told before: "the chest hurts, what should I do"."""
    is_brief = clause.end - clause.start <= ITEM + 1 and clause.begins_with("self") and clause.has("ask")
    asks = is_brief or (clause.begins_with("ask") and clause.has("self") and clause.end - clause.start > NEAR)
    return asks and not clause.has(*CONTENT, "if", "advice", "drug", "tablets", "more_than", "anybody")


def _is_exclaimed(ask: Hit, clause: Clause) -> bool:
    """Whether it is no question: "what pain I have", "qué dolor tengo"."""
    is_wh = any(wh.start == ask.start for wh in clause.all("wh"))
    return is_wh and any(0 <= hit.start - ask.end <= 1 for hit in clause.all("pain")) and clause.has("have")


def _is_before(clause: Clause, until: int = 0) -> bool:
    """Whether it was so at a time before.

    Not what is compared with it ("faster than I used to", "never used to", "that used to be different"), nor of how
    many a few are left ("von ehemals fünf"), nor what is told of now until a place ("früher nie, heute").
    """
    if clause.has("different"):
        return False
    compared = clause.all("than", "like", "not", "less", "half")
    wholes = [hit for hit in clause.all("between") if hit.end - hit.start > 1]
    former = [hit for hit in clause.all("used_to") if not any(one.start < hit.start < one.end for one in wholes)]
    former = [hit for hit in former if not any(hit.end <= now.start < until for now in clause.all("now"))]
    return any(not any(_is_compared(hit, one) for one in compared) for hit in former)


def _is_compared(hit: Hit, word: Hit) -> bool:
    """Whether a time before stands after a "than" or "not", or right before a "never": "war früher nie so"."""
    return 0 <= hit.start - word.end <= NEAR or word.start == hit.end


def _is_now_instead(hit: Hit, clause: Clause) -> bool:
    """Whether it comes after the "now" that a clause sets against a time before: "I used to run, now I pant"."""
    before = [one.end for one in clause.all("used_to", "past_time")]
    nows = [one for one in clause.all("now") if any(end <= one.start for end in before)]
    return any(one.end <= hit.start for one in nows)


def read_scope(passage: Passage, today: date, *, is_carer: bool = False) -> Scope:
    """`is_carer`: it is known that somebody writes for the patient; else the words may say so."""
    return Scope(passage, is_carer or is_by_carer(passage), today)


def _has_beginning(clause: Clause, after: int = 0, kinds: tuple[str, ...] = ("since",)) -> bool:
    """Whether a time since when something is stands in the clause, after a place."""
    beginnings = [one.end for one in clause.all(*kinds) if one.start >= after]
    times = clause.all("units", "weekdays", "days_ago", "months") if beginnings else []
    return any(0 <= time.start - end <= NEAR for time in times for end in beginnings)
