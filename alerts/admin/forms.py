"""The small forms of what a clinician does about an alert or a visit."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from alerts.acknowledging import MAX_NOTE_LENGTH, WRITE_WHO_WAS_SPOKEN_TO
from alerts.admin.words import CHANNELS
from alerts.escalation import Hours, Step, Who, arrange
from alerts.messaging import MAX_MESSAGE_LENGTH
from alerts.models import Alert, EscalationPolicy, EscalationStep, Shift, Visit, VisitChecklist
from alerts.models.alert import AlertState, Outcome
from alerts.models.escalation import PAGED, longest_minutes
from alerts.models.notification import Channel
from alerts.models.visit import Adherence, DoseDecision, StomatitisSeen
from alerts.rostering import check_occurrence
from symptoms.admin.grading import NAME_NOBODY_ELSE
from symptoms.admin.moments import date_forms, date_forms_lazily, write_moment
from symptoms.admin.once import OnceForm
from symptoms.admin.seen import SeenForm
from symptoms.admin.words import said_choices, say, say_lazily
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Urgency


class AlertForm(OnceForm):
    """Remembers what the clinician has seen: an alert that rose or changed meanwhile is looked at again."""

    generation = forms.IntegerField(widget=forms.HiddenInput)
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, instance: Alert, auto_id: str = "id_%s") -> None:
        seen = {"generation": instance.generation, "seen_at": instance.updated_at.isoformat()}
        super().__init__(data, initial=seen, auto_id=auto_id)

    def look_again(self, alert: Alert) -> tuple[bool, datetime | None]:
        """Whether the form is from before what `alert` is now, and the last change that it showed, if it said so.

        From then on it counts as seen: the page that says what is new is sent with the same button.
        """
        told: dict[str, Any] = getattr(self, "cleaned_data", {})
        seen_at = told.get("seen_at")
        is_old = told.get("generation", alert.generation) != alert.generation or seen_at not in (None, alert.updated_at)
        data: Any = self.data.copy()
        data["generation"], data["seen_at"] = alert.generation, alert.updated_at.isoformat()
        self.data = data
        return is_old, seen_at

    def clean_seen_at(self) -> datetime | None:
        """The last change that the page showed; None when the page did not say."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen_at"]) if self.cleaned_data["seen_at"] else None
        except ValueError as error:
            raise ValidationError(_("Load the page again.")) from error


GRAVEST_FIRST = (
    Outcome.EMERGENCY, Outcome.ACUTE_ONCOLOGY, Outcome.TREATMENT_INTERRUPTED, Outcome.CLINIC_VISIT,
    Outcome.PHONE_ADVICE, Outcome.SELF_CARE_ADVICE, Outcome.NO_ACTION, Outcome.UNABLE_TO_REACH,
)  # fmt: skip


