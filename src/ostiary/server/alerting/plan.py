"""Where alerts go, and how often that is tried."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ostiary.directory.alerts import Alert
from ostiary.governance.alerts import TEST
from ostiary.governance.controls.control import Severity
from ostiary.server.alerting.message import Message

WINDOW = timedelta(hours=1)
"""What a channel gets is limited within this."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to tell people."""

    name: str
    send: Callable[[Message], None]
    """Tells of an alert; raises `NotDelivered`."""
    timeout: timedelta = timedelta(seconds=10)
    """How long sending one may take in all."""
    accounts: frozenset[str] | None = None
    """Only alerts of these; None means all accounts'."""
    kinds: frozenset[str] | None = None
    """Only alerts of these kinds; None means all."""
    lowest: Severity = Severity.INFORMATIONAL
    """Only alerts as grave as this, or graver."""
    per_hour: int = 60
    """No more of an account are sent; what is beyond waits."""

    def takes(self, alert: Alert) -> bool:
        """Tell whether an alert goes to this channel; a test goes to every one of its account."""
        if self.accounts is not None and alert.account not in self.accounts:
            return False
        if alert.kind == TEST:
            return True
        if self.kinds is not None and alert.kind not in self.kinds:
            return False
        return Severity(alert.severity).rank <= self.lowest.rank

    def most_per_hour(self, severity: Severity) -> int:
        """Return how many alerts of an account make it full, within an hour, for alerts of a severity.

        A quarter is kept for what is CRITICAL or HIGH, and half of that for what is CRITICAL, so that whoever can
        cause lesser alerts cannot hold back graver ones.
        """
        kept = {Severity.CRITICAL: 0, Severity.HIGH: self.per_hour // 8}
        return self.per_hour - kept.get(severity, self.per_hour // 4)


@dataclass(frozen=True, slots=True)
class Retries:
    """How what a channel did not take is tried again: after a time that doubles, for a day."""

    first: timedelta = timedelta(seconds=10)
    longest: timedelta = timedelta(hours=1)
    give_up_after: timedelta = timedelta(hours=24)
    """No attempt comes later than this after the first one, not counting time that others asked for."""

    def wait_after(self, attempt: int) -> timedelta | None:
        """Return how long to wait after an attempt, from 1, that failed; None when it was the last."""
        before, wait = timedelta(), min(self.first, self.longest)
        for number in range(1, attempt):
            if wait == self.longest:
                # It grows no more.
                before += wait * (attempt - number)
                break
            before += wait
            wait = min(wait * 2, self.longest)
        return None if before + wait > self.give_up_after else wait


@dataclass(frozen=True, slots=True)
class Plan:
    """All channels, and how they are tried again."""

    channels: tuple[Channel, ...] = ()
    retries: Retries = Retries()


def spread(wait: timedelta) -> timedelta:
    """Return a wait up to a fifth longer, by chance, so that not everybody comes back at the same moment."""
    return wait * (1 + secrets.randbelow(201) / 1000)


def whole_second(moment: datetime) -> datetime:
    """Return the first whole second from a moment on: moments are kept in whole seconds."""
    return moment if moment.microsecond == 0 else moment.replace(microsecond=0) + timedelta(seconds=1)
