"""Who is signed in, and where: the console's sessions and those of the command line.

A session ends when somebody ends it, when it is too old, and in the console when nobody used it for an hour. The
credentials that come of it are good for as long as it lasts and no longer.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, bindparam, delete, insert, select, update

from ostiary.credentials import mint_sign_in_token, mint_unique_id, parse_sign_in_token
from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

Client = Literal["console", "command-line"]

CONSOLE_IDLE = timedelta(hours=1)
"""A console that nobody uses for so long is signed out."""
LONGEST = timedelta(hours=12)
"""As in AWS's console."""
_MOST_PER_OWNER = 50
_NOTED_AFTER = timedelta(minutes=1)
_LONGEST_ADDRESS = 64
_LONGEST_USER_AGENT = 1_024

_sessions = schema.sign_in_sessions
# On the way of every call from the console, so built once.
_BY_ID = select(_sessions).where(
    _sessions.c.account_id == bindparam("account"), _sessions.c.session_id == bindparam("session_id")
)


@dataclass(frozen=True, slots=True)
class SignInSession:
    """One sign-in that lasts."""

    account: AccountId
    session_id: str
    owner_id: str
    """The user's unique ID, or the account's for its root user."""
    client: Client
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    mfa_authenticated_at: datetime | None
    address: str
    user_agent: str

    def is_over(self, now: datetime) -> bool:
        """Tell whether it is too old, or was left alone for too long."""
        idle = self.client == "console" and now - self.last_used_at >= CONSOLE_IDLE
        return idle or now >= self.expires_at


def start_session(
    directory: Directory,
    account: AccountId,
    owner_id: str,
    *,
    client: Client,
    mfa_authenticated_at: datetime | None,
    address: str,
    user_agent: str,
    now: datetime,
) -> tuple[SignInSession, str]:
    """Start a session for who is proven to be there.

    Returns:
        The session, and the token that proves it from now on: a console's cookie, or a refresh token.
    """
    _forget_over(directory, account, now)
    _end_oldest(directory, account, owner_id)
    session = SignInSession(
        account=account,
        session_id=mint_unique_id("ASIS", account),
        owner_id=owner_id,
        client=client,
        created_at=now.replace(microsecond=0),
        last_used_at=now.replace(microsecond=0),
        expires_at=(now + LONGEST).replace(microsecond=0),
        mfa_authenticated_at=mfa_authenticated_at,
        address=address[:_LONGEST_ADDRESS],
        user_agent=user_agent[:_LONGEST_USER_AGENT],
    )
    token, token_hash = mint_sign_in_token(account, session.session_id)
    directory.connection.execute(
        insert(_sessions).values(
            account_id=account,
            session_id=session.session_id,
            owner_id=owner_id,
            client=client,
            token_hash=token_hash,
            created_at=session.created_at,
            last_used_at=session.last_used_at,
            expires_at=session.expires_at,
            mfa_authenticated_at=mfa_authenticated_at,
            address=session.address,
            user_agent=session.user_agent,
        )
    )
    return session, token


def find_session(directory: Directory, token: str, *, now: datetime) -> SignInSession | None:
    """Return the session that a token proves, or None when it is over, or was never one."""
    presented = parse_sign_in_token(token)
    row = _row(directory, presented.account, presented.unique_id) if presented else None
    if presented is None or row is None or not hmac.compare_digest(row.token_hash, presented.secret_hash):
        return None
    session = _build_session(row)
    return None if session.is_over(now) else session


def find_session_by_id(
    directory: Directory, account: AccountId, session_id: str, *, now: datetime
) -> SignInSession | None:
    """Return the session of that ID, or None when it is over, or was never one."""
    row = _row(directory, account, session_id)
    session = _build_session(row) if row else None
    return session if session and not session.is_over(now) else None


def is_alive(directory: Directory, account: AccountId, session_id: str, *, now: datetime) -> bool:
    """Tell whether a session still lasts."""
    return find_session_by_id(directory, account, session_id, now=now) is not None


def note_use(directory: Directory, session: SignInSession, *, now: datetime) -> None:
    """Remember that a session is in use."""
    directory.connection.execute(update(_sessions).where(_is(session)).values(last_used_at=now))


def is_due_to_be_noted(session: SignInSession, *, now: datetime) -> bool:
    """Tell whether a session's use was last noted so long ago that it is worth a write."""
    return now - session.last_used_at >= _NOTED_AFTER


def replace_token(directory: Directory, session: SignInSession) -> str:
    """Return a new token for a session; the one before proves nothing from now on."""
    token, token_hash = mint_sign_in_token(session.account, session.session_id)
    directory.connection.execute(update(_sessions).where(_is(session)).values(token_hash=token_hash))
    return token


def list_sessions(directory: Directory, account: AccountId, owner_id: str, *, now: datetime) -> list[SignInSession]:
    """Return the sessions of a user, or by the account's ID of its root user, the newest first."""
    query = (
        select(_sessions)
        .where(_owned_by(account, owner_id))
        .order_by(_sessions.c.created_at.desc(), _sessions.c.session_id)
    )
    sessions = map(_build_session, directory.connection.execute(query))
    return [session for session in sessions if not session.is_over(now)]


def end_session(directory: Directory, account: AccountId, session_id: str) -> bool:
    """End a session; tell whether there was one."""
    ended = delete(_sessions).where(_sessions.c.account_id == account, _sessions.c.session_id == session_id)
    return directory.connection.execute(ended).rowcount > 0


def end_sessions_of(directory: Directory, account: AccountId, owner_id: str, *, but: str | None = None) -> int:
    """End all sessions of a user, or by the account's ID of its root user, but one; return how many there were."""
    ended = delete(_sessions).where(_owned_by(account, owner_id))
    if but is not None:
        ended = ended.where(_sessions.c.session_id != but)
    return directory.connection.execute(ended).rowcount


def _end_oldest(directory: Directory, account: AccountId, owner_id: str) -> None:
    """Keep room for one more, so that nobody fills the database by signing in."""
    query = (
        select(_sessions.c.session_id)
        .where(_owned_by(account, owner_id))
        .order_by(_sessions.c.created_at.desc())
        .offset(_MOST_PER_OWNER - 1)
    )
    for session_id in directory.connection.scalars(query).all():
        end_session(directory, account, session_id)


def _forget_over(directory: Directory, account: AccountId, now: datetime) -> None:
    over = delete(_sessions).where(_sessions.c.account_id == account, _sessions.c.expires_at <= now)
    directory.connection.execute(over)


def _row(directory: Directory, account: AccountId, session_id: str) -> Row[Any] | None:
    return directory.connection.execute(_BY_ID, {"account": account, "session_id": session_id}).first()


def _is(session: SignInSession) -> ColumnElement[bool]:
    return (_sessions.c.account_id == session.account) & (_sessions.c.session_id == session.session_id)


def _owned_by(account: AccountId, owner_id: str) -> ColumnElement[bool]:
    return (_sessions.c.account_id == account) & (_sessions.c.owner_id == owner_id)


def _build_session(row: Row[Any]) -> SignInSession:
    return SignInSession(
        account=row.account_id,
        session_id=row.session_id,
        owner_id=row.owner_id,
        client=row.client,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
        mfa_authenticated_at=row.mfa_authenticated_at,
        address=row.address,
        user_agent=row.user_agent,
    )
