"""The key pairs that exported files are signed with: one for each account, made when it is first needed."""

from sqlalchemy import Connection, insert, select

from ostiary.credentials import FileSigner, Sealer, parse_file_signer
from ostiary.store import schema

_signers = schema.trail_signers


def find_signer(connection: Connection, sealer: Sealer, account: str) -> FileSigner | None:
    """Return what an account's files are signed with; None when none was exported yet.

    Raises:
        SealBroken: the key is not as it was sealed.
    """
    sealed = connection.scalar(select(_signers.c.sealed_key).where(_signers.c.account_id == account))
    return None if sealed is None else parse_file_signer(sealer.open(sealed, context=_seal_context(account)))


def make_signer(connection: Connection, sealer: Sealer, account: str) -> FileSigner:
    """Return what an account's files are signed with, in a writing transaction; it is made if there is none.

    Raises:
        SealBroken: the key is not as it was sealed.
    """
    if found := find_signer(connection, sealer, account):
        return found
    signer = FileSigner.generate()
    sealed = sealer.seal(signer.to_bytes(), context=_seal_context(account))
    connection.execute(insert(_signers).values(account_id=account, sealed_key=sealed))
    return signer


def _seal_context(account: str) -> str:
    return f"trail-signer/{account}"
