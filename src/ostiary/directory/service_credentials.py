"""Credentials of IAM users that one service alone takes: user names with passwords, and API keys.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_service-specific-creds.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_api_keys_for_aws_services.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, insert, select, update

from ostiary.credentials import hash_service_secret, mint_api_key, mint_service_password, mint_unique_id
from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun, Quota
from ostiary.directory.pages import Page, PageRequest, fetch_page
from ostiary.directory.quotas import require_room
from ostiary.directory.users import User
from ostiary.store import schema
from ostiary.values.identifiers import AccountId
from ostiary.values.secret import SecretKey

_credentials = schema.service_credentials
_users = schema.users

PASSWORD_SERVICES = frozenset({"cassandra.amazonaws.com", "codecommit.amazonaws.com"})
"""Services that take a user name and a password."""

API_KEY_SERVICES: Mapping[str, str] = MappingProxyType({"bedrock.amazonaws.com": "ABSK", "logs.amazonaws.com": "ACWL"})
"""Services that take API keys, which may expire, and the letters that their keys begin with."""


@dataclass(frozen=True, slots=True)
class ServiceCredential:
    """A credential for one service, without its secret."""

    account: AccountId
    credential_id: str
    user_name: str
    """Of the IAM user."""
    service: str
    service_user_name: str
    """What the service knows the user by: `jane-at-111122223333`."""
    active: bool
    created_at: datetime
    expires_at: datetime | None = None

    @property
    def is_api_key(self) -> bool:
        """Tell whether the secret is an API key, not a password."""
        return self.service in API_KEY_SERVICES


def create_service_credential(
    directory: Directory, user: User, service: str, *, expires_at: datetime | None = None, now: datetime
) -> tuple[ServiceCredential, SecretKey]:
    """Give a user an active credential for a service.

    Returns:
        The credential and its secret, of which only a digest is kept: it cannot be shown again.

    Raises:
        NoSuchEntity: the service takes no such credentials.
        LimitExceeded: the user has as many for that service as one may have.
    """
    require_service(service)
    mine = (_credentials.c.user_id == user.user_id) & (_credentials.c.service == service)
    present = rows.count(directory, _credentials, user.account, mine)
    require_room(directory, user.account, Quota.SERVICE_CREDENTIALS_PER_USER, present + 1)
    credential = ServiceCredential(
        account=user.account,
        credential_id=mint_unique_id("ACCA", user.account),
        user_name=user.name,
        service=service,
        service_user_name=_free_name(directory, user, service),
        active=True,
        created_at=now.replace(microsecond=0),
        expires_at=expires_at.replace(microsecond=0) if expires_at else None,
    )
    secret = _mint(credential)
    directory.connection.execute(
        insert(_credentials).values(
            account_id=user.account,
            credential_id=credential.credential_id,
            user_id=user.user_id,
            service=service,
            service_user_name=credential.service_user_name,
            secret_hash=hash_service_secret(secret),
            active=True,
            created_at=now,
            expires_at=expires_at,
        )
    )
    return credential, secret


def require_service(service: str) -> None:
    """Check that a service takes such credentials.

    Raises:
        NoSuchEntity: it does not.
    """
    if service not in PASSWORD_SERVICES and service not in API_KEY_SERVICES:
        raise NoSuchEntity(Noun.CREDENTIAL_SERVICE, service)


def find_service_credential(directory: Directory, account: AccountId, credential_id: str) -> ServiceCredential | None:
    """Return the credential of that ID, whoever has it, or None."""
    query = _all_of(account).where(_credentials.c.credential_id == credential_id)
    row = directory.connection.execute(query).first()
    return _build_credential(row) if row else None


def get_service_credential(directory: Directory, user: User, credential_id: str) -> ServiceCredential:
    """Return a credential of the user.

    Raises:
        NoSuchEntity: the user has no such credential.
    """
    query = _all_of(user.account).where(
        _credentials.c.credential_id == credential_id, _credentials.c.user_id == user.user_id
    )
    row = directory.connection.execute(query).first()
    if row is None:
        raise NoSuchEntity(Noun.SERVICE_CREDENTIAL, credential_id)
    return _build_credential(row)


def list_service_credentials(
    directory: Directory, account: AccountId, page: PageRequest, *, user: User | None, service: str | None
) -> Page[ServiceCredential]:
    """Return credentials by ID: those of a user and for a service, where these are given."""
    query = _all_of(account)
    if user is not None:
        query = query.where(_credentials.c.user_id == user.user_id)
    if service is not None:
        query = query.where(_credentials.c.service == service)
    return fetch_page(directory, query, page, sort_key=_credentials.c.credential_id, build=_build_credential)


def set_service_credential_status(directory: Directory, credential: ServiceCredential, *, active: bool) -> None:
    """Make a credential usable or unusable."""
    directory.connection.execute(update(_credentials).where(_is(credential)).values(active=active))


def reset_service_credential(directory: Directory, credential: ServiceCredential) -> SecretKey:
    """Give a credential a new secret and return it; the old one is good for nothing from now on."""
    secret = _mint(credential)
    directory.connection.execute(
        update(_credentials).where(_is(credential)).values(secret_hash=hash_service_secret(secret))
    )
    return secret


def delete_service_credential(directory: Directory, credential: ServiceCredential) -> None:
    """Delete a credential."""
    directory.connection.execute(delete(_credentials).where(_is(credential)))


def _mint(credential: ServiceCredential) -> SecretKey:
    prefix = API_KEY_SERVICES.get(credential.service)
    return mint_api_key(prefix, credential.service_user_name) if prefix else mint_service_password()


def _free_name(directory: Directory, user: User, service: str) -> str:
    """Return the first of `jane-at-…`, `jane+1-at-…`, `jane+2-at-…` that nobody has with the service."""

    def is_free(name: str) -> bool:
        is_it = (_credentials.c.service == service) & (_credentials.c.service_user_name == name)
        return rows.count(directory, _credentials, user.account, is_it) == 0

    starts = chain([user.name], (f"{user.name}+{number}" for number in count(1)))
    return next(name for start in starts if is_free(name := f"{start}-at-{user.account}"))


def _all_of(account: AccountId) -> Select[Any]:
    of_user = (_users.c.account_id == _credentials.c.account_id) & (_users.c.user_id == _credentials.c.user_id)
    return (
        select(_credentials, _users.c.name.label("user_name"))
        .join(_users, of_user)
        .where(_credentials.c.account_id == account)
    )


def _is(credential: ServiceCredential) -> ColumnElement[bool]:
    return (_credentials.c.account_id == credential.account) & (
        _credentials.c.credential_id == credential.credential_id
    )


def _build_credential(row: Row[Any]) -> ServiceCredential:
    return ServiceCredential(
        account=row.account_id,
        credential_id=row.credential_id,
        user_name=row.user_name,
        service=row.service,
        service_user_name=row.service_user_name,
        active=row.active,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
