"""Changes that take long to work out, as those of passwords: worked out first, and only a few at a time."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault

Finish = Callable[[AuthorizedCall, Directory], Mapping[str, Any]]
"""Makes the change that was prepared."""
Prepare = Callable[[AuthorizedCall, Directory], Finish]

_HASHING = threading.BoundedSemaphore(4)
"""Half of the threads that a server has, so that the other half goes on."""


@contextmanager
def room_to_hash() -> Iterator[None]:
    """Hold a place among the few calls that hash at a time.

    Raises:
        Fault: `Throttling`, all are taken; SDKs try again by themselves.
    """
    if not _HASHING.acquire(blocking=False):
        raise too_much()
    try:
        yield
    finally:
        _HASHING.release()


def too_much() -> Fault:
    """Return the refusal of a call that comes after too many others."""
    return Fault("Throttling", "Rate exceeded", status=400)


def at_once(prepare: Prepare) -> Callable[[AuthorizedCall, Directory], Mapping[str, Any]]:
    """Return what prepares a change and makes it in one transaction."""
    return lambda call, directory: prepare(call, directory)(call, directory)
