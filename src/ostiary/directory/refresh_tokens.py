"""Refresh tokens: what the command line has new credentials for, each good once.

A token is the session's own, sealed. So one that opens is one that this server gave; and when it is the session's no
more, it was used before: either by a thief or by whom it was stolen from, and nobody can tell which. Both are out then.
Source: RFC 9700, section 4.14.2 (refresh token rotation)
"""

import base64
import binascii
from datetime import datetime

from ostiary.credentials import SealBroken, parse_sign_in_token
from ostiary.directory.directory import Directory
from ostiary.directory.sign_in_sessions import SignInSession, find_session, replace_token
from ostiary.values.identifiers import AccountId

_PURPOSE = "refresh token"
_MOST_CHARACTERS = 1_024


class RefreshTokenReused(Exception):  # noqa: N818 - named after what happened
    """A refresh token was brought a second time, or after its session was over."""

    def __init__(self, account: AccountId, session_id: str) -> None:
        super().__init__("a refresh token was brought again")
        self.account = account
        self.session_id = session_id


def seal_refresh_token(directory: Directory, token: str) -> str:
    """Return the refresh token for a session's own token."""
    sealed = directory.sealer.for_purpose(_PURPOSE).seal(token.encode(), context=_PURPOSE)
    return base64.urlsafe_b64encode(sealed).decode()


def find_session_of(directory: Directory, refresh_token: str, *, now: datetime) -> SignInSession | None:
    """Return the session of the command line that a refresh token is of; None when this server never gave it.

    Raises:
        RefreshTokenReused: it is not its session's any more; whatever is left of the session must be ended.
    """
    token = _open(directory, refresh_token)
    presented = parse_sign_in_token(token) if token else None
    if token is None or presented is None:
        return None
    session = find_session(directory, token, now=now)
    if session is None:
        raise RefreshTokenReused(presented.account, presented.unique_id)
    return session


def rotate(directory: Directory, session: SignInSession) -> str:
    """Return a session's next refresh token; the one before is good no more."""
    return seal_refresh_token(directory, replace_token(directory, session))


def _open(directory: Directory, refresh_token: str) -> str | None:
    if len(refresh_token) > _MOST_CHARACTERS:
        return None
    try:
        sealed = base64.b64decode(refresh_token.encode(), altchars=b"-_", validate=True)
        return directory.sealer.for_purpose(_PURPOSE).open(sealed, context=_PURPOSE).decode()
    except (binascii.Error, UnicodeEncodeError, SealBroken):
        return None
