"""`ostiary serve`."""

import re
from datetime import timedelta
from pathlib import Path

import click

from ostiary.cli import welcome
from ostiary.cli.options import DEFAULT_HOST, DEFAULT_PORT, ENVIRONMENT, data_option
from ostiary.server.data_directory import DataDirectory
from ostiary.server.serve import listen
from ostiary.server.serve import serve as run_server
from ostiary.server.setup import SetupRequest, SetupResult, has_account, set_up_account
from ostiary.values.clock import system_clock
from ostiary.values.settings import DEFAULT_SETTINGS, Settings

_PUBLIC_URL = re.compile(r"https?://[A-Za-z0-9.\[\]:_-]+(?:/[A-Za-z0-9._~%/-]*)?")


def _public_url(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    if text is None:
        return None
    if not _PUBLIC_URL.fullmatch(text):
        raise click.BadParameter("it must be a URL such as https://iam.example.com, without query and fragment")
    return text.rstrip("/")


@click.command(context_settings=ENVIRONMENT)
@data_option
@click.option("--database", help="Database URL in place of the file in the data directory.")
@click.option("--host", default=DEFAULT_HOST, show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="0 takes a free one."
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer.")
@click.option(
    "--public-url",
    callback=_public_url,
    help="Where people reach the console, and what the issuers of vended tokens begin with.  "
    "[default: http://localhost:PORT]",
)
@click.option(
    "--console-files",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Directory of another build of the console, in place of the one that comes with Ostiary.",
)
@click.option(
    "--oidc-keys",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Directory of OpenID Connect providers' key sets, in place of fetching them.",
)
@click.option(
    "--credential-report-reuse",
    type=click.IntRange(0, 604_800),
    default=int(DEFAULT_SETTINGS.credential_report_reuse.total_seconds()),
    show_default=True,
    metavar="SECONDS",
    help="How long the latest credential report is given before a new one is made.",
)
@click.option(
    "--metrics-token-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File with the token that /metrics is answered for. Without it there are no metrics.",
)
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default=DEFAULT_SETTINGS.log_format,
    show_default=True,
    help="How lines of the log, on standard error, are written.",
)
@click.option("--access-log", is_flag=True, help="Log a line for each request.")
@click.option(
    "--alerts",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File that says where alerts go. Without it they are kept, and sent nowhere.",
)
def serve(
    *,
    data: Path,
    database: str | None,
    host: str,
    port: int,
    workers: int,
    public_url: str | None,
    console_files: Path | None,
    oidc_keys: Path | None,
    credential_report_reuse: int,
    metrics_token_file: Path | None,
    log_format: str,
    access_log: bool,
    alerts: Path | None,
) -> None:
    """Answer API calls, on an account set up first if there is none."""
    home = DataDirectory(data, database)
    home.create()
    with home.locked():
        listening = listen(host, port)
        settings = Settings(
            credential_report_reuse=timedelta(seconds=credential_report_reuse),
            oidc_keys=oidc_keys,
            public_url=public_url or f"http://localhost:{listening.getsockname()[1]}",
            console_files=console_files,
            metrics_token_file=metrics_token_file,
            log_format=log_format,
            access_log=access_log,
            alerts=alerts,
        )
        result = None if has_account(home) else set_up_account(home, SetupRequest(), system_clock)
        run_server(
            home,
            listening=listening,
            workers=workers,
            settings=settings,
            on_ready=lambda endpoint: _announce(result, endpoint, settings),
        )


def _announce(result: SetupResult | None, endpoint: str, settings: Settings) -> None:
    if result is not None:
        click.echo(welcome.as_text(result, endpoint, settings.public_url))
    click.echo(f"Endpoint  {endpoint}")
    click.echo(f"Console   {settings.public_url}/console")
    click.echo("Ready. Stop with Ctrl-C.")
