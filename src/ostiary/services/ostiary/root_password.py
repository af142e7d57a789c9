"""ChangeRootUserPassword: the root user chooses a new password, as users do by IAM's ChangePassword.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-password.html
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ostiary.credentials import BrokenPasswordHash, WrongPassword, hash_password, verify_password
from ostiary.directory import accounts, sign_in_sessions
from ostiary.directory.directory import Directory
from ostiary.directory.errors import PasswordRefused
from ostiary.directory.password_policy import require_good_root_password
from ostiary.governance.wrong_guesses import WRONG_PASSWORD, guesses_passwords
from ostiary.services.iam.slow_changes import Finish, at_once, room_to_hash, too_much
from ostiary.services.ostiary.sign_in_sessions import own_sign_in
from ostiary.values.arn import root_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.fault import Fault
from ostiary.values.operation import Need, Operation

_ACTION = "ostiary:ChangeRootUserPassword"


def change_root_user_password(call: AuthorizedCall, directory: Directory) -> Finish:
    """Let the root user who knows the old password choose a new one, and be signed out everywhere else.

    Raises:
        Fault: `AccessDenied`, it is not the root user at the console who calls, or the old password is another;
            `Throttling`, too many others came before; `EntityTemporarilyUnmodifiable`, it was changed meanwhile.
        PasswordRefused: the new password is too simple, or the old one.
    """
    _require_root_at_console(call, directory)
    old, new = call.parameters["OldPassword"], call.parameters["NewPassword"]
    changed = accounts.get_root_password(directory, call.account).password_hash
    if guesses_passwords(directory, call.caller, now=call.now, service="ostiary"):
        raise too_much()
    with room_to_hash():
        try:
            verify_password(old, changed)
        except (WrongPassword, BrokenPasswordHash) as error:
            raise Fault("AccessDenied", WRONG_PASSWORD, status=403) from error
        if new == old:
            raise PasswordRefused(had_before=True)
        require_good_root_password(directory, call.account, new)
        chosen = hash_password(new)

    def finish(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:
        if accounts.get_root_password(directory, call.account).password_hash != changed:
            raise Fault(
                "EntityTemporarilyUnmodifiable",
                "The root user's password cannot be modified while it is being changed. Please try again.",
                status=409,
            )
        accounts.set_root_password(directory, call.account, chosen, now=call.now)
        sign_in_sessions.end_sessions_of(directory, call.account, call.account, but=own_sign_in(call))
        return {}

    return finish


def _require_root_at_console(call: AuthorizedCall, directory: Directory) -> None:
    """Refuse everybody else: an access key of the root user must not be enough to take its password over."""
    sessions = sign_in_sessions.list_sessions(directory, call.account, call.account, now=call.now)
    own = own_sign_in(call)
    at_console = any(session.session_id == own and session.client == "console" for session in sessions)
    if call.caller.kind is not CallerKind.ROOT or not at_console:
        sentence = "Only the root user, signed in to the console, can change the root user's password"
        raise Fault("AccessDenied", sentence, status=403)


def _needs(_directory: Directory, caller: Caller, _parameters: Mapping[str, Any]) -> Iterable[Need]:
    yield Need(_ACTION, root_arn(caller.account))


OPERATIONS = (
    Operation(
        "ostiary",
        "ChangeRootUserPassword",
        _needs,
        at_once(change_root_user_password),
        writes=True,
        prepare=change_root_user_password,
    ),
)
