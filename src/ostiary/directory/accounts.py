"""Accounts: each with its root user, alias and revision."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from ostiary.directory.directory import Directory
from ostiary.directory.errors import EntityAlreadyExists, NoSuchEntity, Noun
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_accounts = schema.accounts

# On every call's way, so built once.
_ACCESS_REVISION = select(_accounts.c.access_revision).where(_accounts.c.account_id == bindparam("account"))
_RAISE_REVISION = (
    update(_accounts)
    .where(_accounts.c.account_id == bindparam("account"))
    .values(revision=_accounts.c.revision + 1, access_revision=_accounts.c.access_revision + bindparam("access"))
)


@dataclass(frozen=True, slots=True)
class Account:
    """An account and what is known of its root user."""

    account: AccountId
    root_email: str
    alias: str | None
    created_at: datetime
    root_password_last_used_at: datetime | None = None
    global_token_version: int = 1
    """Which session tokens STS's global endpoint gives: those of version 1 are not good in every region."""
    mfa_required: bool = False
    """Nobody signs in to the console without a second factor."""
    access_key_warning_days: int | None = None
    """The age at which an access key is warned of, in days; None when none is."""
    access_key_maximum_days: int | None = None
    """The age at which an access key is deactivated, in days; None when none is."""
    trail_retention_days: int | None = None
    """How long events are kept; None when they are kept for ever."""


@dataclass(frozen=True, slots=True)
class RootPassword:
    """The root user's password, as its hash, and what goes with it."""

    password_hash: str = field(repr=False)
    must_change: bool
    """The next sign-in has to choose a new one."""


def create_account(
    directory: Directory,
    account: AccountId,
    *,
    root_email: str,
    root_password_hash: str,
    root_must_change_password: bool = False,
    alias: str | None = None,
    now: datetime,
) -> Account:
    """Create an account with its root user, who has a password and no access key.

    Raises:
        EntityAlreadyExists: the ID, the root user's e-mail address or the alias is taken.
    """
    try:
        with directory.connection.begin_nested():
            directory.connection.execute(
                insert(_accounts).values(
                    account_id=account,
                    root_email=root_email,
                    root_password_hash=root_password_hash,
                    root_must_change_password=root_must_change_password,
                    alias=alias,
                    created_at=now,
                    revision=1,
                    access_revision=1,
                )
            )
    except IntegrityError as error:
        raise EntityAlreadyExists(Noun.ACCOUNT, account) from error
    return Account(account, root_email, alias, now.replace(microsecond=0))


def find_account(directory: Directory, account: AccountId) -> Account | None:
    """Return the account, or None."""
    return _find(directory, _accounts.c.account_id == account)


def get_account(directory: Directory, account: AccountId) -> Account:
    """Return the account.

    Raises:
        NoSuchEntity: there is none.
    """
    if found := find_account(directory, account):
        return found
    raise NoSuchEntity(Noun.ACCOUNT, account)


def find_account_called(directory: Directory, name: str) -> Account | None:
    """Return the account of that ID or alias, as people type it at a sign-in, or None."""
    return _find(directory, (_accounts.c.account_id == name) | (_accounts.c.alias == name.lower()))


def find_account_of_root(directory: Directory, email: str) -> Account | None:
    """Return the account whose root user has that e-mail address, without regard to case, or None."""
    return _find(directory, func.lower(_accounts.c.root_email) == email.lower())


def get_root_password(directory: Directory, account: AccountId) -> RootPassword:
    """Return the root user's password with what goes with it.

    Raises:
        NoSuchEntity: there is no such account.
    """
    row = directory.connection.execute(select(_accounts).where(_accounts.c.account_id == account)).first()
    if row is None:
        raise NoSuchEntity(Noun.ACCOUNT, account)
    return RootPassword(row.root_password_hash, row.root_must_change_password)


def set_root_password(directory: Directory, account: AccountId, password_hash: str, *, now: datetime) -> None:
    """Replace the root user's password by one that the root user chose."""
    _set(
        directory,
        account,
        root_password_hash=password_hash,
        root_password_changed_at=now,
        root_must_change_password=False,
        root_reset_hash=None,
        root_reset_expires_at=None,
    )


def note_root_sign_in(directory: Directory, account: AccountId, *, now: datetime) -> None:
    """Remember when the root user's password was last used."""
    _set(directory, account, root_password_last_used_at=now)


def set_mfa_required(directory: Directory, account: AccountId, *, required: bool) -> None:
    """Say whether everybody needs a second factor to sign in to the console."""
    _set(directory, account, mfa_required=required)


