"""Who can have a session at all: active staff. Accounts of patients cannot, whatever password they may have."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend


class StaffBackend(ModelBackend):
    """Checks user name and password, in the same time for names that nobody has; reads sessions of staff only."""

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(user is not None and user.is_staff and super().user_can_authenticate(user))
