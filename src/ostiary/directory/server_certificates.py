"""Server certificates of the account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from ostiary.credentials import mint_unique_id
from ostiary.directory import rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun, Quota
from ostiary.directory.pages import Page, PageRequest, fetch_page, under_path
from ostiary.directory.quotas import require_room
from ostiary.store import schema
from ostiary.values.arn import iam_arn
from ostiary.values.identifiers import AccountId
from ostiary.values.secret import SecretKey

_certificates = schema.server_certificates


@dataclass(frozen=True, slots=True)
class ServerCertificate:
    """A server certificate, without its private key."""

    account: AccountId
    certificate_id: str
    name: str
    path: str
    body: str
    chain: str | None
    uploaded_at: datetime
    expires_at: datetime

    @property
    def arn(self) -> str:
        """The certificate's ARN, path included."""
        return iam_arn(self.account, "server-certificate", self.path, self.name)

    @property
    def unique_id(self) -> str:
        """What tags hang on; it is never used again."""
        return self.certificate_id


def upload_server_certificate(
    directory: Directory,
    account: AccountId,
    name: str,
    *,
    path: str = "/",
    body: str,
    private_key: SecretKey,
    chain: str | None,
    expires_at: datetime,
    now: datetime,
) -> ServerCertificate:
    """Keep a certificate, with its private key sealed.

    Raises:
        EntityAlreadyExists: a certificate of that name exists, without regard to case.
        LimitExceeded: the account's quota of certificates is full.
    """
    certificate = ServerCertificate(
        account=account,
        certificate_id=mint_unique_id("ASCA", account),
        name=name,
        path=path,
        body=body,
        chain=chain,
        uploaded_at=now.replace(microsecond=0),
        expires_at=expires_at,
    )
    context = f"server-certificate/{certificate.certificate_id}"
    rows.insert_named(
        directory,
        _certificates,
        Noun.SERVER_CERTIFICATE,
        {
            "account_id": account,
            "certificate_id": certificate.certificate_id,
            "name": name,
            "path": path,
            "body": body,
            "chain": chain,
            "sealed_private_key": directory.sealer.seal(private_key.reveal().encode(), context=context),
            "uploaded_at": now,
            "expires_at": expires_at,
        },
    )
    require_room(directory, account, Quota.SERVER_CERTIFICATES, rows.count(directory, _certificates, account))
    return certificate


def find_server_certificate(directory: Directory, account: AccountId, name: str) -> ServerCertificate | None:
    """Return the certificate called `name`, without regard to case, or None."""
    row = rows.find_named(directory, _certificates, account, name)
    return _build_certificate(row) if row else None


def get_server_certificate(directory: Directory, account: AccountId, name: str) -> ServerCertificate:
    """Return the certificate called `name`, without regard to case.

    Raises:
        NoSuchEntity: there is none.
    """
    if certificate := find_server_certificate(directory, account, name):
        return certificate
    raise NoSuchEntity(Noun.SERVER_CERTIFICATE, name)


def list_server_certificates(
    directory: Directory, account: AccountId, page: PageRequest, path_prefix: str = "/"
) -> Page[ServerCertificate]:
    """Return the certificates whose path begins with `path_prefix`, by name without regard to case."""
    query = select(_certificates).where(
        _certificates.c.account_id == account, under_path(_certificates.c.path, path_prefix)
    )
    return fetch_page(directory, query, page, sort_key=_certificates.c.name_key, build=_build_certificate)


def update_server_certificate(
    directory: Directory, certificate: ServerCertificate, *, new_name: str | None = None, new_path: str | None = None
) -> None:
    """Rename or move a certificate.

    Raises:
        EntityAlreadyExists: another certificate has the new name.
    """
    rows.rename(
        directory,
        _is(certificate),
        _certificates,
        Noun.SERVER_CERTIFICATE,
        name=new_name or certificate.name,
        path=new_path or certificate.path,
    )


def delete_server_certificate(directory: Directory, certificate: ServerCertificate) -> None:
    """Delete a certificate with its private key and tags."""
    account, certificate_id = certificate.account, certificate.certificate_id
    rows.delete_row(directory, schema.tags.c.entity_id, account, certificate_id)
    rows.delete_row(directory, _certificates.c.certificate_id, account, certificate_id)


def _is(certificate: ServerCertificate) -> ColumnElement[bool]:
    return (_certificates.c.account_id == certificate.account) & (
        _certificates.c.certificate_id == certificate.certificate_id
    )


def _build_certificate(row: Row[Any]) -> ServerCertificate:
    return ServerCertificate(
        account=row.account_id,
        certificate_id=row.certificate_id,
        name=row.name,
        path=row.path,
        body=row.body,
        chain=row.chain,
        uploaded_at=row.uploaded_at,
        expires_at=row.expires_at,
    )
