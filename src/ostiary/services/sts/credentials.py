"""Handing out temporary credentials."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from ostiary.credentials import TemporaryCredentials, mint_access_key_id, mint_secret_key
from ostiary.directory.directory import Directory
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller, Session


def hand_out(
    call: AuthorizedCall, directory: Directory, caller: Caller, session: Session, seconds: int
) -> dict[str, Any]:
    """Return new credentials as STS's `Credentials`.

    Args:
        call: the call that asks for them.
        directory: holds what session tokens are sealed with.
        caller: whom they stand for; its key and session are replaced.
        session: what the session carries; its times are replaced.
        seconds: how long they are good for.
    """
    issued_at = call.now.replace(microsecond=0)
    return mint_credentials(directory, caller, session, issued_at, issued_at + timedelta(seconds=seconds))


def mint_credentials(
    directory: Directory, caller: Caller, session: Session, issued_at: datetime, expires_at: datetime
) -> dict[str, Any]:
    """Return new credentials as STS's `Credentials`, for a caller who is proven to be entitled to them.

    Args:
        directory: holds what session tokens are sealed with.
        caller: whom they stand for; its key and session are replaced.
        session: what the session carries; its times are replaced.
        issued_at: since when they are good, in whole seconds.
        expires_at: until when, in whole seconds.
    """
    key_id, secret = mint_access_key_id(caller.account, temporary=True), mint_secret_key()
    bearer = replace(caller, access_key_id=key_id, session=replace(session, issued_at=issued_at, expires_at=expires_at))
    token = directory.tokens.mint(TemporaryCredentials(access_key_id=key_id, secret=secret, caller=bearer))
    return {
        "AccessKeyId": key_id,
        "SecretAccessKey": secret.reveal(),
        "SessionToken": token,
        "Expiration": expires_at,
    }
