"""What the credential report says of each user, asked for in a few queries however many users there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, Table, select

from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.arn import iam_arn, root_arn
from ostiary.values.identifiers import AccountId

Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True)
class PasswordFacts:
    """A password: when it was set and last used."""

    changed_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """An access key; what is None was never used."""

    active: bool
    created_at: datetime
    last_used_at: datetime | None
    last_used_region: str | None
    last_used_service: str | None


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A signing certificate."""

    active: bool
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class CredentialFacts:
    """The credentials of a user, or of the root user."""

    name: str | None
    """None for the root user."""
    arn: str
    created_at: datetime
    password: PasswordFacts | None
    has_mfa: bool
    keys: tuple[KeyFacts, ...]
    """By ID."""
    certificates: tuple[CertificateFacts, ...]
    """Those that are inactive first, as IAM has them; else by age."""


@dataclass(frozen=True, slots=True)
class _Owned:
    """What hangs on the users of an account, by the owner's unique ID; the root user's is its account."""

    with_mfa: frozenset[str]
    keys: Mapping[str, tuple[KeyFacts, ...]]
    certificates: Mapping[str, tuple[CertificateFacts, ...]]


def list_credential_facts(directory: Directory, account: AccountId) -> Iterator[CredentialFacts]:
    """Yield the root user's credentials, then those of all users, by name without regard to case."""
    owned = _Owned(_owners_with_mfa(directory, account), _keys(directory, account), _certificates(directory, account))
    yield _root(directory, account, owned)
    users, profiles = schema.users, schema.login_profiles
    query = (
        select(
            users, profiles.c.user_id.label("profile_id"), profiles.c.changed_at, profiles.c.created_at.label("set_at")
        )
        .outerjoin(profiles, (profiles.c.account_id == users.c.account_id) & (profiles.c.user_id == users.c.user_id))
        .where(users.c.account_id == account)
        .order_by(users.c.name_key)
    )
    for row in directory.connection.execute(query):
        password = PasswordFacts(row.changed_at or row.set_at, row.password_last_used_at) if row.profile_id else None
        arn = iam_arn(account, "user", row.path, row.name)
        yield _facts(owned, row.user_id, row.name, arn=arn, created_at=row.created_at, password=password)


def find_longest_password_age(directory: Directory, account: AccountId) -> int | None:
    """Return after how many days the account's password policy asks for a new password, or None when it never does."""
    policies = schema.password_policies
    return directory.connection.scalar(select(policies.c.max_age).where(policies.c.account_id == account))


def _root(directory: Directory, account: AccountId, owned: _Owned) -> CredentialFacts:
    accounts = schema.accounts
    row = directory.connection.execute(select(accounts).where(accounts.c.account_id == account)).one()
    password = PasswordFacts(row.root_password_changed_at or row.created_at, row.root_password_last_used_at)
    return _facts(owned, account, None, arn=root_arn(account), created_at=row.created_at, password=password)


def _facts(
    owned: _Owned, owner_id: str, name: str | None, *, arn: str, created_at: datetime, password: PasswordFacts | None
) -> CredentialFacts:
    return CredentialFacts(
        name=name,
        arn=arn,
        created_at=created_at,
        password=password,
        has_mfa=owner_id in owned.with_mfa,
        keys=owned.keys.get(owner_id, ()),
        certificates=owned.certificates.get(owner_id, ()),
    )


def _owners_with_mfa(directory: Directory, account: AccountId) -> frozenset[str]:
    devices = schema.mfa_devices
    return frozenset(
        row.owner_id for row in _all(directory, devices, account) if row.owner_id and row.enabled_at is not None
    )


def _keys(directory: Directory, account: AccountId) -> Mapping[str, tuple[KeyFacts, ...]]:
    rows = sorted(_all(directory, schema.access_keys, account), key=lambda row: str(row.access_key_id))
    return _by_owner(
        (
            row.user_id or account,
            KeyFacts(row.active, row.created_at, row.last_used_at, row.last_used_region, row.last_used_service),
        )
        for row in rows
    )


def _certificates(directory: Directory, account: AccountId) -> Mapping[str, tuple[CertificateFacts, ...]]:
    rows = sorted(_all(directory, schema.signing_certificates, account), key=lambda row: (row.active, row.uploaded_at))
    return _by_owner((row.owner_id, CertificateFacts(row.active, row.uploaded_at)) for row in rows)


def _by_owner(facts: Iterable[tuple[str, Fact]]) -> Mapping[str, tuple[Fact, ...]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for owner, fact in facts:
        found[owner].append(fact)
    return {owner: tuple(owned) for owner, owned in found.items()}


def _all(directory: Directory, table: Table, account: AccountId) -> Iterable[Row[Any]]:
    return directory.connection.execute(select(table).where(table.c.account_id == account))
