"""Trying channels out: a test alert through each, at once and once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from ostiary.server.alerting.errors import NotDelivered
from ostiary.server.alerting.message import Message, trial_message
from ostiary.server.alerting.plan import Channel, Plan
from ostiary.server.errors import SetupError
from ostiary.server.telemetry.one_line import one_line


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a test."""

    channel: str
    error: str | None
    """Why the channel did not take it; None when it did."""


def try_channels(plan: Plan, name: str | None, *, now: datetime) -> Iterator[Tried]:
    """Send a test alert to every channel, or to the one called `name`, all at the same time.

    Raises:
        SetupError: there is no such channel, or none at all.
    """
    channels = [channel for channel in plan.channels if name is None or channel.name == name]
    if not channels:
        raise SetupError("there are no channels" if name is None else f"there is no channel called {name}")
    message = trial_message(now)
    with ThreadPoolExecutor(len(channels)) as threads:
        yield from threads.map(lambda channel: _try(channel, message), channels)


def _try(channel: Channel, message: Message) -> Tried:
    try:
        channel.send(message)
    except NotDelivered as failure:
        return Tried(channel.name, one_line(str(failure)))
    return Tried(channel.name, None)
