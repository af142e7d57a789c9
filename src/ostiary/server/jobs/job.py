"""A kind of work that is done again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ostiary.directory.directory import Directory
from ostiary.server.state import State


@dataclass(frozen=True, slots=True)
class Job:
    """What is done, and how often."""

    name: str
    every: timedelta
    """How long after it was begun it is due again."""
    run: Callable[[State, datetime], None]
    """Does it: called as `run(state, now)`, in no transaction. It may end at any point and is then done anew, so that
    what was done already must not be done twice."""
    is_needed: Callable[[Directory, datetime], bool] | None = None
    """Tells, in a reading transaction, whether there is anything to do, where that is cheaper than doing it."""
