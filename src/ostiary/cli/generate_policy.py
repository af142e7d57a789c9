"""`ostiary generate-policy`."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from ostiary.cli.options import ENVIRONMENT, account_id_option, data_option
from ostiary.directory import accounts
from ostiary.governance.least_privilege import (
    Activity,
    GeneratedPolicies,
    Permission,
    TooMuchUsedError,
    find_principal,
    generate_policies,
    read_activity,
)
from ostiary.questions.printable import printable
from ostiary.server.account_choice import choose_account
from ostiary.server.data_directory import DataDirectory
from ostiary.server.errors import SetupError
from ostiary.server.opened import opened
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccountId

_USUAL_TIME = timedelta(days=90)
_DATE_LENGTH = len("2026-11-24")


def _moment(_context: click.Context, parameter: click.Parameter, text: str | None) -> datetime | None:
    """Read a time, in UTC unless it says otherwise; a date is its first moment, or the last where a time ends."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter("a date or time is written as 2026-11-24 or 2026-11-24T18:00:00Z") from error
    if len(text) == _DATE_LENGTH and parameter.name == "until":
        moment += timedelta(days=1, seconds=-1)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@click.command("generate-policy", context_settings=ENVIRONMENT)
@data_option
@click.option("--database", help="Database URL in place of the file in the data directory.")
@account_id_option("Which account; needed only where there are several.")
@click.option("--since", metavar="TIME", callback=_moment, help="From when on; by default 90 days before the end.")
@click.option("--until", metavar="TIME", callback=_moment, help="Up to when; by default until now.")
@click.option("--wildcards", is_flag=True, help="Write three or more resources of one kind as one pattern.")
@click.option("--format", "output_format", type=click.Choice(["json", "text"]), default="json", show_default=True)
@click.argument("principal")
def generate_policy(
    *,
    data: Path,
    database: str | None,
    account_id: AccountId | None,
    since: datetime | None,
    until: datetime | None,
    wildcards: bool,
    output_format: str,
    principal: str,
) -> None:
    """Print the policy that would have been enough for what PRINCIPAL did.

    PRINCIPAL is an ARN, user/NAME or role/NAME; the calls of all its sessions count. The policy allows what calls that
    succeeded took, on the very resources; conditions are yours to add. A server may run
    meanwhile.

    On standard output is the policy, or a list of them where one has no room; on standard error what there is to know
    about it. With --format text it is a list of what was used and what was refused instead.
    """
    end = until or system_clock()
    start = since or end - _USUAL_TIME
    if start > end:
        raise click.UsageError("--since must not be later than --until")
    with opened(DataDirectory(data, database), writes=False) as directory:
        account = choose_account(accounts.list_accounts(directory), account_id)
        found = find_principal(directory, account, principal)
        if found is None:
            raise SetupError(
                f"there is no user or role {principal} here; name it by its ARN, as user/NAME or role/NAME"
            )
        try:
            activity = read_activity(directory, found, start=start, end=end)
        except TooMuchUsedError as error:
            raise SetupError(str(error)) from error
    generated = generate_policies(activity, wildcards=wildcards)
    if output_format == "text":
        for line in _text(activity):
            click.echo(printable(line))
    else:
        policies = [json.loads(document) for document in generated.documents]
        click.echo(json.dumps(policies[0] if len(policies) == 1 else policies, indent=2))
    for note in _notes(activity, generated):
        click.echo(printable(note), err=True)


def _text(activity: Activity) -> Iterable[str]:
    for title, permissions in (("used", activity.done), ("refused", activity.refused)):
        if permissions:
            yield f"{title}:"
            yield from (f"  {permission.action}  {permission.resource}" for permission in sorted(permissions))


def _notes(activity: Activity, generated: GeneratedPolicies) -> Iterable[str]:
    yield f"{activity.calls} calls from {_told(activity.start)} to {_told(activity.end)}"
    if not generated.documents:
        yield "nothing that was done takes a permission, so that no policy is needed"
    if len(generated.documents) > 1:
        yield f"the permissions have no room in one policy and are {len(generated.documents)}; all must be attached"
    if activity.trail_begins is not None:
        yield f"not complete: earlier events than of {_told(activity.trail_begins)} are kept no longer"
    if activity.undecided:
        yield f"not complete: what these calls took was not recorded: {', '.join(sorted(activity.undecided))}"
    if generated.left_out:
        yield f"left out, since no policy can allow it alone: {_listed(generated.left_out)}"
    if activity.refused:
        yield f"not allowed, since it was refused: {_listed(activity.refused)}"
    for fault in generated.faults:
        yield f"at fault: {fault.message}"


def _listed(permissions: Iterable[Permission]) -> str:
    return ", ".join(f"{permission.action} on {permission.resource}" for permission in sorted(permissions))


def _told(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
