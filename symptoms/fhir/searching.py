"""How rows are searched for by the parameters of FHIR, and pages of them read that stay put while new rows come in."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet

from symptoms.fhir.periods import WrongValue, period_of
from symptoms.fhir.shapes import Reference, Resource

Row = TypeVar("Row", bound=Model)

EVERYTHING: Final = Q()
NOTHING: Final = Q(pk__in=[])

PREFIXED: Final = re.compile(r"(eq|ne|gt|lt|ge|le|sa|eb)?([0-9].*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One search parameter. `finds` are the rows that a value asks for, `keeps` says which resources of a row it means.

    Both raise WrongValue.
    """

    type: str
    finds: Callable[[str], Q]
    keeps: Callable[[str], Callable[[Resource], bool]] = lambda _: lambda resource: True


@dataclass(frozen=True, slots=True)
class Kind(Generic[Row]):
    """One kind of resource. `path` leads from its rows to their patient, "" where they are patients.

    A row is shown as resources without kind and, unless it is several, without id. `sorted_by` is a column whose
    latest rows come first; `listed` are the rows that a search may find.
    """

    name: str
    rows: Callable[[], QuerySet[Row]]
    show: Callable[[Row, Reference], Iterable[Resource]]
    path: str
    sorted_by: str
    parameters: Mapping[str, Parameter]
    listed: Q = EVERYTHING

    def patient_id_of(self, row: Row) -> uuid.UUID:
        """The key of the patient whom a row is about."""
        owner: Any = row
        *steps, last = self.path.split("__") if self.path else ["pk"]
        for step in steps:
            owner = getattr(owner, step)
        found: uuid.UUID = getattr(owner, last if last == "pk" else f"{last}_id")
        return found

    def resources_of(self, row: Row) -> Iterator[Resource]:
        """A row as FHIR has it."""
        subject = {"reference": f"Patient/{self.patient_id_of(row)}"}
        for shown in self.show(row, subject):
            yield {"resourceType": self.name, "id": str(row.pk), **shown}


class Place(NamedTuple):
    """The row with which a page begins, and how many of its resources stood on the page before."""

    sorted_by: str
    key: str
    skipped: int = 0


class Page(NamedTuple):
    """Resources with the patients whom they are about, and where the next page begins; None on the last."""

    resources: list[Resource]
    patients: set[uuid.UUID]
    next: Place | None


def read_page(
    kind: Kind[Row],
    rows: QuerySet[Row],
    size: int,
    place: Place | None,
    is_kept: Callable[[Resource], bool] = lambda resource: True,
) -> Page:
    """Up to so many resources, the latest first, by one query for the rows.

    A row may have several of them or, though there are more to come, none. What is newer than a page does not move it.
    """
    begun = rows.filter(_from(place, kind.sorted_by)) if place else rows
    found = list(begun.order_by(f"-{kind.sorted_by}", "-pk")[: size + 1])
    shown = [
        (row, number, resource)
        for row in found[:size]
        for number, resource in enumerate(filter(is_kept, kind.resources_of(row)))
        if not (place and str(row.pk) == place.key and number < place.skipped)
    ]
    beyond = shown[size][:2] if len(shown) > size else (found[size], 0) if len(found) > size else None
    return Page(
        [resource for _, _, resource in shown[:size]],
        {kind.patient_id_of(row) for row, _, _ in shown[:size]},
        beyond and Place(getattr(beyond[0], kind.sorted_by).isoformat(), str(beyond[0].pk), beyond[1]),
    )


def _from(place: Place, sorted_by: str) -> Q:
    """The row of a place and those after it. Many may share a moment, such as reports of one batch."""
    return Q(**{f"{sorted_by}__lte": place.sorted_by}) & (
        Q(**{f"{sorted_by}__lt": place.sorted_by}) | Q(pk__lte=place.key)
    )


def any_of(value: str, parameter: Parameter) -> tuple[Q, Callable[[Resource], bool]]:
    """What a value asks for that may be several, separated by commas. Raises WrongValue."""
    values = [one for one in value.split(",") if one]
    found = NOTHING
    for one in values:
        found |= parameter.finds(one)
    keeps = [parameter.keeps(one) for one in values]
    return found, lambda resource: any(is_kept(resource) for is_kept in keeps)


def key_of(value: str) -> uuid.UUID | None:
    """The key that an id is; None when it is none, or not as we write it."""
    try:
        key = uuid.UUID(value)
    except ValueError:
        return None
    return key if value == str(key) else None


def row_key_of(value: str) -> uuid.UUID | None:
    """The key of the row that a resource is made of: of several from one row, each has more behind a dot."""
    return key_of(value.partition(".")[0])


def by_id() -> Parameter:
    """`_id`, of every kind."""

    def finds(value: str) -> Q:
        key = row_key_of(value)
        return Q(pk=key) if key else NOTHING

    return Parameter("token", finds, lambda value: lambda resource: resource["id"] == value)


def by_patient(path: str) -> Parameter:
    """A patient by a reference or by the bare id. One who does not exist for the caller has no rows."""

    def finds(value: str) -> Q:
        key = key_of(reference_id(value, "Patient") or value)
        return Q(**{path or "pk": key}) if key else NOTHING

    return Parameter("reference", finds)


def about(path: str, name: str = "subject") -> dict[str, Parameter]:
    """What all that is about a patient is searched by: its id, and the patient under both names that FHIR has."""
    return {"_id": by_id(), "patient": by_patient(path), name: by_patient(path)}


def reference_id(reference: str, kind: str) -> str | None:
    """The id in a reference to a resource of a kind, relative or absolute; None when it refers to something else."""
    before, slash, key = reference.rpartition("/")
    return key if slash and before.rpartition("/")[2] == kind else None


def by_date(field: str) -> Parameter:
    """A column with moments by a date or moment, with a prefix such as `ge`. A date is a day in UTC."""

    def finds(value: str) -> Q:
        prefixed = PREFIXED.fullmatch(value)
        if prefixed is None:
            raise WrongValue("Give a date such as 2026-03-01, perhaps with eq, ne, gt, ge, lt, le, sa or eb before it.")
        begin, end = period_of(prefixed[2])
        since, until = Q(**{f"{field}__gte": begin}), Q(**{f"{field}__lt": begin})
        after, before_end = Q(**{f"{field}__gte": end}), Q(**{f"{field}__lt": end})
        return {
            "eq": since & before_end, "ne": until | after, "ge": since, "le": before_end,
            "gt": after, "sa": after, "lt": until, "eb": until,
        }[prefixed[1] or "eq"]  # fmt: skip

    return Parameter("date", finds)


def by_token(
    finds: Callable[[str | None, str], Q], codings: Callable[[Resource], Sequence[Mapping[str, Any]]]
) -> Parameter:
    """A code by `code`, `system|code` or `system|`. `finds` gets the system, None where any will do, and the code.

    `codings` are those of a resource, of which one has to be meant.
    """

    def keeps(value: str) -> Callable[[Resource], bool]:
        return lambda resource: any(is_meant(value, one) for one in codings(resource))

    return Parameter("token", lambda value: finds(*system_and_code(value)), keeps)


def system_and_code(value: str) -> tuple[str | None, str]:
    system, bar, code = value.rpartition("|")
    return (system, code) if bar else (None, code)


def is_meant(value: str, coding: Mapping[str, Any]) -> bool:
    """Whether a token is that of a coding."""
    system, code = system_and_code(value)
    return system in (None, coding.get("system", "")) and code in ("", coding["code"])
