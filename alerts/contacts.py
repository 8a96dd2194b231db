"""By which ways a practitioner can be reached, the best first.

Only addresses count that their owner has verified. The e-mail address of the account, which the clinic has set,
counts as well and is the last of them: nobody is unreachable because nothing has been verified yet. A bad
address comes after all others and is tried all the same when nothing else is left: a provider's mistake must not
make a person unreachable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from alerts.channels import configured_channels
from alerts.models import ContactPoint
from alerts.models.notification import Channel
from symptoms.models import Practitioner
from symptoms.prepared import Prepared, each

LAST: Final = 99
"""The order of an address that nobody has put in order."""

POINTS: Final = Prepared(
    lambda people: ContactPoint.objects.filter(practitioner__in=each(people, "bigint")).order_by("order", "pk")
)
POINTS_OF_CLINIC: Final = Prepared(
    lambda clinic: ContactPoint.objects.filter(practitioner__clinic=clinic).order_by("order", "pk")
)


@dataclass(frozen=True, slots=True)
class Way:
    """An address that a practitioner may be written to, by the channel that it belongs to."""

    channel: Channel
    address: str
    is_bad: bool = False


def ways_of(practitioners: Iterable[Practitioner]) -> dict[int, list[Way]]:
    """For each practitioner's key, the ways to reach them, one for each channel.

    One query for all; none for members of a team, whose contact points were read with them (`give_points`).
    """
    people = list(practitioners)
    given: dict[int, list[ContactPoint]] = {one.pk: one.points for one in people if hasattr(one, "points")}
    asked = [one.pk for one in people if one.pk not in given]
    points = given | (_by_person(POINTS.all(people=asked)) if asked else {})
    usable = set(configured_channels())
    return {one.pk: _ways(one, points.get(one.pk, []), usable) for one in people}


def give_points(team: Iterable[Practitioner], points: Iterable[ContactPoint]) -> None:
    """Let the members of a team know their contact points, which were read at the same moment."""
    of_person = _by_person(points)
    for one in team:
        one.points = of_person.get(one.pk, [])  # type: ignore[attr-defined]  # no field


def _by_person(points: Iterable[ContactPoint]) -> dict[int, list[ContactPoint]]:
    of_person: dict[int, list[ContactPoint]] = defaultdict(list)
    for point in points:
        of_person[point.practitioner_id].append(point)
    return of_person


def _ways(person: Practitioner, points: list[ContactPoint], usable: set[Channel]) -> list[Way]:
    login = person.user.email
    ways = [
        Way(Channel(point.channel), point.address, is_bad=point.bad_since is not None)
        for point in points
        if point.channel in usable and point.address and (point.verified_at or point.address == login)
    ]
    if login and Channel.EMAIL not in {way.channel for way in ways}:
        ways.append(Way(Channel.EMAIL, login))
    return sorted(ways, key=lambda way: way.is_bad)


def address_of(practitioner: Practitioner, channel: str) -> str:
    """The practitioner's address for a channel as it is now; empty when there is none that may be used."""
    ways = ways_of([practitioner])[practitioner.pk]
    return next((way.address for way in ways if way.channel == channel), "")


def mark_bad(practitioner: Practitioner, channel: str, *, now: datetime) -> bool:
    """Note that a provider refused the practitioner's address for good. Returns whether that is news."""
    points = ContactPoint.objects.filter(practitioner=practitioner, channel=channel)
    if points.filter(bad_since__isnull=False).exists():
        return False
    address = address_of(practitioner, channel)
    known = points.first()
    if known is None and address:  # the log-in address, which has no row of its own until now
        known = ContactPoint.objects.create(practitioner=practitioner, channel=channel, address=address, order=LAST)
    return known is not None and known.address == address and bool(points.update(bad_since=now))


def mark_good(practitioner: Practitioner, channel: str) -> None:
    """A provider took a page for the address: whatever was held against it has passed."""
    ContactPoint.objects.filter(practitioner=practitioner, channel=channel, bad_since__isnull=False).update(
        bad_since=None
    )
