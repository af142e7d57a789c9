"""Holding back whoever guesses passwords and codes at the sign-in page.

Each failure counts for the name that was tried, for the address it came from and for the account. Beyond a few, the
next attempt has to wait, twice as long each time. An attempt counts before it is looked at and is forgiven when it
succeeds, so that many at once gain nothing. Names that do not exist count like those that do.
Source: https://pages.nist.gov/800-63-4/sp800-63b.html (rate limiting)
"""

import hashlib
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import ColumnElement, delete, insert, select, update

from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_failures = schema.sign_in_failures

_FORGOTTEN_AFTER = timedelta(days=1)
_NETWORK_BITS = 64
"""Of an IPv6 address: whoever has one has all that begin with these."""


@dataclass(frozen=True, slots=True)
class _Limit:
    free: int
    """So many failures cost no wait."""
    longest: timedelta
    """No wait is longer."""


class Subject(Enum):
    """What failures are counted for."""

    NAME = "name"
    """Of one user, or the root user of one e-mail address."""
    CODE = "code"
    """Second factors of one user; only who knows the password gets there."""
    ADDRESS = "address"
    """From one network address."""
    ACCOUNT = "account"
    """Of a whole account. The wait is short: it slows guessing from many places, and keeps nobody out."""


_LIMITS = {
    Subject.NAME: _Limit(5, timedelta(minutes=15)),
    Subject.CODE: _Limit(5, timedelta(minutes=15)),
    Subject.ADDRESS: _Limit(20, timedelta(minutes=15)),
    Subject.ACCOUNT: _Limit(200, timedelta(seconds=5)),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that an attempt counts for."""

    account: AccountId
    subject: Subject
    value: str

    @property
    def key(self) -> str:
        """What it is found by: names that somebody tried are not kept."""
        text = f"{self.subject.value}:{self.value.lower()}"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def count_attempt(directory: Directory, counted: Sequence[Counted], *, now: datetime) -> timedelta | None:
    """Count an attempt for all that it is one of, as long as none of them has to wait.

    Returns:
        None when the attempt may be made; else how long to wait, and nothing is counted.
    """
    directory.connection.execute(delete(_failures).where(_failures.c.last_failed_at <= now - _FORGOTTEN_AFTER))
    wait = longest_wait(directory, counted, now=now)
    if wait is None:
        for one in counted:
            failures, _ = _find(directory, one)
            _keep(directory, one, failures + 1, now)
    return wait


def forgive_attempt(directory: Directory, counted: Sequence[Counted]) -> None:
    """Take back that an attempt was counted: it succeeded. What its name failed before is forgotten too."""
    for one in counted:
        if one.subject in {Subject.NAME, Subject.CODE}:
            directory.connection.execute(delete(_failures).where(_is(one)))
        else:
            take_back_attempt(directory, [one])


def take_back_attempt(directory: Directory, counted: Sequence[Counted]) -> None:
    """Take back that an attempt was counted: nobody looked at it. What failed before still counts."""
    less = _failures.c.failures - 1
    for one in counted:
        directory.connection.execute(update(_failures).where(_is(one)).values(failures=less, blocked_until=None))


def network_of(address: str) -> str:
    """Return what failures from an address are counted for: itself or, of IPv6, the network that one client has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    ipv4 = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else parsed
    return str(ipv4 or ipaddress.ip_network((int(parsed), _NETWORK_BITS), strict=False))


def longest_wait(directory: Directory, counted: Sequence[Counted], *, now: datetime) -> timedelta | None:
    """Return how long the next attempt has to wait, or None when it may be made at once."""
    waits = [
        blocked_until - now
        for _, blocked_until in (_find(directory, one) for one in counted)
        if blocked_until and blocked_until > now
    ]
    return max(waits, default=None)


def _keep(directory: Directory, one: Counted, failures: int, now: datetime) -> None:
    values = {"failures": failures, "last_failed_at": now, "blocked_until": _blocked_until(one.subject, failures, now)}
    kept = directory.connection.execute(update(_failures).where(_is(one)).values(**values))
    if kept.rowcount == 0:
        directory.connection.execute(insert(_failures).values(account_id=one.account, subject=one.key, **values))


def _blocked_until(subject: Subject, failures: int, now: datetime) -> datetime | None:
    limit = _LIMITS[subject]
    beyond = failures - limit.free
    if beyond < 0:
        return None
    # Beyond 2 ** 20 seconds every limit is reached, and the power stays small however long somebody goes on.
    until = now + min(timedelta(seconds=2 ** min(beyond, 20)), limit.longest)
    # Times are kept in whole seconds; cut down to one, the first wait would be none.
    return until if until.microsecond == 0 else until.replace(microsecond=0) + timedelta(seconds=1)


def _find(directory: Directory, one: Counted) -> tuple[int, datetime | None]:
    row = directory.connection.execute(select(_failures).where(_is(one))).first()
    return (row.failures, row.blocked_until) if row else (0, None)


def _is(one: Counted) -> ColumnElement[bool]:
    return (_failures.c.account_id == one.account) & (_failures.c.subject == one.key)
