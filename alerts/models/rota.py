"""The rota of a clinic: shifts by tier, what was changed about them, who is away, and the clinic's holidays."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import holidays
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alerts import rota
from alerts.rota import Tier
from symptoms.models import Clinic, Practitioner
from symptoms.models.fields import URGENCIES, choices, one_of
from symptoms.models.saying import dated

MOST_WEEKS = 52


def _check_colleagues(row: models.Model, field: str, clinic_id: int | None) -> None:
    """Who is to be on duty works for the clinic, and can be paged."""
    person: Practitioner | None = getattr(row, field) if getattr(row, f"{field}_id") is not None else None
    if person is None:
        return
    if clinic_id is not None and person.clinic_id != clinic_id:
        raise ValidationError({field: _("Works for another clinic.")})
    if why := person.why_not_paged:
        said = _("%(who)s is %(why)s, and no page would go to them. Choose somebody else.")
        raise ValidationError({field: said % {"who": person, "why": why}})


class Shift(models.Model):
    """Somebody is on duty in a tier on a day, and perhaps again every few weeks. Times are the clinic's."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="shifts")
    tier = models.CharField(max_length=20, choices=choices(Tier), default=Tier.TIER_1)
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="shifts")
    on = models.DateField(help_text="The first day.")
    starts_at = models.TimeField()
    ends_at = models.TimeField(help_text="At or before the start: on the next day.")
    every_weeks = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MOST_WEEKS)], help_text="0: once. 1: every week. 2: every other week."
    )
    until = models.DateField(null=True, blank=True, help_text="The last day on which it may begin.")

    class Meta:
        ordering = ["on", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=one_of("tier", Tier), name="shift_tier_known"),
            models.CheckConstraint(condition=models.Q(every_weeks__lte=MOST_WEEKS), name="shift_period_sensible"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("on")), name="shift_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tier_display()}, {date_format(self.on)}, {self.starts_at:%H:%M}, {self.practitioner}"

    def clean(self) -> None:
        _check_colleagues(self, "practitioner", self.clinic_id)
        given = (self.practitioner_id, self.on, self.starts_at, self.ends_at, self.every_weeks)
        if None in given:
            return
        if self.until is not None and self.until < self.on:
            raise ValidationError({"until": _("This day is before the first one.")})
        if (beside := self._beside()) is None:
            return
        said = _("%(who)s is on duty at that time already: %(shift)s.")
        raise ValidationError({"starts_at": said % {"who": self.practitioner, "shift": beside.hours}})

    def _beside(self) -> Shift | None:
        """Another shift of the same person at the same time."""
        mine = self.planned()
        others = Shift.objects.filter(practitioner=self.practitioner_id).exclude(pk=self.pk)
        return next((one for one in others if mine.overlaps(one.planned())), None)

    @property
    def hours(self) -> str:
        return f"{self.get_tier_display()}, {date_format(self.on)}, {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"

    def begins_on(self, day: date) -> bool:
        """Whether an occurrence of it begins on a day of the clinic's calendar."""
        return day in self.planned().days(day, day)

    def planned(self) -> rota.Shift:
        """The shift as the rota reckons with it."""
        return rota.Shift(
            self.pk,
            Tier(self.tier),
            self.practitioner_id,
            self.on,
            self.starts_at,
            self.ends_at,
            self.every_weeks,
            self.until,
        )


class TakeOver(models.Model):
    """One occurrence of a shift, that which begins on a day, is done by somebody else. A swap is two of these."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="take_overs")
    on = models.DateField()
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="take_overs")

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["shift", "on"], name="one_take_over_per_occurrence")]

    def __str__(self) -> str:
        return f"{date_format(self.on)}: {self.practitioner}"

    def clean(self) -> None:
        if self.shift_id is not None:
            _check_colleagues(self, "practitioner", self.shift.clinic_id)
            on: date | None = self.on  # none when the form could not read it
            if on is not None and not self.shift.begins_on(on):
                raise ValidationError({"on": _("The shift does not begin on this day.")})


class Absence(models.Model):
    """A practitioner is away; `cover` does their shifts meanwhile. Without cover the shift is empty."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cover = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="covers", null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="absence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(cover=None) | ~models.Q(cover=models.F("practitioner")),
                name="absence_covered_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner}, {date_format(localtime(self.starts_at))} – {date_format(localtime(self.ends_at))}"

    def clean(self) -> None:
        if self.practitioner_id is not None:
            _check_colleagues(self, "cover", self.practitioner.clinic_id)
            if self.cover_id == self.practitioner_id:
                raise ValidationError({"cover": _("Somebody else has to cover: this person is away.")})
        given: list[Any] = [self.starts_at, self.ends_at]  # None where the form could not read it
        if all(given) and given[1] <= given[0]:
            raise ValidationError({"ends_at": _("The absence ends before it begins. Give a later moment.")})


