"""Credentials for `ostiary login`: for the code that the browser brought it, then again for each refresh token.

Sources: RFC 6749, sections 4.1.3 and 6, RFC 7636, section 4.6, RFC 9700, section 4.14 (refresh tokens)
"""

from collections.abc import Mapping
from typing import Any

from ostiary.credentials import WrongCode, verify_pkce
from ostiary.directory import login_codes, sign_in_sessions
from ostiary.directory.directory import Directory
from ostiary.directory.refresh_tokens import RefreshTokenReused, find_session_of, rotate, seal_refresh_token
from ostiary.directory.sign_in_sessions import SignInSession
from ostiary.gate.sign_in import Person, caller_in, find_person
from ostiary.server.console.desk import Desk
from ostiary.server.console.exchange import Answer, Exchange
from ostiary.server.console.login_calls import (
    CREATE_TOKEN,
    REVOKE_TOKEN,
    carry_out,
    read_redirect_uri,
    record,
)
from ostiary.server.console.page_credentials import mint_page_credentials
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId

_LONGEST_CODE = 512
_LONGEST_REFRESH_TOKEN = 2_048


def give_tokens(desk: Desk, exchange: Exchange) -> Answer:
    """Give credentials for a code or a refresh token.

    Raises:
        Fault: `invalid_grant`, the code is not good, or not for who brings it; `TOKEN_EXPIRED`, the refresh token is
            good no more; `AccessDenied`, no policy allows it; `ValidationError`.
    """
    match exchange.text("grantType"):
        case "authorization_code":
            return _exchange_code(desk, exchange)
        case "refresh_token":
            return _refresh(desk, exchange)
        case _:
            raise Fault("unsupported_grant_type", "`grantType` must be authorization_code or refresh_token.")


def end(desk: Desk, exchange: Exchange) -> Answer:
    """End the session that a refresh token is of; nothing happens when it is over already.

    Source: RFC 7009, section 2.2
    """
    token = exchange.text("refreshToken", longest=_LONGEST_REFRESH_TOKEN)
    try:
        with desk.reading() as directory:
            session = find_session_of(directory, token, now=exchange.now)
            person = find_person(directory, session.account, session.owner_id, now=exchange.now) if session else None
        if session is not None:
            with desk.writing() as directory:
                sign_in_sessions.end_session(directory, session.account, session.session_id)
                caller = caller_in(person, session) if person else None
                record(directory, exchange, REVOKE_TOKEN, session.account, caller=caller)
    except RefreshTokenReused as reused:
        _end_reused(desk, exchange, reused, REVOKE_TOKEN)
    return Answer()


def _exchange_code(desk: Desk, exchange: Exchange) -> Answer:
    presented = exchange.text("code", longest=_LONGEST_CODE)
    redirect_uri = read_redirect_uri(exchange)
    verifier = exchange.text("codeVerifier", longest=128)
    with desk.reading() as directory:
        code = login_codes.find_code(directory, presented, now=exchange.now)
        granted = _find_by_id(directory, exchange, code.account, code.session_id) if code else None
    if code is None:
        raise _bad_code()
    # Used up by whoever brings it, whatever comes of it: so that is a transaction of its own.
    with desk.writing() as directory:
        if not login_codes.use_up(directory, code):
            raise _bad_code()
    try:
        if granted is None or redirect_uri != code.redirect_uri:
            raise _bad_code()
        verify_pkce(verifier, expected_challenge=code.code_challenge)
    except (WrongCode, Fault) as error:
        fault = _bad_code()
        with desk.writing() as directory:
            caller = caller_in(granted[1], granted[0]) if granted else None
            record(directory, exchange, CREATE_TOKEN, code.account, caller=caller, fault=fault)
        raise fault from error

    def start(directory: Directory) -> Mapping[str, Any]:
        # The person may have signed out by now.
        found = _find_by_id(directory, exchange, code.account, code.session_id)
        if found is None:
            raise _bad_code()
        console, person = found
        session, token = sign_in_sessions.start_session(
            directory,
            console.account,
            console.owner_id,
            client="command-line",
            mfa_authenticated_at=console.mfa_authenticated_at,
            address=exchange.request.client_address,
            user_agent=exchange.user_agent,
            now=exchange.now,
        )
        return _tokens(directory, exchange, session, person, seal_refresh_token(directory, token))

    told = {"grant_type": "authorization_code"}
    return Answer(carry_out(desk, exchange, CREATE_TOKEN, caller_in(granted[1], granted[0]), told=told, deed=start))


def _refresh(desk: Desk, exchange: Exchange) -> Answer:
    presented = exchange.text("refreshToken", longest=_LONGEST_REFRESH_TOKEN)
    try:
        with desk.reading() as directory:
            session, person = _find_refreshed(directory, exchange, presented)

        def go_on(directory: Directory) -> Mapping[str, Any]:
            # Of two who bring the token at once, the second finds it used.
            session, person = _find_refreshed(directory, exchange, presented)
            sign_in_sessions.note_use(directory, session, now=exchange.now)
            return _tokens(directory, exchange, session, person, rotate(directory, session))

        told = {"grant_type": "refresh_token"}
        return Answer(carry_out(desk, exchange, CREATE_TOKEN, caller_in(person, session), told=told, deed=go_on))
    except RefreshTokenReused as reused:
        _end_reused(desk, exchange, reused, CREATE_TOKEN)
        raise _session_over() from reused


def _find_refreshed(directory: Directory, exchange: Exchange, presented: str) -> tuple[SignInSession, Person]:
    session = find_session_of(directory, presented, now=exchange.now)
    person = find_person(directory, session.account, session.owner_id, now=exchange.now) if session else None
    if session is None or person is None:
        raise _session_over()
    return session, person


def _find_by_id(
    directory: Directory, exchange: Exchange, account: AccountId, session_id: str
) -> tuple[SignInSession, Person] | None:
    """Return the session of that ID and whose it is; None when it is over."""
    session = sign_in_sessions.find_session_by_id(directory, account, session_id, now=exchange.now)
    person = find_person(directory, account, session.owner_id, now=exchange.now) if session else None
    return (session, person) if session and person else None


def _end_reused(desk: Desk, exchange: Exchange, reused: RefreshTokenReused, name: str) -> None:
    """End a session whose refresh token is in two hands, unless it is over anyway; say so in its owner's trail."""
    with desk.writing() as directory:
        found = _find_by_id(directory, exchange, reused.account, reused.session_id)
        if found is None:
            return
        sign_in_sessions.end_session(directory, reused.account, reused.session_id)
        fault = Fault("TOKEN_EXPIRED", f"A refresh token was used again; {reused.session_id} is ended for it.")
        record(directory, exchange, name, reused.account, caller=caller_in(found[1], found[0]), fault=fault)


def _tokens(
    directory: Directory, exchange: Exchange, session: SignInSession, person: Person, refresh_token: str
) -> Mapping[str, Any]:
    issued_at = exchange.now.replace(microsecond=0)
    keys, expires_at = mint_page_credentials(directory, session, person, issued_at)
    return {
        "accessToken": keys,
        "expiresIn": int((expires_at - issued_at).total_seconds()),
        "refreshToken": refresh_token,
        "tokenType": "aws_sigv4",
    }


def _bad_code() -> Fault:
    return Fault("invalid_grant", "The code is not good: it is used, too old, or somebody else's. Sign in again.")


def _session_over() -> Fault:
    return Fault("TOKEN_EXPIRED", "The session is over. Sign in again.", status=401)
