"""Verifying a trail: whether what is kept is what was recorded, all of it and nothing else, and where it is not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Integer, LargeBinary, cast, func, or_, select, type_coerce

from ostiary.audit.chain import FIRST_HASH, ChainKey
from ostiary.audit.errors import TrailDamaged
from ostiary.audit.kept import KeptEvent, kept_events
from ostiary.audit.trails import Trail, find_trail
from ostiary.credentials import SealBroken, Sealer
from ostiary.store import schema

_events = schema.events
_trails = schema.trails

_MOST_BREAKS = 100
"""How many are told of; the first is what matters."""


_MOST_BEFORES = 3


class How(StrEnum):
    """In which way a trail is not what was recorded."""

    CHANGED = "changed"
    """The event at this place is not the one that was recorded there."""
    MISSING = "missing"
    """Events are gone from between others."""
    CUT_OFF = "end cut off"
    """Events are gone from the end."""
    INSERTED = "inserted"
    """An event is there that was never recorded."""
    HEAD = "beginning or end changed"
    """The events fit each other, but not what is kept of where the trail begins and ends."""
    SET_BACK = "set back"
    """What was once kept outside of the database of where the trail ends is not in it."""
    NO_HEAD = "no head"
    """There are events, but nothing is kept of where the trail begins and ends."""
    KEY = "key unreadable"
    """The trail's key is not as it was sealed, so that nothing can be verified."""


