"""`ostiary login`."""

import secrets
import webbrowser
from urllib.parse import urlencode

import click

from ostiary.cli.options import DEFAULT_PORT, ENVIRONMENT
from ostiary.cli.sign_in.aws_profile import credentials_command, require_free, write_profile
from ostiary.cli.sign_in.callback import listen_for_code
from ostiary.cli.sign_in.errors import SignInError
from ostiary.cli.sign_in.kept import KeptSignIn, SignInFile
from ostiary.cli.sign_in.options import profile_option, server_option
from ostiary.cli.sign_in.tokens import Tokens, end_session, exchange_code
from ostiary.credentials import mint_pkce_pair
from ostiary.values.clock import system_clock

_SECONDS = 600
_REGION = "us-east-1"
_DEFAULT_SERVER = f"http://localhost:{DEFAULT_PORT}"


@click.command(context_settings=ENVIRONMENT)
@server_option
@profile_option
@click.option("--no-browser", is_flag=True, help="Print the address to sign in at, and open no browser.")
def login(*, server: str | None, profile: str, no_browser: bool) -> None:
    """Sign in with the browser, for the AWS CLI and SDKs.

    The browser opens the console's sign-in page. When you have signed in there, with your second factor, and agreed,
    the AWS configuration has a profile whose credentials renew themselves while the session lives: at most 12 hours.
    """
    require_free(profile)
    file = SignInFile(profile)
    former = file.find()
    address = server or (former.server if former else _DEFAULT_SERVER)
    tokens = _sign_in(address, open_browser=not no_browser)
    with file.locked():
        file.keep(KeptSignIn(address, tokens))
    settings = {"credential_process": credentials_command(profile), "region": _REGION, "endpoint_url": address}
    write_profile(profile, settings)
    if former is not None:
        _end_former(former)
    click.echo(f"Signed in. Try: aws --profile {profile} sts get-caller-identity")


def _sign_in(server: str, *, open_browser: bool) -> Tokens:
    """Return what a person's sign-in in the browser yields.

    Source: RFC 6749, section 4.1, with the proof of RFC 7636
    """
    state, pair = secrets.token_urlsafe(32), mint_pkce_pair()
    with listen_for_code(state) as callback:
        query = {"redirect_uri": callback.redirect_uri, "code_challenge": pair.challenge, "state": state}
        page = f"{server}/console/login?{urlencode(query)}"
        click.echo(f"Sign in at\n\n  {page}\n")
        if open_browser:
            webbrowser.open(page)
        code = callback.wait(_SECONDS)
        return exchange_code(
            server, code, verifier=pair.verifier, redirect_uri=callback.redirect_uri, now=system_clock()
        )


def _end_former(former: KeptSignIn) -> None:
    """End the session that the new one takes the place of."""
    try:
        end_session(former.server, former.tokens.refresh_token)
    except SignInError as error:
        click.echo(f"ostiary: the former session could not be ended: {error.message}", err=True)
