"""Credentials that come of a sign-in, for the console's pages and for `ostiary login`."""

from datetime import datetime, timedelta

from ostiary.directory.directory import Directory
from ostiary.directory.sign_in_sessions import SignInSession
from ostiary.gate.sign_in import Person, caller_of, session_of
from ostiary.services import mint_credentials

_LAST = timedelta(minutes=15)
"""As long as `aws login` gives them."""


def mint_page_credentials(
    directory: Directory, session: SignInSession, person: Person, issued_at: datetime
) -> tuple[dict[str, str], datetime]:
    """Return new keys for a quarter of an hour, by the names that JavaScript gives them, and when they expire.

    They end with the session, whenever that is.

    Args:
        directory: holds what session tokens are sealed with.
        session: the sign-in that they come of.
        person: whose it is.
        issued_at: since when they are good, in whole seconds.
    """
    expires_at = min(issued_at + _LAST, session.expires_at)
    carried = session_of(session.session_id, session.mfa_authenticated_at, issued_at, expires_at)
    minted = mint_credentials(directory, caller_of(person, carried), carried, issued_at, expires_at)
    keys = {
        "accessKeyId": minted["AccessKeyId"],
        "secretAccessKey": minted["SecretAccessKey"],
        "sessionToken": minted["SessionToken"],
    }
    return keys, expires_at