_SENTENCES = {
    How.CHANGED: "{} is not what was recorded",
    How.MISSING: "{} is missing",
    How.CUT_OFF: "{} is cut off the end",
    How.INSERTED: "{} was never recorded",
    How.HEAD: "where the trail begins or ends was changed; the last that is there is {}",
    How.SET_BACK: "{} was recorded and is not there: the trail was cut off, set back or begun anew",
    How.NO_HEAD: "no event is in a chain: none was recorded since an upgrade, or the chain was taken away",
    How.KEY: "the trail's key cannot be opened, so that nothing can be verified",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a trail, and the hash of the event there."""

    sequence: int
    chain_hash: bytes


BEGINNING = Place(0, FIRST_HASH)


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where a trail is not what was recorded."""

    how: How
    sequence: int | None = None
    """Where; of several missing ones the first's. None where the place itself is not known."""
    event_id: str | None = None
    time: datetime | None = None
    name: str | None = None
    events: int = 1
    """How many are missing."""

    @property
    def sentence(self) -> str:
        """What is wrong, for people; what is in the database is not to be trusted with their terminal."""
        which = ", ".join(str(each) for each in (self.event_id, self.time, self.name) if each is not None)
        event = " ".join(["event", *([] if self.sequence is None else [str(self.sequence)])])
        if self.sequence is not None and self.events > 1:
            return _SENTENCES[self.how].format(f"each of events {self.sequence} to {self.sequence + self.events - 1}")
        return _SENTENCES[self.how].format(f"{event} ({which})" if which else event)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of verifying a trail."""

    account: str
    events: int
    """How many were looked at."""
    first: KeptEvent | None
    last: KeptEvent | None
    end: Place
    """How far it was verified."""
    breaks: tuple[Broken, ...]
    """Where it is not what was recorded, in the order of the trail; none when it is."""

    @property
    def is_intact(self) -> bool:
        """Tell whether the trail is what was recorded."""
        return not self.breaks


def verify_trail(
    connection: Connection,
    sealer: Sealer,
    account: str,
    *,
    after: Place = BEGINNING,
    expected: Place | None = None,
) -> Verdict:
    """Verify a trail, as one transaction sees it; memory does not grow with it.

    What comes behind a break is verified on its own, so that one break does not hide the next.

    Args:
        connection: a reading transaction.
        sealer: what the trail's key is sealed with.
        account: whose trail it is.
        after: only what comes behind this place, which the caller verified before.
        expected: a place that the trail has come to, as it was kept outside of the database; None where none was kept.
    """
    verdict = _verdict(connection, sealer, account, after)
    if expected is None or holds_place(connection, sealer, account, expected):
        return verdict
    breaks = (Broken(How.SET_BACK, expected.sequence), *verdict.breaks)
    return Verdict(account, verdict.events, verdict.first, verdict.last, verdict.end, breaks)


def holds_place(connection: Connection, sealer: Sealer, account: str, place: Place) -> bool:
    """Tell whether a trail has come to a place: the event there has its hash, or was pruned since.

    False too where the trail's head cannot be trusted to say what was pruned.
    """
    try:
        trail = find_trail(connection, sealer, account)
    except (SealBroken, TrailDamaged):
        return False
    if trail is None:
        return False
    if trail.has_its_head and place.sequence <= trail.head.pruned_sequence:
        return True
    if place.sequence > trail.head.sequence:
        return False
    events = kept_events(connection, account, after=place.sequence - 1, end=place.sequence)
    return any(event.chain == place.chain_hash for event in events)


def _verdict(connection: Connection, sealer: Sealer, account: str, after: Place) -> Verdict:
    try:
        trail = find_trail(connection, sealer, account)
    except SealBroken:
        return _without_walk(account, How.KEY)
    except TrailDamaged:
        return _without_walk(account, How.HEAD)
    if trail is None:
        has_events = connection.scalar(select(_events.c.account_id).where(_events.c.account_id == account).limit(1))
        return _without_walk(account, How.NO_HEAD) if has_events else _without_walk(account)
    head = trail.head
    pruned = Place(head.pruned_sequence, head.pruned_hash)
    walk = Walk(trail.key, after if after.sequence > pruned.sequence else pruned)
    for event in kept_events(connection, account, after=walk.place.sequence, end=head.sequence):
        walk.step(event)
    walk.end(head.sequence, head.last_hash)
    walk.note(_strays(connection, trail, complete=after is BEGINNING and not walk.breaks))
    if not trail.has_its_head:
        walk.note([_about(How.HEAD, walk.last)])
    return Verdict(account, walk.events, walk.first, walk.last, walk.place, tuple(walk.breaks))


def trail_accounts(connection: Connection) -> Iterator[str]:
    """Yield the accounts that have a trail, or events without one, in order."""
    after = ""
    while True:
        # One look into an index for each account, whatever the number of events.
        found = [
            connection.scalar(select(func.min(table.c.account_id)).where(table.c.account_id > after))
            for table in (_events, _trails)
        ]
        there = [account for account in found if account is not None]
        if not there:
            return
        after = min(there)
        yield after


@dataclass(slots=True)
class Walk:
    """A way along a trail, event by event."""

    key: ChainKey
    place: Place
    events: int = 0
    first: KeptEvent | None = None
    last: KeptEvent | None = None
    breaks: list[Broken] = field(default_factory=list)
    _befores: tuple[bytes, ...] | None = None
    """What the hash before the next event may be; none where it is not known any longer."""

    def __post_init__(self) -> None:
        self._befores = (self.place.chain_hash,)

    def step(self, event: KeptEvent) -> bool:
        """Look at the next event; False when it is not what was recorded, or not all before it is there."""
        self.events += 1
        self.first, self.last = self.first or event, event
        expected, befores, before_that = self.place.sequence + 1, self._befores or (), len(self.breaks)
        is_in_place = type(event.sequence) is int and event.sequence == expected
        if not is_in_place and type(event.sequence) is int and event.sequence > expected:
            self.note([Broken(How.MISSING, expected, events=event.sequence - expected)])
            befores = ()
        hashes = tuple(each for before in befores if (each := event.fits(self.key, before)) is not None)
        kept = event.chain
        if kept is None or (befores and kept not in hashes):
            self.note([_about(How.CHANGED, event)])
        if kept is not None and kept in hashes:
            self._befores = (kept,)
        else:
            # Where the event was changed, its hash is still the one that the next goes on from; where its hash was,
            # the one that it should have.
            self._befores = (*(() if kept is None else (kept,)), *hashes)[:_MOST_BEFORES]
        self.place = Place(event.sequence if type(event.sequence) is int else expected, kept or FIRST_HASH)
        return len(self.breaks) == before_that

    def end(self, sequence: int, last_hash: bytes) -> None:
        """Come to where the trail is said to end."""
        if self.place.sequence < sequence:
            first = self.place.sequence + 1
            self.note([Broken(How.CUT_OFF, first, events=sequence - self.place.sequence)])
        elif self._befores and last_hash not in self._befores and not self.breaks:
            self.note([_about(How.HEAD, self.last)])

    def note(self, breaks: list[Broken]) -> None:
        """Keep breaks, as far as there is room."""
        self.breaks += breaks[: _MOST_BREAKS - len(self.breaks)]


def _strays(connection: Connection, trail: Trail, *, complete: bool) -> list[Broken]:
    """Return what is there and has no place between the trail's beginning and its end.

    Args:
        connection: the transaction to read in.
        trail: the trail.
        complete: all places were found taken, so that the events can be counted.
    """
    place, head = type_coerce(_events.c.sequence, Integer), trail.head
    out_of_place = or_(place.is_(None), place <= head.pruned_sequence, place > head.sequence)
    of_account = _events.c.account_id == trail.account
    stray = connection.execute(
        select(place.label("place"), cast(_events.c.event_id, LargeBinary).label("event_id"))
        .where(of_account, out_of_place)
        .order_by(place)
        .limit(1)
    ).first()
    if stray is not None:
        event_id = bytes(stray.event_id).decode(errors="replace")
        return [Broken(How.INSERTED, stray.place if isinstance(stray.place, int) else None, event_id)]
    if complete:
        count = connection.scalar(select(func.count()).select_from(_events).where(of_account))
        if count != head.sequence - head.pruned_sequence:
            return [Broken(How.INSERTED)]
    return []


def _about(how: How, event: KeptEvent | None) -> Broken:
    if event is None:
        return Broken(how)
    place = event.sequence if isinstance(event.sequence, int) else None
    return Broken(how, place, event.event_id, event.time, event.name)


def _without_walk(account: str, *hows: How) -> Verdict:
    return Verdict(account, 0, None, None, BEGINNING, tuple(Broken(how) for how in hows))