def validate_country(code: str) -> None:
    """Accept a country of which the public holidays are known, such as BE."""
    if code not in holidays.list_supported_countries():
        said = _("“%(code)s” is not a country whose holidays are known; use a code such as BE.")
        raise ValidationError(said % {"code": code})


class OfficeCalendar(models.Model):
    """Which public holidays a clinic keeps."""

    clinic = models.OneToOneField(Clinic, on_delete=models.PROTECT, related_name="office_calendar")
    country = models.CharField(max_length=2, blank=True, validators=[validate_country], help_text="Such as BE.")
    subdivision = models.CharField(max_length=10, blank=True, help_text="Of the country, where holidays differ.")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.clinic}"

    def clean(self) -> None:
        known: Any = holidays.list_supported_countries().get(self.country, [])
        if self.subdivision and self.subdivision not in known:
            said = _("This is no part of %(country)s whose holidays are known: use one of %(known)s.")
            raise ValidationError({"subdivision": said % {"country": self.country, "known": ", ".join(known)}})


class ClinicHoliday(models.Model):
    """A day on which a clinic is closed besides the public holidays; or, with `is_open`, open all the same."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="holidays")
    on = models.DateField()
    name = models.CharField(max_length=100)
    is_open = models.BooleanField(default=False, help_text="The clinic works on this public holiday.")

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["clinic", "on"], name="one_holiday_per_clinic_and_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class GapKind(StrEnum):
    """What is lacking: somebody on duty in a tier, anybody whom a step of the policy finds, or the public holidays."""

    TIER = "tier"
    POLICY = "policy"
    CALENDAR = "calendar"


class RotaGap(models.Model):
    """Something is lacking for paging people: found every night for the next fourteen days.

    A tier without anybody has its `tier`, and the fallback is paged instead. A policy that finds nobody has its
    `urgency`.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="rota_gaps")
    kind = models.CharField(max_length=20, choices=choices(GapKind), default=GapKind.TIER, db_default=GapKind.TIER)
    tier = models.CharField(max_length=20, choices=choices(Tier), blank=True)
    urgency = models.PositiveSmallIntegerField(choices=URGENCIES, null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=one_of("kind", GapKind), name="rota_gap_kind_known"),
            models.CheckConstraint(
                condition=one_of("tier", Tier) | (models.Q(tier="") & ~models.Q(kind=GapKind.TIER)),
                name="rota_gap_tier_known",
            ),
            models.CheckConstraint(
                condition=models.Q(urgency__isnull=False) | ~models.Q(kind=GapKind.POLICY),
                name="rota_gap_of_a_policy_has_its_urgency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {dated(self, self.starts_at)}"

    @property
    def what(self) -> str:
        """What is lacking, as the beginning of a sentence."""
        if self.kind == GapKind.CALENDAR:
            return _("The public holidays are not known, and all hours count as out of hours,")
        if self.kind == GapKind.POLICY and self.urgency is not None:
            return _("Nobody can be paged as the policy says (%(urgency)s)") % {"urgency": self.get_urgency_display()}
        return _("Nobody is on shift (%(tier)s)") % {"tier": self.get_tier_display()}

    @property
    def instead(self) -> str:
        """What happens then, and what to do about it."""
        if self.kind == GapKind.CALENDAR:
            return _("see the office calendar.")
        if self.kind == GapKind.POLICY:
            return _("see the policy, the rota, and people's addresses at once.")
        return _("see the rota. The policy's fallback is paged instead.")
