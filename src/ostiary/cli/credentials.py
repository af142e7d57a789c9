"""`ostiary credentials`."""

import json
from datetime import datetime, timedelta

import click

from ostiary.cli.options import ENVIRONMENT
from ostiary.cli.sign_in.errors import SignInError, SignInOver
from ostiary.cli.sign_in.kept import KeptSignIn, SignInFile
from ostiary.cli.sign_in.options import profile_option
from ostiary.cli.sign_in.tokens import TokenRefused, Tokens, refresh
from ostiary.values.clock import system_clock

_LEAST_LEFT = timedelta(minutes=5)


@click.command(context_settings=ENVIRONMENT)
@profile_option
def credentials(*, profile: str) -> None:
    """Print credentials of a sign-in, as the AWS CLI and SDKs ask for them (credential_process).

    Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
    """
    tokens = _current(SignInFile(profile), system_clock())
    answer = {
        "Version": 1,
        "AccessKeyId": tokens.access_key_id,
        "SecretAccessKey": tokens.secret_access_key,
        "SessionToken": tokens.session_token,
        "Expiration": tokens.expires_at.isoformat(),
    }
    click.echo(json.dumps(answer))


def _current(file: SignInFile, now: datetime) -> Tokens:
    """Return credentials that are good for a while, renewed if need be.

    Raises:
        SignInOver: there is no session, or it has ended.
        SignInError: the server cannot be asked.
    """
    kept = _get(file)
    if _is_good(kept, now):
        return kept.tokens
    with file.locked():
        # Another process may have renewed them while this one waited.
        kept = _get(file)
        if _is_good(kept, now):
            return kept.tokens
        try:
            tokens = refresh(kept.server, kept.tokens.refresh_token, now=now)
        except TokenRefused:
            raise SignInOver(file.profile) from None
        except SignInError:
            if kept.tokens.expires_at > now:
                # They are good for minutes yet, and by then the server may be there again.
                return kept.tokens
            raise
        file.keep(KeptSignIn(kept.server, tokens))
        return tokens


def _get(file: SignInFile) -> KeptSignIn:
    kept = file.find()
    if kept is None:
        raise SignInOver(file.profile)
    return kept


def _is_good(kept: KeptSignIn, now: datetime) -> bool:
    return kept.tokens.expires_at - now >= _LEAST_LEFT
