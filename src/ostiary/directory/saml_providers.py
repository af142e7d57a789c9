"""SAML providers, whose assertions roles can trust.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from ostiary.credentials import mint_unique_id
from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun, Quota
from ostiary.directory.quotas import require_room
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_providers = schema.saml_providers


@dataclass(frozen=True, slots=True)
class DecryptionKey:
    """A private key that assertions can be encrypted for."""

    key_id: str
    added_at: datetime
    pem: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SamlProvider:
    """A registered provider."""

    account: AccountId
    provider_id: str
    """Ours alone: what tags hang on."""
    name: str
    uuid: str
    metadata: str
    """The document that describes the provider, as it was given."""
    valid_until: datetime | None
    created_at: datetime
    assertion_encryption: str | None
    """`Required`, `Allowed`, or None when nothing was said."""
    keys: tuple[DecryptionKey, ...] = field(repr=False)

    @property
    def arn(self) -> str:
        """The provider's ARN."""
        return provider_arn(self.account, self.name)


def provider_arn(account: AccountId, name: str) -> str:
    """Return the ARN of the account's provider of that name."""
    return f"arn:aws:iam::{account}:saml-provider/{name}"


def create_provider(
    directory: Directory,
    account: AccountId,
    name: str,
    *,
    metadata: str,
    valid_until: datetime | None,
    assertion_encryption: str | None,
    keys: Sequence[DecryptionKey],
    now: datetime,
) -> SamlProvider:
    """Register a provider.

    Raises:
        EntityAlreadyExists: the account has one of that name.
        LimitExceeded: the account has as many as it may, or there are too many keys.
    """
    require_room(directory, account, Quota.KEYS_PER_SAML_PROVIDER, len(keys))
    provider = SamlProvider(
        account=account,
        provider_id=mint_unique_id("ASAM", account),
        name=name,
        uuid=mint_unique_id("ASAM", account) + mint_unique_id("ASAM", account)[4:8],
        metadata=metadata,
        valid_until=valid_until,
        created_at=now.replace(microsecond=0),
        assertion_encryption=assertion_encryption,
        keys=tuple(keys),
    )
    rows.insert_named(
        directory,
        _providers,
        Noun.SAML_PROVIDER,
        {
            "account_id": account,
            "provider_id": provider.provider_id,
            "name": name,
            "uuid": provider.uuid,
            "metadata": metadata,
            "valid_until": valid_until,
            "assertion_encryption": assertion_encryption,
            "sealed_private_keys": _sealed(directory, provider.provider_id, keys),
            "created_at": now,
        },
    )
    require_room(directory, account, Quota.SAML_PROVIDERS, rows.count(directory, _providers, account))
    return provider


def find_provider(directory: Directory, account: AccountId, arn: str) -> SamlProvider | None:
    """Return the account's provider whose ARN is `arn`, or None."""
    prefix = provider_arn(account, "")
    if not arn.startswith(prefix):
        return None
    row = rows.find_named(directory, _providers, account, arn.removeprefix(prefix))
    return _build(directory, row) if row else None


def get_provider(directory: Directory, account: AccountId, arn: str) -> SamlProvider:
    """Return the account's provider whose ARN is `arn`.

    Raises:
        NoSuchEntity: there is none.
    """
    if found := find_provider(directory, account, arn):
        return found
    raise NoSuchEntity(Noun.SAML_PROVIDER, arn)


def list_providers(directory: Directory, account: AccountId) -> list[SamlProvider]:
    """Return all providers of the account, by name."""
    query = select(_providers).where(_providers.c.account_id == account).order_by(_providers.c.name_key)
    return [_build(directory, row) for row in directory.connection.execute(query)]


def set_metadata(directory: Directory, provider: SamlProvider, metadata: str, valid_until: datetime | None) -> None:
    """Replace the document that describes a provider."""
    _set(directory, provider, metadata=metadata, valid_until=valid_until)


def set_assertion_encryption(directory: Directory, provider: SamlProvider, mode: str) -> None:
    """Say whether assertions must be encrypted (`Required`) or may be (`Allowed`)."""
    _set(directory, provider, assertion_encryption=mode)


def set_keys(directory: Directory, provider: SamlProvider, keys: Sequence[DecryptionKey]) -> None:
    """Replace a provider's private keys.

    Raises:
        LimitExceeded: there are too many.
    """
    require_room(directory, provider.account, Quota.KEYS_PER_SAML_PROVIDER, len(keys))
    _set(directory, provider, sealed_private_keys=_sealed(directory, provider.provider_id, keys))


def delete_provider(directory: Directory, provider: SamlProvider) -> None:
    """Forget a provider and its tags; roles that trust it can be assumed by nobody through it from then on."""
    for column in (schema.tags.c.entity_id, _providers.c.provider_id):
        rows.delete_row(directory, column, provider.account, provider.provider_id)


def _set(directory: Directory, provider: SamlProvider, **values: Any) -> None:
    directory.connection.execute(update(_providers).where(_is(provider)).values(**values))


def _is(provider: SamlProvider) -> ColumnElement[bool]:
    return (_providers.c.account_id == provider.account) & (_providers.c.provider_id == provider.provider_id)


def _sealed(directory: Directory, provider_id: str, keys: Sequence[DecryptionKey]) -> bytes | None:
    if not keys:
        return None
    written = json.dumps([[key.key_id, int(key.added_at.timestamp()), key.pem] for key in keys])
    return directory.sealer.seal(written.encode(), context=_seal_context(provider_id))


def _opened(directory: Directory, provider_id: str, sealed: bytes | None) -> tuple[DecryptionKey, ...]:
    if sealed is None:
        return ()
    written = json.loads(directory.sealer.open(sealed, context=_seal_context(provider_id)))
    return tuple(DecryptionKey(key_id, datetime.fromtimestamp(added, UTC), pem) for key_id, added, pem in written)


def _seal_context(provider_id: str) -> str:
    return f"saml-provider/{provider_id}"


def _build(directory: Directory, row: Row[Any]) -> SamlProvider:
    return SamlProvider(
        account=row.account_id,
        provider_id=row.provider_id,
        name=row.name,
        uuid=row.uuid,
        metadata=row.metadata,
        valid_until=row.valid_until,
        created_at=row.created_at,
        assertion_encryption=row.assertion_encryption,
        keys=_opened(directory, row.provider_id, row.sealed_private_keys),
    )
