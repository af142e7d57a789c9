"""Outbound web identity federation: what an account signs tokens about its own principals with.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound.html
"""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update

from ostiary.credentials import TokenSigner, parse_token_signer
from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_federation = schema.outbound_federation


@dataclass(frozen=True, slots=True)
class OutboundFederation:
    """An account's issuer of tokens; once made it stays, since its tokens outlive the feature's being disabled."""

    account: AccountId
    issuer: str
    """The URL that tokens name as their issuer, under which its public keys are found."""
    enabled: bool
    signer: TokenSigner


def find_federation(directory: Directory, account: AccountId) -> OutboundFederation | None:
    """Return the account's issuer, or None when the feature was never enabled."""
    return _find(directory, _federation.c.account_id == account)


def find_federation_by_issuer(directory: Directory, issuer_id: str) -> OutboundFederation | None:
    """Return the issuer whose URL ends with `issuer_id`, whichever account it is of, or None."""
    return _find(directory, _federation.c.issuer_id == issuer_id)


def enable_federation(directory: Directory, account: AccountId) -> OutboundFederation:
    """Let the account's principals have tokens; an account that had an issuer keeps it, URL and keys."""
    found = find_federation(directory, account)
    if found is not None:
        _set_enabled(directory, account, enabled=True)
        return OutboundFederation(account, found.issuer, enabled=True, signer=found.signer)
    issuer_id, signer = str(uuid.uuid4()), TokenSigner.generate()
    directory.connection.execute(
        insert(_federation).values(
            account_id=account,
            issuer_id=issuer_id,
            enabled=True,
            sealed_keys=directory.sealer.seal(signer.to_bytes(), context=_sealing_context(account)),
        )
    )
    return OutboundFederation(account, _issuer(directory, issuer_id), enabled=True, signer=signer)


def disable_federation(directory: Directory, account: AccountId) -> None:
    """Let the account's principals have no more tokens; those that they have can be verified still."""
    _set_enabled(directory, account, enabled=False)


def _find(directory: Directory, where: ColumnElement[bool]) -> OutboundFederation | None:
    row = directory.connection.execute(select(_federation).where(where)).first()
    return _build_federation(directory, row) if row else None


def _build_federation(directory: Directory, row: Row[Any]) -> OutboundFederation:
    keys = directory.sealer.open(row.sealed_keys, context=_sealing_context(row.account_id))
    return OutboundFederation(row.account_id, _issuer(directory, row.issuer_id), row.enabled, parse_token_signer(keys))


def _set_enabled(directory: Directory, account: AccountId, *, enabled: bool) -> None:
    directory.connection.execute(update(_federation).where(_federation.c.account_id == account).values(enabled=enabled))


def _issuer(directory: Directory, issuer_id: str) -> str:
    return f"{directory.settings.public_url}/{issuer_id}"


def _sealing_context(account: AccountId) -> str:
    return f"outbound-federation/{account}"
