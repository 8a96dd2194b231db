"""Of whom a clause speaks, and whether it is so: now, of the speaker, and not merely asked, feared or read about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from symptoms.language.denial.denying import SYMPTOMS
from symptoms.language.denial.mine_alone import mine_alone
from symptoms.language.scope.generalities import is_no_fact
from symptoms.language.scope.imagined import is_dreamt, is_under_condition, is_unwarned, is_warned_of, is_woken_with
from symptoms.language.scope.noticed import (
    is_answered,
    is_asked_of_kin,
    is_hearsay_of_me,
    is_likened_to_mine,
    is_noticed_of_me,
    is_said_to_be_me,
)
from symptoms.language.scope.onlookers import BREATH as BREATH_VERBS
from symptoms.language.scope.owned import is_in_my_mouth, is_owned, is_the_speakers
from symptoms.language.scope.past import is_over
from symptoms.language.scope.questions import is_echoed, is_question
from symptoms.language.scope.subjects import OTHERS, is_by_carer, subjects_of
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 2
ASIDE: Final = 4
"""Words of a clause that no more than names somebody."""
ME_BEFORE_VERBS: Final = frozenset({"es", "fr"})
"""Languages in which "me" stands before the verb of the speaker who does it: "me ahogo", "je m'essouffle"."""
TAKEN_IN: Final = ("eat", "drink", "swallow")


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
        if not self.passage.has(*OTHERS) or hit in mine_alone(clause, self.passage):
            return False
        if is_said_to_be_me(clause, self.passage):
            return False
        if self._is_before_subject(hit, clause):
            return True
        if (
            self._is_done_by_me(hit, clause)
            or is_in_my_mouth(hit, clause)
            or is_the_speakers(hit, clause, self.passage)
            or (hit.kind in (*BREATH_VERBS, *TAKEN_IN) and self._is_followed_by_me(hit, clause))
        ):
            return False
        if self._is_noticed(hit, clause) or is_asked_of_kin(clause, self.passage):
            return False
        return self._subject_at(_end_of_subject(hit, clause), clause) == "other"

    def _is_noticed(self, hit: Hit, clause: Clause) -> bool:
        """Whether others notice it of the speaker: "my husband hears me barking"."""
        if not self.passage.has("noticed"):
            return False
        others = [at for at, who in self._subjects(clause) if who == "other"]
        return is_noticed_of_me(hit, clause, others, self.passage)

    def _is_followed_by_me(self, hit: Hit, clause: Clause) -> bool:
        """Whether "I" stands right after a verb, and nobody before it: "und seit gestern huste ich auch"."""
        subjects = self._subjects(clause)
        return bool(subjects) and subjects[0] == (hit.end, "patient")

    def _is_done_by_me(self, hit: Hit, clause: Clause) -> bool:
        """Whether "me" stands right before the speaker's own verb: "mi marido dice que me ahogo"; not "me tose"."""
        if self.passage.lexicon.language not in ME_BEFORE_VERBS:
            return False
        is_after_me = any(one.end == hit.start for one in clause.all("me"))
        return is_after_me and hit.kind in BREATH_VERBS and not self.passage.says(hit.start, "third_person")

    def _subjects(self, clause: Clause) -> list[tuple[int, str]]:
        """The subjects of a clause by their places, which are found once."""
        if clause.at not in self.known_subjects:
            self.known_subjects[clause.at] = subjects_of(clause, self.passage, self.is_carer)
        return self.known_subjects[clause.at]

    def _is_before_subject(self, hit: Hit, clause: Clause) -> bool:
        """Whether somebody else follows right after a verb of theirs: "tose mi niño", "nachts hustet die Nachbarin"."""
        if not self.passage.says(hit.start, "third_person"):
            return False
        subjects = self._subjects(clause)
        first = next(iter(subjects), None)
        return first is not None and first[1] == "other" and 0 <= first[0] - hit.end <= NEAR

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
        if not clause.has("utter", "say") and (named := self._before_aside(previous)) is not None:
            return "patient" if clause.has("observe") else self._subject_at(named.end, named)
        if previous.mark == ":" and previous.has("know") and not previous.has("say", "utter"):
            return "patient"
        if _is_done_to_me(at, clause, previous) or _is_after_machine(clause, previous):
            return "patient"
        if clause.has("someone"):
            return self._subject_at(previous.end, previous)
        if previous.sentence != clause.sentence or _is_about_me(previous) or _is_said(previous):
            return "patient"
        return self._subject_at(previous.end, previous)

    def _before_aside(self, clause: Clause) -> Clause | None:
        """The clause before that names somebody, where this one only says who they are: "ma tante, qui vit ici,"."""
        before = self.passage.before(clause)
        if before is None or before.sentence != clause.sentence or (before.mark, clause.mark) != (",", ","):
            return None
        is_relative = self.passage.says(clause.start, "that_of")
        is_bare = before.has("relative", "stranger") and before.end - before.start <= ASIDE
        return before if is_relative and is_bare else None

    def _is_of(self, at: int, clause: Clause) -> bool:
        """Whether an owner is joined by "of" to what stands before; not by one of place, as in "detrás de"."""
        places = {one.end for one in clause.all("place")}
        return any(0 <= at - one.end <= 1 and one.start not in places for one in clause.all("of"))

    def is_imagined(self, hit: Hit, clause: Clause) -> bool:
        """Whether a mention is only asked about, feared, read or supposed."""
        if is_dreamt(clause, self.passage) or is_no_fact(hit, clause, self.passage):
            return True
        is_warning = is_warned_of(clause, self.passage) and not is_woken_with(hit, clause)
        is_warning = is_warning and not is_unwarned(hit, clause, self.passage)
        is_warning = is_warning and not (is_hearsay_of_me(hit, clause) or self._is_noticed(hit, clause))
        if not (is_warning or self._is_asked(clause) or is_under_condition(hit, clause, self.passage)):
            return False
        if is_echoed(clause, self.passage) or is_likened_to_mine(clause, self.passage):
            return False
        return not is_owned(hit, clause, self.passage) and is_answered(clause, self.passage) != "yes"

    def _is_asked(self, clause: Clause) -> bool:
        """Whether a clause is a question, which is found out once."""
        if clause.at not in self.known_questions:
            self.known_questions[clause.at] = is_question(clause, self.passage)
        return self.known_questions[clause.at]

    def is_over(self, hit: Hit, clause: Clause) -> bool:
        """Whether a mention is of a time before: long ago, or "had" with a time of more than some days ago."""
        return is_over(hit, clause, self.passage, self.today)


