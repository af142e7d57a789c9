"""One-time codes with which a root user who lost the password sets a new one: the operator has one made."""

import hmac
from datetime import datetime, timedelta

from sqlalchemy import select, update

from ostiary.credentials import WrongCode, hash_recovery_code, mint_recovery_code
from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

LASTS = timedelta(minutes=30)

_accounts = schema.accounts


def start_root_reset(directory: Directory, account: AccountId, *, now: datetime) -> str:
    """Return a new code for an account's root user; it takes the place of the one before."""
    code = mint_recovery_code()
    directory.connection.execute(
        update(_accounts)
        .where(_accounts.c.account_id == account)
        .values(root_reset_hash=hash_recovery_code(code), root_reset_expires_at=now + LASTS)
    )
    return code


def verify_root_reset(directory: Directory, account: AccountId, presented_code: str, *, now: datetime) -> None:
    """Prove that a code is the one that is good for an account's root user now.

    Raises:
        WrongCode: it is not, or it is too old, or there is none.
    """
    query = select(_accounts.c.root_reset_hash, _accounts.c.root_reset_expires_at)
    row = directory.connection.execute(query.where(_accounts.c.account_id == account)).first()
    if row is None or row.root_reset_hash is None or row.root_reset_expires_at is None:
        raise WrongCode
    if not hmac.compare_digest(row.root_reset_hash, hash_recovery_code(presented_code)):
        raise WrongCode
    if now >= row.root_reset_expires_at:
        raise WrongCode
