"""Holding back whoever guesses one-time codes or passwords.

A device shows a million codes, three of which are good at a time: without a limit somebody who has a user's access key
would find one within the hour, and a weak password in a day. The trail knows each wrong guess, as a refusal is written
before it is answered.
Source: RFC 4226, section 7.3
"""

from datetime import datetime, timedelta

from ostiary.audit import count_refusals
from ostiary.directory.directory import Directory
from ostiary.values.caller import Caller

_WITHIN = timedelta(minutes=5)
_MOST = 10

WRONG_CODE = "MultiFactorAuthentication failed with invalid MFA one time pass code. "
"""How a wrong code is refused, and so what it is known by in the trail. The space at its end is STS's, and there are
clients that compare the whole sentence."""

WRONG_PASSWORD = "The old password was incorrect."  # noqa: S105 - a sentence
"""How a wrong password is refused, and known by likewise."""


def guesses_codes(directory: Directory, caller: Caller, *, now: datetime) -> bool:
    """Tell whether a caller presented so many wrong codes lately that no other one should be looked at."""
    return _guesses(directory, caller, "sts.amazonaws.com", WRONG_CODE, now)


def guesses_passwords(directory: Directory, caller: Caller, *, now: datetime, service: str = "iam") -> bool:
    """Tell whether a caller presented so many wrong passwords lately that no other one should be looked at.

    Args:
        directory: the transaction to read in.
        caller: who presents another one.
        now: when.
        service: where it is presented: users change their passwords at one service, the root user at another.
    """
    return _guesses(directory, caller, f"{service}.amazonaws.com", WRONG_PASSWORD, now)


def _guesses(directory: Directory, caller: Caller, event_source: str, sentence: str, now: datetime) -> bool:
    wrong = count_refusals(
        directory.connection,
        caller.account,
        caller.identity_id,
        event_source=event_source,
        error_message=sentence,
        since=now - _WITHIN,
    )
    return wrong >= _MOST
