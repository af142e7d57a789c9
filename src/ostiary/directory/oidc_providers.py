"""OpenID Connect providers, whose tokens roles can trust.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
"""

import ipaddress
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from ostiary.credentials import mint_unique_id
from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import EntityAlreadyExists, NoSuchEntity, Noun, Quota
from ostiary.directory.quotas import require_room
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_providers = schema.oidc_providers


@dataclass(frozen=True, slots=True)
class OidcProvider:
    """A registered provider."""

    account: AccountId
    provider_id: str
    """Ours alone: what tags hang on."""
    url: str
    """The issuer without its scheme, as ARNs and condition keys have it."""
    client_ids: tuple[str, ...]
    """The audiences that are taken."""
    thumbprints: tuple[str, ...]
    """SHA-1 fingerprints in hexadecimal of certificates that are trusted though no public authority signed them."""
    created_at: datetime

    @property
    def arn(self) -> str:
        """The provider's ARN."""
        return provider_arn(self.account, self.url)

    @property
    def issuer(self) -> str:
        """The issuer as its tokens name it."""
        scheme = "http" if is_loopback(self.url) else "https"
        return f"{scheme}://{self.url}"


def provider_arn(account: AccountId, url: str) -> str:
    """Return the ARN of the account's provider at a URL without its scheme."""
    return f"arn:aws:iam::{account}:oidc-provider/{url}"


def is_loopback(url: str) -> bool:
    """Tell whether a URL without its scheme is one of this machine, where nothing need be encrypted."""
    host = url.partition("/")[0].rpartition(":")[0] or url.partition("/")[0]
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def create_provider(
    directory: Directory,
    account: AccountId,
    url: str,
    *,
    client_ids: Sequence[str],
    thumbprints: Sequence[str],
    now: datetime,
) -> OidcProvider:
    """Register a provider.

    Raises:
        EntityAlreadyExists: the account has one of that URL.
        LimitExceeded: there are too many providers, client IDs or thumbprints.
    """
    require_room(directory, account, Quota.CLIENT_IDS_PER_OIDC_PROVIDER, len(client_ids))
    require_room(directory, account, Quota.THUMBPRINTS_PER_OIDC_PROVIDER, len(thumbprints))
    provider = OidcProvider(
        account,
        mint_unique_id("AOID", account),
        url,
        tuple(client_ids),
        tuple(thumbprints),
        now.replace(microsecond=0),
    )
    try:
        directory.connection.execute(
            insert(_providers).values(
                account_id=account,
                provider_id=provider.provider_id,
                url=url,
                client_ids=json.dumps(client_ids),
                thumbprints=json.dumps(thumbprints),
                created_at=now,
            )
        )
    except IntegrityError as error:
        raise EntityAlreadyExists(Noun.OIDC_PROVIDER, f"https://{url}") from error
    require_room(directory, account, Quota.OIDC_PROVIDERS, rows.count(directory, _providers, account))
    return provider


def find_provider(directory: Directory, account: AccountId, url: str) -> OidcProvider | None:
    """Return the account's provider at a URL without its scheme, or None."""
    where = (_providers.c.account_id == account) & (_providers.c.url == url)
    row = directory.connection.execute(select(_providers).where(where)).first()
    return _build(row) if row else None


def get_provider(
    directory: Directory, account: AccountId, arn: str, *, wanted: Noun = Noun.OIDC_PROVIDER
) -> OidcProvider:
    """Return the account's provider whose ARN is `arn`.

    Raises:
        NoSuchEntity: there is none; the error speaks of `wanted`.
    """
    prefix = provider_arn(account, "")
    found = find_provider(directory, account, arn.removeprefix(prefix)) if arn.startswith(prefix) else None
    if found is None:
        raise NoSuchEntity(wanted, arn)
    return found


def list_providers(directory: Directory, account: AccountId) -> list[OidcProvider]:
    """Return all providers of the account, by URL."""
    query = select(_providers).where(_providers.c.account_id == account).order_by(_providers.c.url)
    return [_build(row) for row in directory.connection.execute(query)]


def set_thumbprints(directory: Directory, provider: OidcProvider, thumbprints: Sequence[str]) -> None:
    """Replace the thumbprints of a provider.

    Raises:
        LimitExceeded: there are too many.
    """
    require_room(directory, provider.account, Quota.THUMBPRINTS_PER_OIDC_PROVIDER, len(thumbprints))
    _set(directory, provider, thumbprints=json.dumps(thumbprints))


def set_client_ids(directory: Directory, provider: OidcProvider, client_ids: Sequence[str]) -> None:
    """Replace the client IDs of a provider.

    Raises:
        LimitExceeded: there are too many.
    """
    require_room(directory, provider.account, Quota.CLIENT_IDS_PER_OIDC_PROVIDER, len(client_ids))
    _set(directory, provider, client_ids=json.dumps(client_ids))


def delete_provider(directory: Directory, provider: OidcProvider) -> None:
    """Forget a provider and its tags; roles that trust it can be assumed by nobody through it from then on."""
    for column in (schema.tags.c.entity_id, _providers.c.provider_id):
        rows.delete_row(directory, column, provider.account, provider.provider_id)


def _set(directory: Directory, provider: OidcProvider, **values: Any) -> None:
    directory.connection.execute(update(_providers).where(_is(provider)).values(**values))


def _is(provider: OidcProvider) -> ColumnElement[bool]:
    return (_providers.c.account_id == provider.account) & (_providers.c.provider_id == provider.provider_id)


def _build(row: Row[Any]) -> OidcProvider:
    return OidcProvider(
        account=row.account_id,
        provider_id=row.provider_id,
        url=row.url,
        client_ids=tuple(json.loads(row.client_ids)),
        thumbprints=tuple(json.loads(row.thumbprints)),
        created_at=row.created_at,
    )
