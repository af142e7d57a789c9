"""The end of a sign-in: a session begins."""

from typing import Any

from ostiary.directory import accounts, mfa_devices, sign_in_flows, sign_in_sessions, users
from ostiary.directory.directory import Directory
from ostiary.directory.sign_in_flows import SignInFlow
from ostiary.directory.sign_in_sessions import CONSOLE_IDLE, SignInSession
from ostiary.gate.sign_in import Person, caller_in
from ostiary.server.console import cookies
from ostiary.server.console.desk import Desk
from ostiary.server.console.exchange import Answer, Exchange
from ostiary.server.console.page_calls import REGION
from ostiary.server.console.sign_in_events import record
from ostiary.values.fault import Fault


def arrive(
    desk: Desk, directory: Directory, exchange: Exchange, person: Person, flow: SignInFlow, *, device: str | None
) -> Answer:
    """Sign a person in who proved all there is to prove.

    The session has a token of its own, and one that the browser had before ends: nobody can have set it up.

    Raises:
        Fault: `SignInExpired`, the sign-in was finished by another request.
    """
    if not sign_in_flows.end_flow(directory, flow):
        raise Fault("SignInExpired", "The sign-in is over already. Start again.", status=401)
    before = desk.find_signed_in(directory, exchange)
    if before:
        sign_in_sessions.end_session(directory, before[0].account, before[0].session_id)
    account = person.account.account
    session, token = sign_in_sessions.start_session(
        directory,
        account,
        person.owner_id,
        client="console",
        mfa_authenticated_at=flow.mfa_authenticated_at,
        address=exchange.request.client_address,
        user_agent=exchange.user_agent,
        now=exchange.now,
    )
    if person.user is None:
        accounts.note_root_sign_in(directory, account, now=exchange.now)
    else:
        users.note_sign_in(directory, person.user, now=exchange.now)
    accounts.raise_revision(directory, account, access=False)
    record(
        directory,
        exchange,
        "ConsoleLogin",
        person,
        facts={
            "LoginTo": f"{desk.settings.public_url}/console",
            "MobileVersion": "No",
            "MFAUsed": "Yes" if flow.mfa_authenticated_at else "No",
            **({"MFAIdentifier": device} if device else {}),
            "SessionId": session.session_id,
        },
    )
    return Answer(
        {"step": "done", "session": session_facts(desk, directory, session, person)},
        (
            cookies.set_cookie(desk.settings, cookies.SESSION, token),
            cookies.drop_cookie(desk.settings, cookies.FLOW),
        ),
    )


def session_facts(desk: Desk, directory: Directory, session: SignInSession, person: Person) -> dict[str, Any]:
    """Return what a page shows of who is signed in, and where."""
    account = person.account
    caller = caller_in(person, session)
    is_root = person.user is None
    return {
        "account": {
            "id": account.account,
            "alias": account.alias,
            "signInUrl": f"{desk.settings.public_url}/console/sign-in?account={account.alias or account.account}",
        },
        "principal": {
            "kind": "root" if is_root else "user",
            "arn": caller.arn,
            "userName": caller.name,
            "id": person.owner_id,
            **({"email": account.root_email} if is_root else {}),
        },
        "mfa": session.mfa_authenticated_at is not None,
        "sessionId": session.session_id,
        "signedInAt": session.created_at.isoformat(),
        "expiresAt": session.expires_at.isoformat(),
        "idleMinutes": int(CONSOLE_IDLE.total_seconds() // 60),
        "mustSecure": is_root and not mfa_devices.has_mfa_device(directory, account.account, None),
        "region": REGION,
    }
