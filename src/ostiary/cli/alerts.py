"""`ostiary alerts`."""

import json
from pathlib import Path
from typing import Any

import click

from ostiary.cli.options import ENVIRONMENT, account_id_option, data_option
from ostiary.directory.alerts import DELIVERED, Alert, Delivery
from ostiary.server.alerting import read_plan
from ostiary.server.alerting.trial import try_channels
from ostiary.server.data_directory import DataDirectory
from ostiary.server.kept_alerts import read_alerts, retry_alerts
from ostiary.server.telemetry.one_line import one_line
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccountId


@click.group(invoke_without_command=True, context_settings=ENVIRONMENT)
@data_option
@click.option("--database", help="Database URL in place of the file in the data directory.")
@account_id_option("Whose alerts; needed only where there are several accounts.")
@click.option("--failed", is_flag=True, help="Only alerts that a channel did not get and that are not tried again.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="No more than so many.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def alerts(
    context: click.Context,
    *,
    data: Path,
    database: str | None,
    account_id: AccountId | None,
    failed: bool,
    limit: int,
    output_format: str,
) -> None:
    """List an account's alerts, the newest first, and try out where they go; a server may run meanwhile."""
    home = DataDirectory(data, database)
    context.obj = (home, account_id)
    if context.invoked_subcommand is not None:
        return
    listed = read_alerts(home, account_id, most=limit, failed=failed)
    if output_format == "json":
        click.echo(json.dumps([_as_json(alert) for alert in listed], indent=2))
        return
    for alert in listed:
        click.echo(_as_line(alert))
        for delivery in alert.deliveries:
            if delivery.status != DELIVERED:
                click.echo(f"    {_as_words(delivery)}")


@alerts.command(context_settings=ENVIRONMENT)
@click.option(
    "--alerts",
    "settings_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    envvar="OSTIARY_ALERTS",
    help="File that says where alerts go.",
)
@click.option("--channel", help="Only the channel of this name.")
@click.pass_context
def test(context: click.Context, settings_file: Path, channel: str | None) -> None:
    """Send a test alert through each channel, once, and say what came of it."""
    tried = list(try_channels(read_plan(settings_file), channel, now=system_clock()))
    for each in tried:
        click.echo(f"{each.channel}: {each.error or 'delivered'}")
    if any(each.error for each in tried):
        context.exit(1)


@alerts.command(context_settings=ENVIRONMENT)
@click.argument("alert_id", required=False)
@click.option("--failed", is_flag=True, help="All alerts that were given up.")
@click.pass_obj
def retry(of: tuple[DataDirectory, AccountId | None], alert_id: str | None, failed: bool) -> None:  # noqa: FBT001 - click's
    """Have the server send ALERT_ID again to each channel that did not get it, or --failed all that were given up."""
    if (alert_id is None) is not failed:
        raise click.UsageError("give an alert's ID, or --failed")
    home, account_id = of
    count = retry_alerts(home, account_id, alert_id, now=system_clock())
    click.echo(f"{count} to be sent")


def _as_line(alert: Alert) -> str:
    delivered = sum(delivery.status == DELIVERED for delivery in alert.deliveries)
    told = f"{delivered}/{len(alert.deliveries)}"
    again = f" (and {alert.repeated} more times)" if alert.repeated else ""
    moment = alert.created_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f"{moment}  {alert.severity:<13}  {alert.kind:<24}  {told:>5}  {alert.alert_id}  {one_line(alert.title)}{again}"
    )


def _as_words(delivery: Delivery) -> str:
    attempts = "1 attempt" if delivery.attempts == 1 else f"{delivery.attempts} attempts"
    words = f"{delivery.channel}: {delivery.status} after {attempts}"
    if delivery.next_attempt_at is not None:
        words += f", next {delivery.next_attempt_at:%Y-%m-%dT%H:%M:%SZ}"
    return f"{words}: {one_line(delivery.last_error)}" if delivery.last_error else words


def _as_json(alert: Alert) -> dict[str, Any]:
    return {
        "alert_id": alert.alert_id,
        "account_id": alert.account,
        "created_at": alert.created_at.isoformat(),
        "severity": alert.severity,
        "kind": alert.kind,
        "title": alert.title,
        "subject": alert.subject,
        "event_id": alert.event_id,
        "repeated": alert.repeated,
        "deliveries": [
            {
                "channel": delivery.channel,
                "status": delivery.status,
                "attempts": delivery.attempts,
                "last_error": delivery.last_error,
                "next_attempt_at": delivery.next_attempt_at.isoformat() if delivery.next_attempt_at else None,
                "delivered_at": delivery.delivered_at.isoformat() if delivery.delivered_at else None,
            }
            for delivery in alert.deliveries
        ],
    }