def set_access_key_limits(
    directory: Directory, account: AccountId, *, warning_days: int | None, maximum_days: int | None
) -> None:
    """Say at which ages, in days, access keys are warned of and deactivated; None is never."""
    _set(directory, account, access_key_warning_days=warning_days, access_key_maximum_days=maximum_days)


def list_accounts_with_key_limits(directory: Directory) -> tuple[Account, ...]:
    """Return the accounts whose access keys have an age at which something is done about them."""
    has_limit = _accounts.c.access_key_warning_days.is_not(None) | _accounts.c.access_key_maximum_days.is_not(None)
    query = select(_accounts).where(has_limit).order_by(_accounts.c.account_id)
    return tuple(_build_account(row) for row in directory.connection.execute(query))


def set_trail_retention(directory: Directory, account: AccountId, days: int | None) -> None:
    """Say for how many days events are kept; None is for ever."""
    _set(directory, account, trail_retention_days=days)


def list_accounts_with_trail_retention(directory: Directory) -> tuple[Account, ...]:
    """Return the accounts whose events are not kept for ever."""
    query = select(_accounts).where(_accounts.c.trail_retention_days.is_not(None)).order_by(_accounts.c.account_id)
    return tuple(_build_account(row) for row in directory.connection.execute(query))


def has_accounts(directory: Directory) -> bool:
    """Tell whether any account was created yet."""
    return directory.connection.execute(select(_accounts.c.account_id).limit(1)).first() is not None


def list_accounts(directory: Directory) -> tuple[AccountId, ...]:
    """Return the IDs of all accounts, in order."""
    query = select(_accounts.c.account_id).order_by(_accounts.c.account_id)
    return tuple(AccountId(account) for account in directory.connection.scalars(query))


def list_revisions(directory: Directory) -> Mapping[AccountId, int]:
    """Return the revision of each account: it goes up with every change."""
    rows = directory.connection.execute(select(_accounts.c.account_id, _accounts.c.revision))
    return {AccountId(row.account_id): row.revision for row in rows}


def get_access_revision(directory: Directory, account: AccountId) -> int:
    """Return the revision of all that decides who may do what in the account.

    Raises:
        NoSuchEntity: there is no such account.
    """
    if directory.snapshot is not None and directory.snapshot.account == account:
        return directory.snapshot.access_revision
    revision = directory.connection.scalar(_ACCESS_REVISION, {"account": account})
    if revision is None:
        raise NoSuchEntity(Noun.ACCOUNT, account)
    return int(revision)


def raise_revision(directory: Directory, account: AccountId, *, access: bool = True) -> None:
    """Say, within the transaction that changes the account, that what was derived from it is out of date.

    Args:
        directory: the transaction that makes the change.
        account: the account that is changed.
        access: what somebody may do can change with it.
    """
    directory.connection.execute(_RAISE_REVISION, {"account": account, "access": int(access)})


def create_alias(directory: Directory, account: AccountId, alias: str) -> None:
    """Give the account an alias, in place of the one it has.

    Raises:
        EntityAlreadyExists: another account has it.
    """
    try:
        with directory.connection.begin_nested():
            _set(directory, account, alias=alias)
    except IntegrityError as error:
        raise EntityAlreadyExists(Noun.ALIAS, alias) from error


def delete_alias(directory: Directory, account: AccountId, alias: str) -> None:
    """Take the account's alias away.

    Raises:
        NoSuchEntity: the account has no such alias.
    """
    owner = _find(directory, _accounts.c.alias == alias)
    if owner is None or owner.account != account:
        raise NoSuchEntity(Noun.ALIAS, alias)
    _set(directory, account, alias=None)


def set_global_token_version(directory: Directory, account: AccountId, version: int) -> None:
    """Say which session tokens STS's global endpoint gives."""
    _set(directory, account, global_token_version=version)


def _set(directory: Directory, account: AccountId, **values: Any) -> None:
    directory.connection.execute(update(_accounts).where(_accounts.c.account_id == account).values(**values))


def _find(directory: Directory, where: ColumnElement[bool]) -> Account | None:
    row = directory.connection.execute(select(_accounts).where(where)).first()
    return _build_account(row) if row else None


def _build_account(row: Row[Any]) -> Account:
    return Account(
        account=row.account_id,
        root_email=row.root_email,
        alias=row.alias,
        created_at=row.created_at,
        root_password_last_used_at=row.root_password_last_used_at,
        global_token_version=row.global_token_version,
        mfa_required=row.mfa_required,
        access_key_warning_days=row.access_key_warning_days,
        access_key_maximum_days=row.access_key_maximum_days,
        trail_retention_days=row.trail_retention_days,
    )
