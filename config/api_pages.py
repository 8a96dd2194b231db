"""Pages of a list that stay put while new rows come in: each begins beside a row, and not at a number."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from django.core import signing
from django.db.models import Model, Q
from rest_framework import exceptions
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

CURSOR: Final = "cursor"
SIZE: Final = "page_size"
USUAL_SIZE: Final = 50
LARGEST_SIZE: Final = 100
IS_SIZE: Final = re.compile(r"[1-9][0-9]{0,2}")


class Place(NamedTuple):
    """The row after which a page begins, or before which it ends: what it is sorted by, and its key."""

    is_before: bool
    sorted_by: str
    key: str


class CursorPages(BasePagination):
    """Pages of up to `?page_size=` rows. Views name their `ordering`: the latest first, then by key.

    A cursor is signed for its list and its reader: no other list takes it, and nobody can make one up.
    """

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """A page of rows. Raises ValidationError for a cursor that this list has not given out, or a wrong size."""
        self._address = request.build_absolute_uri()
        self._salt = f"page of {request.path} for {request.user.pk}"
        size, place = _size_of(request), self._place_of(request)
        is_backwards = place is not None and place.is_before
        names = [name.removeprefix("-") for name in view.ordering]
        rows = queryset.order_by(*(names if is_backwards else view.ordering))
        found = list((rows.filter(_beyond(place, *names)) if place else rows)[: size + 1])
        is_more, page = len(found) > size, found[:size][:: -1 if is_backwards else 1]
        self._next = self._link(page[-1], names, is_before=False) if page and (is_more or is_backwards) else None
        has_before = is_more if is_backwards else place is not None
        self._previous = self._link(page[0], names, is_before=True) if page and has_before else None
        return page

    def _place_of(self, request: Request) -> Place | None:
        """Where the page begins that is asked for; None at the first."""
        signed = request.query_params.get(CURSOR)
        if signed is None:
            return None
        try:
            return Place(*signing.loads(signed, salt=self._salt))
        except signing.BadSignature as error:
            raise exceptions.ValidationError({CURSOR: "This list has no such page."}) from error

    def _link(self, row: Model, names: list[str], *, is_before: bool) -> str:
        """The address of the page beside a row."""
        values = [getattr(row, name) for name in names]
        place = Place(is_before, values[0].isoformat(), str(values[1]))
        return replace_query_param(self._address, CURSOR, signing.dumps(place, salt=self._salt))

    def get_paginated_response(self, data: Any) -> Response:
        """The page in the one shape of lists."""
        return Response({"next": self._next, "previous": self._previous, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """A page, for the OpenAPI document."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Both parameters, for the OpenAPI document."""
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": USUAL_SIZE}
        return [
            {
                "name": CURSOR,
                "in": "query",
                "description": "Where a page begins: only as `next` and `previous` of this list give it.",
                "schema": {"type": "string"},
            },
            {"name": SIZE, "in": "query", "description": "Most rows on a page.", "schema": size},
        ]


def _beyond(place: Place, sorted_by: str, key: str) -> Q:
    """The rows beyond a place: later ones are before it. Many may share a moment, such as reports of one batch."""
    beyond = "gt" if place.is_before else "lt"
    return Q(**{f"{sorted_by}__{beyond}e": place.sorted_by}) & (
        Q(**{f"{sorted_by}__{beyond}": place.sorted_by}) | Q(**{f"{key}__{beyond}": place.key})
    )


def _size_of(request: Request) -> int:
    """The size that is asked for; raises ValidationError for one that is no number from 1 to 100."""
    sizes = request.query_params.getlist(SIZE)
    if not sizes:
        return USUAL_SIZE
    if len(sizes) > 1 or not IS_SIZE.fullmatch(sizes[0]) or int(sizes[0]) > LARGEST_SIZE:
        raise exceptions.ValidationError({SIZE: f"Give one whole number from 1 to {LARGEST_SIZE}."})
    return int(sizes[0])
