"""Bringing an exported account into an installation whose server does not run."""

from dataclasses import dataclass
from pathlib import Path

from ostiary import catalogue
from ostiary.directory import accounts, imports
from ostiary.directory.directory import Directory
from ostiary.directory.errors import CannotImport
from ostiary.directory.imports import Imported
from ostiary.server.account_choice import choose_account
from ostiary.server.data_directory import DataDirectory
from ostiary.server.errors import SetupError
from ostiary.server.export_file import LARGEST_FILE, Export, parse_export
from ostiary.server.setup import has_account
from ostiary.server.vault import open_vault
from ostiary.values.identifiers import AccountId


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import."""

    account: AccountId
    """The account that it went into."""
    exported: AccountId | None
    """The account that the file is of."""
    imported: Imported
    unknown_policies: tuple[str, ...]
    """Those of AWS's policies in the file, by name, that the catalogue lacks."""
    documents_of_exported: int
    """How many documents name the exported account, where that is another one."""


def import_account(home: DataDirectory, account: AccountId | None, file: Path) -> ImportResult:
    """Bring all of an export into an account, or nothing.

    Args:
        home: the installation; no server may run on it.
        account: which account; None means the only one there is.
        file: what `aws iam get-account-authorization-details` printed.

    Raises:
        SetupError: a server runs, there is no such account, or the file cannot be read or does not fit the account.
        StoreError: the database cannot be used.
    """
    if not home.has_database:
        raise SetupError(f"the data directory {home.path} holds no account; `ostiary init` sets one up")
    text = _read(file)
    with home.locked():
        if not has_account(home):
            raise SetupError(f"the data directory {home.path} holds no account; `ostiary init` sets one up")
        store = home.open_store()
        try:
            vault = open_vault(home.master_key())
            with store.write() as connection:
                directory = Directory(connection, vault.sealer, vault.tokens)
                owner = choose_account(accounts.list_accounts(directory), account)
                export = parse_export(text, owner)
                try:
                    imported = imports.import_details(directory, owner, export.details)
                except CannotImport as error:
                    raise SetupError(f"cannot import: {error}") from error
        finally:
            store.close()
    return ImportResult(owner, export.account, imported, _unknown(export), _naming(export, owner))


def _read(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise SetupError(f"{file} is larger than {LARGEST_FILE} bytes")
        # Some shells put a byte order mark in front.
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SetupError(f"cannot read {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SetupError(f"cannot read {file}: it is not UTF-8") from error


def _unknown(export: Export) -> tuple[str, ...]:
    names = (detail.policy for detail in export.details.aws_policies)
    return tuple(policy.name for policy in names if catalogue.find_managed_policy(policy.arn) is None)


def _naming(export: Export, owner: AccountId) -> int:
    if export.account is None or export.account == owner:
        return 0
    details = export.details
    documents = [detail.role.trust_policy for detail in details.roles]
    documents += [text for each in details.entities for _, text in each.permissions.inline]
    documents += [version.document for detail in details.policies for version in detail.versions]
    return sum(export.account in document for document in documents)
