"""What a page asks for that is signed in: who it is, credentials to sign its calls with, and to be signed out."""

from ostiary.directory import sign_in_sessions
from ostiary.server.console import cookies
from ostiary.server.console.arrival import session_facts
from ostiary.server.console.desk import Desk
from ostiary.server.console.exchange import Answer, Exchange
from ostiary.server.console.page_credentials import mint_page_credentials
from ostiary.server.console.sign_in_events import record


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
        keys, expires_at = mint_page_credentials(directory, session, person, issued_at)
    return Answer({**keys, "expiration": expires_at.isoformat()})


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
