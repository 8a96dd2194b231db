"""Reads and searches resources of any kind. One view each: what kind it serves is given with its address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.core import signing
from django.db.models import QuerySet
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from symptoms.api.calling import language_of
from symptoms.fhir.access import own_rows
from symptoms.fhir.door import FhirDoor, bundle_of
from symptoms.fhir.periods import WrongValue
from symptoms.fhir.questionnaire import URL, VERSION, show_questionnaire
from symptoms.fhir.searching import Kind, Place, any_of, read_page, row_key_of
from symptoms.fhir.shapes import Resource
from symptoms.models.access import AccessKind
from symptoms.wording import LANGUAGES

COUNT: Final = "_count"
PLACE: Final = "_place"
"""Where a page begins: only as the link to the next page gives it."""
USUAL_COUNT: Final = 50
LARGEST_COUNT: Final = 100
STRICT: Final = "handling=strict"
OF_THE_ANSWER: Final = frozenset({"_format", "_pretty"})
"""Parameters about how an answer looks, which is always the same."""


class Read(FhirDoor):
    """One resource by its id."""

    kind: Kind[Any] = None  # type: ignore[assignment]  # given with each address

    def get(self, request: Request, resource_id: str) -> Response:
        key = row_key_of(resource_id)
        row = own_rows(request, self.kind.rows(), self.kind.path).filter(pk=key).first() if key else None
        resources = self.kind.resources_of(row) if row else ()
        found = next((one for one in resources if one["id"] == resource_id), None)
        if row is None or found is None:
            raise NotFound
        self.record(AccessKind.VIEW, [self.kind.patient_id_of(row)], record=row)
        return Response(found)


class Search(FhirDoor):
    """A page of the resources that parameters ask for, those of the latest rows first.

    A parameter that the kind does not know is ignored, as FHIR wants it, and left out of the link to the answer itself;
    who wants to be told says `Prefer: handling=strict`. A modifier or a chain is always refused.
    """

    kind: Kind[Any] = None  # type: ignore[assignment]  # given with each address

    def get(self, request: Request) -> Response:
        asked = _asked_of(request, {*self.kind.parameters, COUNT, PLACE})
        rows, is_kept = self._narrowed([(name, value) for name, value in asked if name in self.kind.parameters])
        size, place = _count_in(asked), self._place_in(asked)
        page = read_page(self.kind, rows, size, place, is_kept)
        address = request.build_absolute_uri(request.path)
        links = {"self": _link(address, asked)}
        if page.next is not None:
            others = [(name, value) for name, value in asked if name != PLACE]
            links["next"] = _link(address, [*others, (PLACE, signing.dumps(page.next, salt=self._salt))])
        if place is not None:
            links["first"] = _link(address, [(name, value) for name, value in asked if name != PLACE])
        self.record(AccessKind.SEARCH, page.patients)
        return Response(bundle_of(request, page.resources, links))

    def _narrowed(self, asked: list[tuple[str, str]]) -> tuple[QuerySet[Any], Callable[[Resource], bool]]:
        """The rows that exist for the caller and fit all parameters, and which of their resources do."""
        condition, kept = self.kind.listed, []
        for name, value in asked:
            try:
                found, is_kept = any_of(value, self.kind.parameters[name])
            except WrongValue as error:
                raise ValidationError({name: str(error)}) from error
            condition &= found
            kept.append(is_kept)
        rows = own_rows(self.request, self.kind.rows(), self.kind.path).filter(condition)
        return rows, lambda resource: all(is_kept(resource) for is_kept in kept)

    @property
    def _salt(self) -> str:
        """A place is signed for its list and its reader: nobody makes one up."""
        return f"place in {self.request.path} for {self.request.user.pk}"

    def _place_in(self, asked: list[tuple[str, str]]) -> Place | None:
        signed = dict(asked).get(PLACE)
        if signed is None:
            return None
        try:
            return Place(*signing.loads(signed, salt=self._salt))
        except signing.BadSignature as error:
            raise ValidationError({PLACE: "This search has no such page."}) from error


class ReadQuestionnaire(FhirDoor):
    """The check-in, in the language of `_language` or `Accept-Language`."""

    def get(self, request: Request, resource_id: str) -> Response:
        if resource_id != VERSION:
            raise NotFound
        return Response(show_questionnaire(_language_for(request)))


class SearchQuestionnaires(FhirDoor):
    """The same as the one result of a search that it fits."""

    def get(self, request: Request) -> Response:
        asked = _asked_of(request, {"_id", "url", "_language", COUNT})
        is_meant = all(value == {"_id": VERSION, "url": URL}.get(name, value) for name, value in asked)
        found = [show_questionnaire(_language_for(request))] if is_meant else []
        links = {"self": _link(request.build_absolute_uri(request.path), asked)}
        return Response(bundle_of(request, found, links))


def _language_for(request: Request) -> str:
    wanted = request.query_params.get("_language")
    return wanted if wanted in LANGUAGES else language_of(request)


def _asked_of(request: Request, known: set[str]) -> list[tuple[str, str]]:
    """The parameters of a search that are known and have a value, in their order. Raises ValidationError."""
    asked = []
    for name, values in request.query_params.lists():
        base = name.partition(":")[0].partition(".")[0]
        if name in known:
            asked += [(name, value) for value in values if value]
        elif base in known and base != name:
            raise ValidationError({name: "Modifiers and chains are not supported."})
        elif name not in OF_THE_ANSWER and STRICT in request.headers.get("Prefer", ""):
            raise ValidationError({name: "There is no such parameter. See GET /fhir/metadata."})
    return asked


def _count_in(asked: list[tuple[str, str]]) -> int:
    """How many resources a page may have: never more than are wanted. Raises ValidationError."""
    wanted = dict(asked).get(COUNT)
    if wanted is None:
        return USUAL_COUNT
    if not (wanted.isascii() and wanted.isdecimal() and int(wanted[:9])):
        raise ValidationError({COUNT: "Give a whole number from 1 on."})
    return min(int(wanted[:9]), LARGEST_COUNT)


def _link(address: str, asked: list[tuple[str, str]]) -> str:
    return f"{address}?{urlencode(asked)}" if asked else address