def _is_done_to_me(at: int, clause: Clause, previous: Clause) -> bool:
    """Whether it does it to "me", after others of whom no symptom is told: "he's away, the cough keeps me up"."""
    determiners = {hit.start for hit in clause.all("mine")}
    is_of_me = any(hit.start >= at and hit.start not in determiners for hit in clause.all("me"))
    return is_of_me and not (previous.has(*SYMPTOMS) or clause.has("someone"))


def _is_after_machine(clause: Clause, previous: Clause) -> bool:
    """Whether only a machine was named before, of which it is not said: "the boiler coughs, no breath on stairs"."""
    is_alone = previous.has("machine") and not previous.has("relative", "stranger", "someone", "origin", "somebody")
    joints = {hit.end for hit in clause.all("and") if hit.start == clause.start}
    goes_on = any(hit.start in joints for hit in clause.all(*BREATH_VERBS))
    return is_alone and not goes_on and not clause.has("someone")


def _is_said(clause: Clause) -> bool:
    """Whether it ends with that others say what is not of themselves: "she says, the cough is bad"."""
    ends = {clause.end, *(hit.start for hit in clause.all("someone") if hit.end == clause.end)}
    return any(hit.end in ends for hit in clause.all("say", "utter", "told")) and not clause.has(*SYMPTOMS)


def _is_about_me(clause: Clause) -> bool:
    """Whether others do something about what is the speaker's: "the neighbours knock because of my barking"."""
    led = {hit.start for hit in clause.all("mine")} & {hit.end for hit in clause.all("of", "cause", "because")}
    kin = {hit.start for hit in clause.all("relative", "stranger")}
    is_mine = any(hit.start in led and hit.end not in kin for hit in clause.all("self"))
    return is_mine and not clause.has(*SYMPTOMS)


def _end_of_subject(hit: Hit, clause: Clause) -> int:
    """Before which place the subject of a mention stands: kin within a phrase after "I" are whom it is done to."""
    is_mine = hit.end - hit.start > 2 and any(one.end == hit.start for one in clause.all("self"))
    return hit.start if is_mine else hit.end


def read_scope(passage: Passage, today: date, *, is_carer: bool = False) -> Scope:
    """`is_carer`: it is known that somebody writes for the patient; else the words may say so."""
    return Scope(passage, is_carer or is_by_carer(passage), today)
