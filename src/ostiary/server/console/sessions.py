"""What a page asks for that is signed in: who it is, credentials to sign its calls with, and to be signed out."""

from datetime import timedelta

from ostiary.directory import sign_in_sessions
from ostiary.gate.sign_in import caller_of, session_of
from ostiary.server.console import cookies
from ostiary.server.console.arrival import session_facts
from ostiary.server.console.desk import Desk
from ostiary.server.console.exchange import Answer, Exchange
from ostiary.server.console.sign_in_events import record
from ostiary.services import mint_credentials

CREDENTIALS_LAST = timedelta(minutes=15)
"""As long as `aws login` gives them."""


def show_session(desk: Desk, exchange: Exchange) -> Answer:
    """Tell who is signed in, if anybody is."""
    with desk.reading() as directory:
        found = desk.find_signed_in(directory, exchange)
        if found is None:
            return Answer({"signedIn": False})
        return Answer({"signedIn": True, "session": session_facts(desk, directory, *found)})


def give_credentials(desk: Desk, exchange: Exchange) -> Answer:
    """Give a page credentials for a quarter of an hour; they end with the session, whenever that is.

    Raises:
        Fault: `NotSignedIn`.
    """
    with desk.writing() as directory:
        session, person = desk.signed_in(directory, exchange)
        if sign_in_sessions.is_due_to_be_noted(session, now=exchange.now):
            sign_in_sessions.note_use(directory, session, now=exchange.now)
        issued_at = exchange.now.replace(microsecond=0)
        expires_at = min(issued_at + CREDENTIALS_LAST, session.expires_at)
        carried = session_of(session.session_id, session.mfa_authenticated_at, issued_at, expires_at)
        minted = mint_credentials(directory, caller_of(person, carried), carried, issued_at, expires_at)
    return Answer(
        {
            "accessKeyId": minted["AccessKeyId"],
            "secretAccessKey": minted["SecretAccessKey"],
            "sessionToken": minted["SessionToken"],
            "expiration": minted["Expiration"].isoformat(),
        }
    )


def sign_out(desk: Desk, exchange: Exchange) -> Answer:
    """End the session, and with it the credentials that came of it; nothing happens to who is signed out already."""
    with desk.writing() as directory:
        found = desk.find_signed_in(directory, exchange)
        if found:
            session, person = found
            sign_in_sessions.end_session(directory, session.account, session.session_id)
            record(directory, exchange, "ConsoleLogout", person, facts={"SessionId": session.session_id})
    dropped = tuple(cookies.drop_cookie(desk.settings, name) for name in (cookies.SESSION, cookies.FLOW))
    return Answer({}, dropped)
