"""An attempt to prove something at the sign-in page: counted before it is looked at, recorded however it ends."""

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

from ostiary.directory.directory import Directory
from ostiary.directory.errors import DirectoryError
from ostiary.directory.sign_in_failures import Counted, count_attempt, forgive_attempt, longest_wait, take_back_attempt
from ostiary.gate.sign_in import Attempt
from ostiary.server.console.desk import Desk
from ostiary.server.console.exchange import Answer, Exchange
from ostiary.server.console.must_wait import MustWait
from ostiary.server.console.sign_in_events import record
from ostiary.values.fault import Fault

T = TypeVar("T")


def carry_out(
    desk: Desk,
    exchange: Exchange,
    event: str,
    attempt: Attempt,
    counted: Sequence[Counted],
    *,
    prove: Callable[[], T],
    succeed: Callable[[Directory, T], Answer],
) -> Answer:
    """Carry out an attempt.

    Args:
        desk: what the endpoints work with.
        exchange: the request.
        event: what a failure is called in the trail.
        attempt: who tries, as far as that is known.
        counted: what a failure counts for.
        prove: proves what takes long to prove, in no transaction; raises a `Fault` when it does not hold.
        succeed: proves the rest and goes on, in a writing transaction; what it writes stands only when it returns.

    Raises:
        Fault: what `prove` and `succeed` raise.
        MustWait: there were too many failures; this one was not looked at.
    """
    with desk.writing() as directory:
        wait = count_attempt(directory, counted, now=exchange.now)
    if wait is not None:
        raise MustWait(max(1, math.ceil(wait.total_seconds())))
    try:
        proven = prove()
        with desk.writing() as directory:
            answer = succeed(directory, proven)
            forgive_attempt(directory, counted)
            return answer
    except (MustWait, DirectoryError):
        # There was no time to look at it, or what it proved was not at fault.
        with desk.writing() as directory:
            take_back_attempt(directory, counted)
        raise
    except Fault as fault:
        with desk.writing() as directory:
            wait = longest_wait(directory, counted, now=exchange.now)
            lockout = {"LockedOutForSeconds": math.ceil(wait.total_seconds())} if wait else {}
            record(directory, exchange, event, attempt, error=_reason(attempt, fault), facts=lockout)
        raise


def _reason(attempt: Attempt, fault: Fault) -> str:
    """Return what the trail says, which may be more than the person is told."""
    if fault.code != "AuthenticationFailed":
        return fault.message
    return "Failed authentication" if attempt.person else "No username found in supplied account"
