"""Refusals of the mobile API that carry more than a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from rest_framework import exceptions, status


class Conflict(exceptions.APIException):
    """The request contradicts what is stored."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "This client_id was used before with another body."
    default_code = "client_id_conflict"


class InvalidFields(exceptions.APIException):
    """A body with answers that are not right: `fields` maps each to what would be."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "invalid"
    default_detail = "Some fields are not right."

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__()
        self.fields = dict(fields)
