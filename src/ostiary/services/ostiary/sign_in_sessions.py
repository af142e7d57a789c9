"""Who is signed in where, and signing somebody out."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import sign_in_sessions
from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.directory.mfa_devices import owner_id_of
from ostiary.directory.sign_in_sessions import SignInSession
from ostiary.services.iam.owners import user_or_root
from ostiary.services.ostiary.targets import own_or_named
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def list_sign_in_sessions(call: AuthorizedCall, directory: Directory) -> Output:
    """Return where a user, or the root user who calls, is signed in; the newest first."""
    sessions = _sessions(call, directory)
    return {"Sessions": [_session_shape(session, own_sign_in(call)) for session in sessions]}


def end_sign_in_session(call: AuthorizedCall, directory: Directory) -> Output:
    """Sign somebody out: the credentials that came of the sign-in are good for nothing from now on.

    Raises:
        NoSuchEntity: the user has no such session.
    """
    session_id = call.parameters["SessionId"]
    # The permission is one on the user, so it is good for that user's sessions alone.
    if session_id not in {session.session_id for session in _sessions(call, directory)}:
        raise NoSuchEntity(Noun.SIGN_IN_SESSION, session_id)
    sign_in_sessions.end_session(directory, call.account, session_id)
    return {}


def own_sign_in(call: AuthorizedCall) -> str | None:
    """Return the ID of the sign-in that a call's credentials came of, or None when they came otherwise."""
    return call.caller.session.sign_in_id if call.caller.session else None


def _sessions(call: AuthorizedCall, directory: Directory) -> list[SignInSession]:
    owner_id = owner_id_of(call.account, user_or_root(call, directory))
    return sign_in_sessions.list_sessions(directory, call.account, owner_id, now=call.now)


def _session_shape(session: SignInSession, own: str | None) -> dict[str, Any]:
    return {
        "SessionId": session.session_id,
        "Client": session.client,
        "CreatedAt": session.created_at,
        "LastUsedAt": session.last_used_at,
        "ExpiresAt": session.expires_at,
        "MfaAuthenticated": session.mfa_authenticated_at is not None,
        "Address": session.address,
        "UserAgent": session.user_agent,
        "Current": session.session_id == own,
    }


OPERATIONS = (
    Operation(
        "ostiary",
        "ListSignInSessions",
        own_or_named("ostiary:ListSignInSessions"),
        list_sign_in_sessions,
        writes=False,
    ),
    Operation(
        "ostiary", "EndSignInSession", own_or_named("ostiary:EndSignInSession"), end_sign_in_session, writes=True
    ),
)
