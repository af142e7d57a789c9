"""`ostiary unused`."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from ostiary.cli.options import ENVIRONMENT, account_id_option, data_option
from ostiary.directory import accounts
from ostiary.directory.directory import Directory
from ostiary.directory.roles import Role
from ostiary.directory.users import User
from ostiary.governance.least_privilege import (
    TooMuchUsedError,
    UnusedAccess,
    UnusedKind,
    UnusedService,
    find_principal,
    find_unused,
    generate_policies,
    list_principals,
    read_activity,
)
from ostiary.server.account_choice import choose_account
from ostiary.server.data_directory import DataDirectory
from ostiary.server.errors import SetupError
from ostiary.server.opened import opened
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccountId

_MOST_DAYS = 365
"""As many as IAM Access Analyzer takes; and the trail is looked through for little more."""

_WORDS = {
    UnusedKind.USER: ("the user", "delete it"),
    UnusedKind.ROLE: ("the role", "delete it"),
    UnusedKind.ACCESS_KEY: ("access key {}", "deactivate it, then delete it"),
    UnusedKind.PASSWORD: ("the password", "delete the login profile"),
    UnusedKind.PERMISSION: ("{}", "attach what --suggest shows in place of the policies"),
}
_COLUMNS = ("principal", "not used", "last used", "what to do")


@click.command(context_settings=ENVIRONMENT)
@data_option
@click.option("--database", help="Database URL in place of the file in the data directory.")
@account_id_option("Which account; needed only where there are several.")
@click.option("--days", type=click.IntRange(1, _MOST_DAYS), default=90, show_default=True, help="For how long.")
@click.option(
    "--principal", metavar="PRINCIPAL", help="Only this one, with every service: an ARN, user/NAME, role/NAME."
)
@click.option("--suggest", is_flag=True, help="Show too the policy that would have been enough in that time.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def unused(
    *,
    data: Path,
    database: str | None,
    account_id: AccountId | None,
    days: int,
    principal: str | None,
    suggest: bool,
    output_format: str,
) -> None:
    """List the users, roles, access keys, passwords and permissions that nobody used for some time.

    What was never used counts from when it was made. Roles that are linked to a service are not looked at. A server may
    run meanwhile.
    """
    now = system_clock()
    since = now - timedelta(days=days)
    with opened(DataDirectory(data, database), writes=False) as directory:
        account = choose_account(accounts.list_accounts(directory), account_id)
        principals = _principals(directory, account, principal)
        found = list(find_unused(directory, principals, since=since, now=now))
        enough = {
            each.principal.arn: _enough(directory, each.principal, start=since, end=now)
            for each in found
            if suggest and each.kind is UnusedKind.PERMISSION
        }
    if output_format == "json":
        click.echo(json.dumps([_shape(each, enough) for each in found], indent=2))
        return
    if not found:
        click.echo(f"Nothing is there that nobody used for {days} days.")
        return
    for line in _table([_COLUMNS, *map(_row, found)]):
        click.echo(line)
    if principal is not None:
        for line in (line for each in found for service in each.services for line in _details(service)):
            click.echo(line)
    for arn, policies in enough.items():
        click.echo(f"\nenough for {arn}:")
        click.echo("it used more than policies are made for" if policies is None else json.dumps(policies, indent=2))


def _principals(directory: Directory, account: AccountId, named: str | None) -> Iterable[User | Role]:
    if named is None:
        return list_principals(directory, account)
    found = find_principal(directory, account, named)
    if found is None:
        raise SetupError(f"there is no user or role {named} here; name it by its ARN, as user/NAME or role/NAME")
    return [found]


def _enough(directory: Directory, principal: User | Role, *, start: datetime, end: datetime) -> list[Any] | None:
    """Return the policies that would have been enough; None when too much was used."""
    try:
        activity = read_activity(directory, principal, start=start, end=end)
    except TooMuchUsedError:
        return None
    return [json.loads(document) for document in generate_policies(activity).documents]


def _shape(each: UnusedAccess, enough: Mapping[str, list[Any] | None]) -> dict[str, Any]:
    shape: dict[str, Any] = {"principal": each.principal.arn, "type": each.kind.value}
    if each.kind is UnusedKind.PERMISSION:
        shape["services"] = [
            {
                "service": service.namespace,
                "last_used": _written(service.last_used_at),
                "actions": [
                    {"action": action.name, "last_used": _written(action.last_used_at)} for action in service.actions
                ],
            }
            for service in each.services
        ]
        return shape | ({"enough": enough[each.principal.arn]} if each.principal.arn in enough else {})
    shape |= {"last_used": _written(each.last_used_at), "made": _written(each.made_at)}
    return shape | ({"access_key_id": each.access_key_id} if each.access_key_id else {})


def _row(each: UnusedAccess) -> tuple[str, ...]:
    what, to_do = _WORDS[each.kind]
    name = each.principal.arn.split(":", 5)[-1]
    if each.kind is UnusedKind.PERMISSION:
        return name, what.format(_counted(each.services)), "", to_do
    last = _day(each.last_used_at) if each.last_used_at else f"never; made {_day(each.made_at)}"
    return name, what.format(each.access_key_id), last, to_do


def _counted(services: Sequence[UnusedService]) -> str:
    whole = sum(not service.actions for service in services)
    actions = sum(len(service.actions) for service in services)
    return f"{whole} services, {actions} actions of others"


def _details(service: UnusedService) -> Iterator[str]:
    yield f"{service.namespace}: {_last_used(service.last_used_at)}{', but not' if service.actions else ''}"
    for action in service.actions:
        yield f"  {action.name}: {_last_used(action.last_used_at)}"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _last_used(moment: datetime | None) -> str:
    return f"last used {_day(moment)}" if moment else "never used"


def _day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d")


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
