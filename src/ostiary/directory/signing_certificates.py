"""X.509 certificates that IAM users and the root user sign requests with."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import EntityAlreadyExists, NoSuchEntity, Noun, Quota
from ostiary.directory.pages import Page, PageRequest, fetch_page
from ostiary.directory.quotas import require_room
from ostiary.directory.users import User
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_certificates = schema.signing_certificates

_ID_BYTES = 20


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    """A signing certificate of a user or of the root user."""

    certificate_id: str
    body: str
    active: bool
    uploaded_at: datetime


def upload_signing_certificate(
    directory: Directory, account: AccountId, user: User | None, body: str, *, digest: str, now: datetime
) -> SigningCertificate:
    """Give a user a signing certificate, or the root user when `user` is None; it is active.

    Args:
        directory: the transaction to write in.
        account: the owner's account.
        user: the owner.
        body: the certificate in PEM.
        digest: tells the certificate from all others.
        now: when it is uploaded.

    Raises:
        EntityAlreadyExists: somebody in the account has that certificate.
        LimitExceeded: the owner has as many certificates as one may have.
    """
    if rows.count(directory, _certificates, account, _certificates.c.digest == digest):
        raise EntityAlreadyExists(Noun.SIGNING_CERTIFICATE, digest)
    present = rows.count(directory, _certificates, account, _owned_by(account, user))
    require_room(directory, account, Quota.SIGNING_CERTIFICATES_PER_USER, present + 1)
    certificate = SigningCertificate(
        # IAM's IDs of certificates are longer than those of all else, and tell neither kind nor account.
        certificate_id=base64.b32encode(secrets.token_bytes(_ID_BYTES)).decode(),
        body=body,
        active=True,
        uploaded_at=now.replace(microsecond=0),
    )
    directory.connection.execute(
        insert(_certificates).values(
            account_id=account,
            certificate_id=certificate.certificate_id,
            owner_id=_owner_id(account, user),
            digest=digest,
            body=body,
            active=True,
            uploaded_at=now,
        )
    )
    return certificate


def list_signing_certificates(
    directory: Directory, account: AccountId, user: User | None, page: PageRequest
) -> Page[SigningCertificate]:
    """Return the certificates of a user, or of the root user when `user` is None, by ID."""
    query = select(_certificates).where(_owned_by(account, user))
    return fetch_page(directory, query, page, sort_key=_certificates.c.certificate_id, build=_build_certificate)


def set_signing_certificate_status(
    directory: Directory, account: AccountId, user: User | None, certificate_id: str, *, active: bool
) -> None:
    """Make a certificate of the owner usable or unusable.

    Raises:
        NoSuchEntity: the owner has no such certificate.
    """
    where = _is(account, user, certificate_id)
    if directory.connection.execute(update(_certificates).where(where).values(active=active)).rowcount == 0:
        raise NoSuchEntity(Noun.SIGNING_CERTIFICATE, certificate_id)


def delete_signing_certificate(
    directory: Directory, account: AccountId, user: User | None, certificate_id: str
) -> None:
    """Delete a certificate of the owner.

    Raises:
        NoSuchEntity: the owner has no such certificate.
    """
    where = _is(account, user, certificate_id)
    if directory.connection.execute(delete(_certificates).where(where)).rowcount == 0:
        raise NoSuchEntity(Noun.SIGNING_CERTIFICATE, certificate_id)


def has_signing_certificate(directory: Directory, account: AccountId, user: User | None) -> bool:
    """Tell whether a user, or the root user when `user` is None, has a certificate."""
    return rows.count(directory, _certificates, account, _owned_by(account, user)) > 0


def _owner_id(account: AccountId, user: User | None) -> str:
    return user.user_id if user else account


def _owned_by(account: AccountId, user: User | None) -> ColumnElement[bool]:
    return (_certificates.c.account_id == account) & (_certificates.c.owner_id == _owner_id(account, user))


def _is(account: AccountId, user: User | None, certificate_id: str) -> ColumnElement[bool]:
    return _owned_by(account, user) & (_certificates.c.certificate_id == certificate_id)


def _build_certificate(row: Row[Any]) -> SigningCertificate:
    return SigningCertificate(row.certificate_id, row.body, row.active, row.uploaded_at)