class CloseForm(AlertForm):
    """What was done. Who closes an urgent alert that nobody has taken says that they have seen to it."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", "---------"), *((one, say_lazily(one, of="outcome")) for one in GRAVEST_FIRST)],
        widget=UnfoldAdminSelectWidget,
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=MAX_NOTE_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("Who was spoken to and what was agreed; why, if nothing was done."),
        error_messages={"required": WRITE_WHO_WAS_SPOKEN_TO},
    )
    is_seen_to = forms.BooleanField(
        label=_("Nobody has taken this alert: I have seen to it myself"), required=False, widget=UnfoldBooleanWidget
    )

    def __init__(self, data: Any = None, *, instance: Alert, auto_id: str = "id_%s") -> None:
        super().__init__(data, instance=instance, auto_id=auto_id)
        is_reached = data is None or data.get("outcome") != Outcome.UNABLE_TO_REACH
        self.fields["note"].required = instance.urgency >= Urgency.URGENT and is_reached
        if instance.state != AlertState.OPEN or instance.urgency < Urgency.URGENT:
            del self.fields["is_seen_to"]

    def clean_is_seen_to(self) -> bool:
        ticked: bool = self.cleaned_data["is_seen_to"]
        if not ticked and self.cleaned_data.get("outcome") != Outcome.UNABLE_TO_REACH:
            raise ValidationError(_("Tick this, or take the alert first."))
        return ticked


class NoteForm(AlertForm):
    note = forms.CharField(
        label=_("Note"), max_length=MAX_NOTE_LENGTH, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )


class GiveBackForm(AlertForm):
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=MAX_NOTE_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("An urgent alert pages at once all whom it has paged before, and those of the next step."),
    )


class ActionForm(AlertForm):
    note = forms.CharField(
        label=_("What was done"),
        max_length=MAX_NOTE_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("What was done so far. The alert stays open until you close it with an outcome."),
    )


class MessageForm(AlertForm):
    message = forms.CharField(
        label=_("Message"),
        max_length=MAX_MESSAGE_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("It appears in the app, signed with your name and role, and is kept: such as when you will call."),
    )


class StepForm(forms.ModelForm[EscalationStep]):
    """A step whose channels are ticked."""

    channels = forms.MultipleChoiceField(
        label=_("channels"),
        choices=[(channel.value, CHANNELS[channel]) for channel in Channel],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: each person's own order."),
    )

    class Meta:
        model = EscalationStep
        fields = ["hours", "after_minutes", "who", "channels"]


class StepFormSet(BaseInlineFormSet[EscalationStep, EscalationPolicy, StepForm]):
    """All steps of a policy: at any hour the first one is taken at once, and none waits too long."""

    def clean(self) -> None:
        super().clean()
        given = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        kept = [one for one in given if not one.get("DELETE") and one.get("after_minutes") is not None]
        steps = [
            (Hours(one["hours"]), Step(Who(one["who"]), timedelta(minutes=one["after_minutes"])))
            for one in kept
            if one.get("hours") and one.get("who")
        ]
        late = {
            True: gettext("The first step in office hours has to be after 0 minutes: somebody at once."),
            False: gettext("The first step out of office hours has to be after 0 minutes: somebody at once."),
        }
        for is_office_hours, refusal in late.items():
            first = next(iter(arrange(steps, is_office_hours=is_office_hours)), None)
            if first is not None and first.after:
                raise ValidationError(refusal)
        if self.instance.urgency in PAGED:
            most = longest_minutes(self.instance.urgency, "step_after")
            if any(one["after_minutes"] > most for one in kept):
                said = gettext("No step may wait longer than %(most)s minutes for alerts of this urgency.")
                raise ValidationError(said % {"most": most})


class SwapForm(OnceForm):
    """Two shifts, each on the day on which it begins."""

    shift = forms.ModelChoiceField(label=_("Shift"), queryset=Shift.objects.none(), widget=UnfoldAdminSelectWidget)
    on = forms.DateField(label=_("Day"), widget=UnfoldAdminDateWidget)
    other_shift = forms.ModelChoiceField(
        label=_("The other shift"), queryset=Shift.objects.none(), widget=UnfoldAdminSelectWidget
    )
    other_on = forms.DateField(label=_("Its day"), widget=UnfoldAdminDateWidget)

    def __init__(self, data: Any = None, *, shifts: QuerySet[Shift]) -> None:
        super().__init__(data)
        for name in ("shift", "other_shift"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = shifts.select_related("practitioner__user")

    def clean(self) -> dict[str, Any]:
        """Each shift has to begin on its day."""
        given = super().clean() or {}
        for shift, on in (("shift", "on"), ("other_shift", "other_on")):
            if given.get(shift) and given.get(on):
                try:
                    check_occurrence(given[shift], given[on])
                except ValidationError as problem:
                    self.add_error(on, problem)
        return given


class EmptyForm(OnceForm):
    """Nothing to fill in: the button says it."""

    def __init__(self, data: Any = None, *, instance: Any = None) -> None:
        super().__init__(data)


class CodeForm(EmptyForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=10,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "one-time-code"}),
        help_text=_("6 digits."),
    )


class VisitForm(EmptyForm):
    """Nothing to fill in: the button says it."""


class ReasonForm(EmptyForm):
    """Why something that was recorded is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=UnfoldAdminTextInputWidget())


