"""Sees to it that a password that is changed becomes another one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from symptoms.models import User


class AnotherPassword:
    """One of settings.AUTH_PASSWORD_VALIDATORS: refuses the password that the account has."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when somebody chooses the password that they have, such as one handed to them."""
        if isinstance(user, User) and user.pk and user.check_password(password):
            raise ValidationError(_("This is the password that you have. Choose another."), code="same_password")

    def get_help_text(self) -> str:
        return _("Your new password has to differ from the one that you have now.")
