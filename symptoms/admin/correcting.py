"""The form in which a clinician puts a report right: every question in words, with the choices that patients have.

A question that is left as it is sends nothing, so nothing that a colleague corrected meanwhile is put back.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold import widgets

from symptoms.admin.answers import GRADED, answer_in_words, question_in_words
from symptoms.admin.seen import SeenForm
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import (
    MAX_ONSET_DAYS_BACK,
    MAX_TEMPERATURE_C,
    MAX_TEXT_LENGTH,
    MIN_TEMPERATURE_C,
    NONE,
    UNKNOWN,
    Slot,
)
from symptoms.flow.dialogue import CURRENT, AnswerType, Question
from symptoms.models import Amendment, SymptomReport
from symptoms.models.amendment import AmendmentReason

GRADED_ONE_BY_ONE: Final = Slot.OTHER_SYMPTOMS
"""Symptoms without rules have a grade each, which no single choice holds; a remark does."""

WORDED_REASONS: Final = {
    AmendmentReason.MISTAKE: gettext_lazy("a slip: something else was meant"),
    AmendmentReason.MISUNDERSTOOD: gettext_lazy("the question or the answer was misunderstood"),
    AmendmentReason.FORGOTTEN: gettext_lazy("something was forgotten"),
    AmendmentReason.OTHER: gettext_lazy("another reason"),
}


class ValueOrWord(forms.MultiValueField):
    """A number or a day, or one of the words that stand in its place, such as "I don't know"; None for neither."""

    def __init__(self, value: forms.Field, words: list[tuple[str, str]], label: str) -> None:
        word = forms.ChoiceField(choices=words, required=False, widget=widgets.UnfoldAdminSelectWidget)
        both = [value, word]
        for one in both:
            one.widget.attrs["aria-label"] = label
        widget = _SideBySide([one.widget for one in both])
        super().__init__(fields=both, widget=widget, require_all_fields=False, required=False, label=label)

    def compress(self, data_list: list[Any]) -> Any:
        value, word = data_list or (None, "")
        if value is not None and word:
            raise ValidationError(_("Give a value or choose one of the words, not both."))
        return word or value


class _SideBySide(forms.MultiWidget):
    def decompress(self, value: Any) -> list[Any]:
        return [None, None]


class CorrectionForm(SeenForm):
    """What is right in a report instead of what was answered, why, and a remark: an answer, a remark, or both."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why it is put right"),
        choices=[("", "---------"), *((one.value, words) for one, words in WORDED_REASONS.items())],
        widget=widgets.UnfoldAdminSelectWidget,
    )
    note = forms.CharField(
        label=gettext_lazy("Remark"), max_length=2000, required=False, widget=widgets.UnfoldAdminTextareaWidget
    )

    def __init__(self, data: Any = None, *, report: SymptomReport) -> None:
        self._report, self._answers = report, report.amended_answers or report.answers
        self._questions = [one for slot, one in CURRENT.questions.items() if slot != GRADED_ONE_BY_ONE]
        times = {"count": report.amendments.count()}
        super().__init__(data, stands=_("corrections: %(count)d") % times, initial={"form_id": uuid.uuid4()})
        on = local_date(report.received_at, report.patient.zone)
        self.fields.update({one.slot: _field_of(one, _as_it_is(one, self._answers), on) for one in self._questions})

    @property
    def asked(self) -> Iterator[BoundField]:
        """The questions that the report answers."""
        return (self[one.slot] for one in self._questions if one.slot in self._answers)

    @property
    def not_asked(self) -> Iterator[BoundField]:
        return (self[one.slot] for one in self._questions if one.slot not in self._answers)

    @property
    def answers(self) -> dict[str, Any]:
        """Slot to right value, of those that were chosen alone, as they are stored."""
        given = ((one.slot, self.cleaned_data.get(one.slot)) for one in self._questions)
        return {str(slot): _as_stored(value) for slot, value in given if value not in (None, "", [])}

    def is_old(self) -> bool:
        """What is sent twice is no older for what it did itself."""
        sent = Amendment.objects.filter(report=self._report, client_id=self.cleaned_data.get("form_id"))
        return super().is_old() and not sent.exists()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and not self.answers and not given["note"]:
            raise ValidationError(_("Choose what is right instead, or write a remark."))
        return given


def _as_it_is(question: Question, answers: Mapping[str, Any]) -> str:
    """What leaving a question as it is means."""
    if question.slot not in answers:
        return _("not asked")
    return _("as it is: %(answer)s") % {"answer": answer_in_words(question.slot, answers[question.slot])}


def _field_of(question: Question, as_it_is: str, on: date) -> forms.Field:
    """A question as its type is asked, on the day of the report."""
    slot, label = question.slot, question_in_words(question.slot)
    words = [(value, _label(slot, value)) for value in question.options]
    if question.type is AnswerType.TEXT:
        widget = widgets.UnfoldAdminTextareaWidget()
        return forms.CharField(
            label=label, help_text=as_it_is, required=False, max_length=MAX_TEXT_LENGTH, widget=widget
        )
    if question.type is AnswerType.CHOICES:
        several = widgets.UnfoldAdminCheckboxSelectMultipleWidget()
        return _SeveralField(label=label, help_text=as_it_is, choices=words, required=False, widget=several)
    choices = [("", as_it_is), *words]
    if question.type is AnswerType.CHOICE:
        select = widgets.UnfoldAdminSelectWidget()
        coerce = _read_grade if slot.endswith(GRADED) else str
        return forms.TypedChoiceField(label=label, choices=choices, required=False, coerce=coerce, widget=select)
    return ValueOrWord(_value_of(question, on), choices, label)


def _value_of(question: Question, on: date) -> forms.Field:
    """The number or the day of a question, within what can be."""
    if question.type is AnswerType.DATE:
        earliest = on - timedelta(days=MAX_ONSET_DAYS_BACK)
        limits = [MinValueValidator(earliest), MaxValueValidator(on)]
        return forms.DateField(required=False, validators=limits, widget=widgets.UnfoldAdminSingleDateWidget())
    number = partial(forms.FloatField, step_size=0.1, min_value=MIN_TEMPERATURE_C, max_value=MAX_TEMPERATURE_C)
    if question.slot != Slot.FEVER_TEMPERATURE_C:
        number = partial(forms.IntegerField, min_value=int(question.minimum or 0), max_value=int(question.maximum or 0))
    return number(required=False, widget=widgets.UnfoldAdminIntegerFieldWidget())


class _SeveralField(forms.MultipleChoiceField):
    """Several of a list; "none of these" stands alone."""

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        if NONE in chosen and len(chosen) > 1:
            raise ValidationError(_("“None of these” cannot stand beside another choice."))
        return chosen[0] if chosen in ([NONE], [UNKNOWN]) else chosen


def _label(slot: Slot, value: str) -> str:
    return answer_in_words(slot, _read_grade(value) if slot.endswith(GRADED) else value)


def _read_grade(value: str) -> int | str:
    return value if value == UNKNOWN else int(value)


def _as_stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