class TakeBackChecklistForm(ReasonForm):
    """Of which checklist: the one that counted when the page was made."""

    checklist = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, instance: Visit) -> None:
        super().__init__(data)
        self.fields["reason"].help_text = NAME_NOBODY_ELSE
        counts = instance.checklists.standing().last()
        self.fields["checklist"].initial = counts and counts.pk


class AnotherVisitForm(EmptyForm):
    planned_on = forms.DateField(
        label=_("Day"),
        widget=UnfoldAdminDateWidget,
        help_text=format_lazy("{} {}", date_forms_lazily(), _("A time can be booked then.")),
    )


class EitherDecimalField(forms.DecimalField):
    """A number with a decimal point, or with the comma that most of Europe writes."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class ChecklistForm(OnceForm, forms.ModelForm[VisitChecklist]):
    """What is looked at in the visit, in the order of the consultation."""

    class Meta:
        model = VisitChecklist
        fields = ["stomatitis", "weight_kg", "adherence", "other_side_effects", "dose_decision", "note"]
        field_classes = {"weight_kg": EitherDecimalField}
        labels = {
            "stomatitis": _("Early stomatitis"),
            "weight_kg": _("Weight (kg)"),
            "adherence": _("Tablets taken"),
            "other_side_effects": _("Other side effects"),
            "dose_decision": _("Decision about the dose"),
            "note": _("Note"),
        }
        help_texts = {
            "stomatitis": _("Early stomatitis is looked for in particular (S-14)."),
            "other_side_effects": _("Others of Table 2 (S-19)."),
            "dose_decision": _("S-01. Write what is done into the dose log."),
        }
        widgets = {
            "stomatitis": UnfoldAdminRadioSelectWidget,
            "weight_kg": UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
            "adherence": UnfoldAdminRadioSelectWidget,
            "other_side_effects": UnfoldAdminTextareaWidget(attrs={"rows": 4}),
            "dose_decision": UnfoldAdminSelectWidget,
            "note": UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        }

    def __init__(self, data: Any = None, *, instance: Visit) -> None:
        super().__init__(data)
        for name, enum in (("stomatitis", StomatitisSeen), ("adherence", Adherence), ("dose_decision", DoseDecision)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            is_list = isinstance(field.widget, forms.Select) and not isinstance(field.widget, forms.RadioSelect)
            field.choices = [*([("", "---------")] if is_list else []), *said_choices(enum)]


DAYTIME: Final = (time(7), time(19))
"""When visits are booked without a question, by the clinic's clock."""


class BookForm(SeenForm):
    """A day and a time on the clock of the clinic, where the visit takes place."""

    booked_at = forms.SplitDateTimeField(label=_("Day and time"), widget=UnfoldAdminSplitDateTimeWidget)
    is_meant = forms.BooleanField(label=_("The hour is right"), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, instance: Visit) -> None:
        zone = instance.patient.clinic.zone
        initial: Any = instance.booked_at.astimezone(zone).replace(tzinfo=None) if instance.booked_at else None
        if initial is None and instance.planned_on >= local_date(timezone.now(), zone):
            initial = [instance.planned_on, None]
        stands = " ".join([say(instance.status), write_moment(instance.booked_at, zone) if instance.booked_at else ""])
        super().__init__(data, stands=stands.strip(), initial={"booked_at": initial})
        clock = gettext("On the clinic's clock (%(zone)s).") % {"zone": zone.key}
        self.fields["booked_at"].help_text = f"{clock} {date_forms()}"
        self._zone = zone

    def clean_booked_at(self) -> datetime:
        given: datetime = self.cleaned_data["booked_at"]
        return timezone.make_aware(timezone.make_naive(given), self._zone)

    def clean(self) -> dict[str, Any]:
        """An hour of the night is asked about: most of them are slips."""
        cleaned: dict[str, Any] = super().clean() or {}
        booked_at = cleaned.get("booked_at")
        if booked_at and not DAYTIME[0] <= booked_at.astimezone(self._zone).time() <= DAYTIME[1]:
            self.fields["is_meant"].widget = UnfoldBooleanWidget()
            if not cleaned.get("is_meant"):
                self.add_error("booked_at", gettext("This is early or late in the day. If it is right, say so below."))
        return cleaned
