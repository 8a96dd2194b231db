"""The small forms of what a clinician does about an alert or a visit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from alerts.acknowledging import MAX_NOTE_LENGTH
from alerts.models import Alert, Visit
from alerts.models.alert import Outcome
from symptoms.models.fields import choices


class AlertForm(forms.Form):
    """Remembers which urgency the clinician has seen: an alert that rose meanwhile is looked at again."""

    generation = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, instance: Alert) -> None:
        super().__init__(data, initial={"generation": instance.generation})


class CloseForm(AlertForm):
    outcome = forms.ChoiceField(choices=[("", "---------"), *choices(Outcome)], widget=UnfoldAdminSelectWidget)
    note = forms.CharField(
        required=False,
        max_length=MAX_NOTE_LENGTH,
        widget=UnfoldAdminTextareaWidget,
        help_text="What was done. Closing without action needs a reason.",
    )


class NoteForm(AlertForm):
    note = forms.CharField(max_length=MAX_NOTE_LENGTH, widget=UnfoldAdminTextareaWidget)


class EmptyForm(forms.Form):
    """Nothing to fill in: the button says it."""

    def __init__(self, data: Any = None, *, instance: Any = None) -> None:
        super().__init__(data)


class CodeForm(EmptyForm):
    code = forms.CharField(
        max_length=10, widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "one-time-code"}), help_text="6 digits."
    )


class VisitForm(EmptyForm):
    """Nothing to fill in: the button says it."""


class BookForm(forms.Form):
    """A day and a time on the patient's clock."""

    booked_at = forms.SplitDateTimeField(label="Day and time", widget=UnfoldAdminSplitDateTimeWidget)

    def __init__(self, data: Any = None, *, instance: Visit) -> None:
        zone = instance.patient.zone
        initial = instance.booked_at.astimezone(zone).replace(tzinfo=None) if instance.booked_at else None
        super().__init__(data, initial={"booked_at": initial})
        self.fields["booked_at"].help_text = f"On the patient's clock ({instance.patient.time_zone})."
        self._zone = zone

    def clean_booked_at(self) -> datetime:
        given: datetime = self.cleaned_data["booked_at"]
        return timezone.make_aware(timezone.make_naive(given), self._zone)
