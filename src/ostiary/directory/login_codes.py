"""Codes that `ostiary login` is sent through the browser, each good once and for a minute.

Source: RFC 6749, sections 4.1.2 and 10.5
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from ostiary.credentials import mint_sign_in_token, mint_unique_id, parse_sign_in_token
from ostiary.directory.directory import Directory
from ostiary.directory.sign_in_sessions import SignInSession
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

LASTS = timedelta(minutes=1)

_codes = schema.login_codes


@dataclass(frozen=True, slots=True)
class LoginCode:
    """What a code was given for."""

    account: AccountId
    code_hash: str = field(repr=False)
    session_id: str
    """Of the console's session in which the person agreed."""
    code_challenge: str
    """Says who asked for it, by RFC 7636."""
    redirect_uri: str


def grant_code(
    directory: Directory, session: SignInSession, *, code_challenge: str, redirect_uri: str, now: datetime
) -> str:
    """Return a new code for whoever is signed in with a session."""
    directory.connection.execute(delete(_codes).where(_codes.c.expires_at <= now))
    code, code_hash = mint_sign_in_token(session.account, mint_unique_id("ASIC", session.account))
    directory.connection.execute(
        insert(_codes).values(
            account_id=session.account,
            code_hash=code_hash,
            session_id=session.session_id,
            code_challenge=code_challenge,
            redirect_uri=redirect_uri,
            expires_at=now + LASTS,
        )
    )
    return code


def find_code(directory: Directory, code: str, *, now: datetime) -> LoginCode | None:
    """Return what a code was given for, or None when it is too old, used up, or was never one."""
    presented = parse_sign_in_token(code)
    if presented is None:
        return None
    query = select(_codes).where(
        _codes.c.account_id == presented.account,
        _codes.c.code_hash == presented.secret_hash,
        _codes.c.expires_at > now,
    )
    row = directory.connection.execute(query).first()
    return (
        LoginCode(row.account_id, row.code_hash, row.session_id, row.code_challenge, row.redirect_uri) if row else None
    )


def use_up(directory: Directory, code: LoginCode) -> bool:
    """Forget a code; tell whether it was still there: of two who bring it at once, one finds it."""
    mine = (_codes.c.account_id == code.account) & (_codes.c.code_hash == code.code_hash)
    return directory.connection.execute(delete(_codes).where(mine)).rowcount > 0
