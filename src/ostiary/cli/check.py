"""`ostiary check`."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ostiary.cli.options import ENVIRONMENT, account_id_option, data_option
from ostiary.directory import accounts
from ostiary.governance.controls import (
    CONTROLS,
    AccountFacts,
    Control,
    FactsFile,
    FactsFileError,
    Severity,
    Status,
    account_facts,
    evaluate,
    facts_from_files,
)
from ostiary.governance.controls.report import json_report, text_report
from ostiary.server.account_choice import choose_account
from ostiary.server.data_directory import DataDirectory
from ostiary.server.errors import SetupError
from ostiary.server.opened import opened
from ostiary.store import StoreError
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccountId

_FAILED, _CANNOT_CHECK = 1, 2
_LARGEST_FILE = 256 * 1024 * 1024
"""Bytes; an account at all its quotas comes to less."""


def _known(_context: click.Context, _parameter: click.Parameter, names: Sequence[str]) -> frozenset[str]:
    """Return the keys of the controls that are named, by key or by Security Hub's ID."""
    by_name = {name.lower(): each.key for each in CONTROLS for name in (each.key, each.security_hub) if name}
    unknown = [name for name in names if name.lower() not in by_name]
    if unknown:
        raise click.BadParameter(f"there is no control {unknown[0]}")
    return frozenset(by_name[name.lower()] for name in names)


@click.command(context_settings=ENVIRONMENT)
@data_option
@click.option("--database", help="Database URL in place of the file in the data directory.")
@account_id_option("Which account; needed only where there are several.")
@click.option(
    "--file",
    "files",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="What the AWS CLI printed of an account, to check that one instead; may be repeated.",
)
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--control", "only", metavar="KEY", multiple=True, callback=_known, help="Ask this one; may be repeated.")
@click.option("--ignore", metavar="KEY", multiple=True, callback=_known, help="Do not ask this one; may be repeated.")
@click.option(
    "--severity",
    type=click.Choice([severity.value for severity in Severity], case_sensitive=False),
    default=Severity.INFORMATIONAL.value,
    help="Ask only controls that are at least so grave.",
)
@click.option("--verbose", is_flag=True, help="Show what passed too.")
def check(
    *,
    data: Path,
    database: str | None,
    account_id: AccountId | None,
    files: Sequence[Path],
    output_format: str,
    only: frozenset[str],
    ignore: frozenset[str],
    severity: str,
    verbose: bool,
) -> None:
    """Hold an account to the control rules of Security Hub, AWS Config and the CIS benchmark.

    Without --file it is an account of this installation, whose server may run. With --file it is whatever account the
    AWS CLI printed; the output of aws iam get-account-authorization-details must be among the files, and each of these
    tells more: get-credential-report, get-account-summary, get-account-password-policy, list-virtual-mfa-devices,
    list-server-certificates, list-saml-providers, list-open-id-connect-providers.

    The exit status is 0 when everything passed, 1 when something failed, and 2 when the account cannot be checked, or
    nothing failed and something is not known.
    """
    try:
        facts = _read_files(files) if files else _read_account(DataDirectory(data, database), account_id)
    except (SetupError, StoreError, FactsFileError) as error:
        click.echo(f"ostiary: {error}", err=True)
        sys.exit(_CANNOT_CHECK)
    controls = [each for each in CONTROLS if _is_asked(each, only, ignore, Severity(severity))]
    findings = evaluate(facts, controls)
    if output_format == "json":
        click.echo(json_report(facts, controls, findings))
    else:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        width = shutil.get_terminal_size().columns
        click.echo(text_report(facts, controls, findings, width=width, verbose=verbose, colour=colour))
    said = {finding.status for finding in findings}
    sys.exit(_FAILED if Status.FAILED in said else _CANNOT_CHECK if Status.NOT_AVAILABLE in said else 0)


def _is_asked(control: Control, only: frozenset[str], ignore: frozenset[str], least: Severity) -> bool:
    is_chosen = not only or control.key in only
    return is_chosen and control.key not in ignore and control.severity.rank <= least.rank


def _read_account(home: DataDirectory, account_id: AccountId | None) -> AccountFacts:
    with opened(home, writes=False) as directory:
        account = choose_account(accounts.list_accounts(directory), account_id)
        return account_facts(directory, account, now=system_clock())


def _read_files(files: Sequence[Path]) -> AccountFacts:
    return facts_from_files([_read(file) for file in files], now=system_clock())


def _read(file: Path) -> FactsFile:
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise FactsFileError(f"{file} is larger than {_LARGEST_FILE} bytes")
        # Some shells put a byte order mark in front.
        return FactsFile(str(file), file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FactsFileError(f"cannot read {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FactsFileError(f"cannot read {file}: it is not UTF-8") from error
