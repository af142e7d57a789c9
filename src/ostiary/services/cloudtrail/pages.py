"""Pages of events: a `NextToken` goes on with the look-up that it was given out for, and with no other.

It holds the ID of the event that the next page is older than, so that new events do not shift it.
"""

import base64
import binascii
import hashlib

from ostiary.audit import Sought
from ostiary.credentials import SealBroken
from ostiary.directory.directory import Directory
from ostiary.services.cloudtrail.errors import invalid_next_token
from ostiary.values.call import AuthorizedCall


def requested_start(call: AuthorizedCall, directory: Directory, sought: Sought) -> str | None:
    """Return the ID of the event that the page is older than; None for the first page.

    Raises:
        Fault: `InvalidNextTokenException`, the token was not given out for this look-up in this account.
    """
    token = call.parameters.get("NextToken")
    if token is None:
        return None
    try:
        return directory.sealer.open(base64.urlsafe_b64decode(token), context=_context(call, sought)).decode()
    except (SealBroken, binascii.Error, ValueError) as error:
        raise invalid_next_token() from error


def next_token(call: AuthorizedCall, directory: Directory, sought: Sought, before: str) -> str:
    """Return the token for the events older than the one with an ID."""
    return base64.urlsafe_b64encode(directory.sealer.seal(before.encode(), context=_context(call, sought))).decode()


def _context(call: AuthorizedCall, sought: Sought) -> str:
    return f"marker/{call.account}/cloudtrail/LookupEvents/{hashlib.sha256(repr(sought).encode()).hexdigest()}"
