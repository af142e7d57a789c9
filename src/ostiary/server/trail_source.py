"""The events of a trail that are to be exported, each verified, and how they are spread over files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ostiary.audit import BEGINNING, Place, TrailDamaged, Walk, find_trail, kept_events, places_within
from ostiary.directory.directory import Directory
from ostiary.values.identifiers import AccountId

_MOST_EVENTS = 5_000
_MOST_CHARACTERS = 20_000_000
"""In one file."""


@dataclass(frozen=True, slots=True)
class Range:
    """Which events are exported: of those that were not, what was recorded from the first of a time to its last."""

    since: datetime | None = None
    until: datetime | None = None
    """What happened from this moment on is left out."""
    breaks_too: bool = False
    """Go on behind what is not what was recorded, rather than end before it."""


@dataclass(frozen=True, slots=True)
class Exportable:
    """An event as it is exported."""

    place: Place
    time: datetime
    body: str
    """The whole of it as JSON."""


def exportable_events(
    directory: Directory, account: AccountId, within: Range, *, exported: int
) -> Iterator[Exportable]:
    """Yield the events of a range that come behind the place of what was exported before.

    Raises:
        TrailDamaged: an event is not what was recorded, or is missing.
    """
    connection = directory.connection
    trail = find_trail(connection, directory.sealer, account)
    places = places_within(connection, account, since=within.since, until=within.until)
    if trail is None or places is None:
        return
    after = max(exported, places[0] - 1)
    walk = Walk(trail.key, Place(trail.head.pruned_sequence, trail.head.pruned_hash))
    if after > walk.place.sequence:
        # What is before was verified when it was exported; where it was not, its hash is taken as it is kept.
        before = next(kept_events(connection, account, after=after - 1, end=after), None)
        walk = Walk(trail.key, BEGINNING if before is None or before.chain is None else Place(after, before.chain))
    for event in kept_events(connection, account, after=after, end=places[1]):
        if not walk.step(event) and not within.breaks_too:
            raise TrailDamaged(walk.breaks[0].sentence)
        body, time = event.body, event.time
        if body is not None and time is not None and walk.place.sequence == event.sequence:
            yield Exportable(walk.place, time, body)


def spread_over_files(events: Iterator[Exportable], *, by_hour: bool) -> Iterator[tuple[list[Exportable], bool]]:
    """Yield the events of one file after the other, each with whether its hour ends with it.

    Args:
        events: in the order of the trail.
        by_hour: no file has events of two hours; one that comes after those of a later hour counts as of that.
    """
    waiting: list[Exportable] = []
    size = 0
    hour: datetime | None = None
    for event in events:
        its_hour = event.time.replace(minute=0, second=0)
        begins = by_hour and hour is not None and its_hour > hour
        hour = its_hour if hour is None else max(hour, its_hour)
        if waiting and (begins or len(waiting) == _MOST_EVENTS or size + len(event.body) > _MOST_CHARACTERS):
            yield waiting, begins
            waiting, size = [], 0
        waiting.append(event)
        size += len(event.body)
    if waiting:
        yield waiting, True
