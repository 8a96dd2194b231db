"""What the particulars of a patient have to be, whether they are given at enrolment or changed later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from symptoms.admin.scoping import ClinicForm
from symptoms.finding import SHORTEST_PHONE
from symptoms.models import Patient
from symptoms.plain import plain_number

OLDEST: Final = timedelta(days=130 * 365)
YOUNGEST: Final = timedelta(days=15 * 365)


def check_birth(born: date) -> None:
    """Raise ValidationError for a day on which no adult patient was born."""
    today = timezone.localdate()
    if not today - OLDEST <= born <= today:
        raise ValidationError(_("Give the day on which the patient was born."))
    if born > today - YOUNGEST:
        raise ValidationError(_("Born on this day, the patient would be a child. Look at the year again."))


def check_somebodys(number: str) -> None:
    """Raise ValidationError for a number with which no one person can be rung: 112 is nobody's."""
    if sum(map(str.isdigit, number)) < SHORTEST_PHONE:
        raise ValidationError(_("This number is too short to be anybody's own."))


class ParticularsForm(ClinicForm):
    """The particulars of a patient who is enrolled. What is left as it was is not judged anew."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        checks = {"date_of_birth": check_birth, "phone": check_somebodys, "carer_phone": check_somebodys}
        for name, check in {**checks, "hospital_number": self._check_hospital_number}.items():
            value = self.cleaned_data.get(name)
            if value and name in self.changed_data:
                try:
                    check(value)
                except ValidationError as problem:
                    self.add_error(name, problem)
        return cleaned

    def _check_hospital_number(self, number: str) -> None:
        """However it is written, a number is one patient's: in an emergency it has to lead to one."""
        others = Patient.objects.of_clinic(self.instance.clinic).exclude(pk=self.instance.pk)
        if others.filter(hospital_number=number).exists() or (
            plain_number(number) and others.filter(plain_number=plain_number(number)).exists()
        ):
            raise ValidationError(_("Another patient of this clinic has this number."))
