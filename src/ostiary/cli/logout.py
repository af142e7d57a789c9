"""`ostiary logout`."""

import click

from ostiary.cli.options import ENVIRONMENT
from ostiary.cli.sign_in.aws_profile import remove_profile, require_free
from ostiary.cli.sign_in.errors import SignInError
from ostiary.cli.sign_in.kept import SignInFile
from ostiary.cli.sign_in.options import profile_option
from ostiary.cli.sign_in.tokens import end_session


@click.command(context_settings=ENVIRONMENT)
@profile_option
def logout(*, profile: str) -> None:
    """End a sign-in: its session at the server, its credentials here and its profile.

    What is here goes even when the server cannot be asked; that is then said, with exit status 1.
    """
    require_free(profile)
    file = SignInFile(profile)
    with file.locked():
        kept = file.find()
        if kept is None:
            raise SignInError(f"nobody is signed in with the profile {profile}")
        failure: SignInError | None = None
        try:
            end_session(kept.server, kept.tokens.refresh_token)
        except SignInError as error:
            failure = error
        file.forget()
        remove_profile(profile)
    if failure is not None:
        raise SignInError(f"signed out here, but the session at the server may go on: {failure.message}")
    click.echo("Signed out.")
