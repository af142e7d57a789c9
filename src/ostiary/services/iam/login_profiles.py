"""IAM's operations on passwords: login profiles and ChangePassword.

To hash a password takes long, by design, and to compare one with the last two dozen takes long two dozen times. So that
is done before the change has its turn: no other change waits for it.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords.html
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ostiary.credentials import BrokenPasswordHash, WrongPassword, hash_password, verify_password
from ostiary.directory import login_profiles, sign_in_sessions, users
from ostiary.directory.directory import Directory
from ostiary.directory.errors import EntityAlreadyExists, Noun, PasswordRefused
from ostiary.directory.password_policy import (
    PasswordPolicy,
    find_password_policy,
    is_same_password,
    require_good_password,
)
from ostiary.directory.users import User
from ostiary.governance.wrong_guesses import WRONG_PASSWORD, guesses_passwords
from ostiary.services.iam import targets
from ostiary.services.iam.owners import USER, named_or_own_user
from ostiary.services.iam.slow_changes import Finish, Prepare, at_once, room_to_hash, too_much
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def create_login_profile(call: AuthorizedCall, directory: Directory) -> Finish:
    """Give a user a password.

    Raises:
        Fault: `ValidationError`, the call leaves the password out, as only AssumeRoot's sessions may.
    """
    password = call.parameters.get("Password")
    if password is None:
        raise Fault(
            "ValidationError",
            "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
        )
    user = named_or_own_user(call, directory)
    if login_profiles.has_login_profile(directory, user):
        # Before the password is looked at, so that a bad one does not hide that there is one already.
        raise EntityAlreadyExists(Noun.LOGIN_PROFILE, user.name)
    with room_to_hash():
        chosen = _choose(directory, user, password)

    def finish(call: AuthorizedCall, directory: Directory) -> Output:
        user = named_or_own_user(call, directory)
        login_profiles.create_login_profile(
            directory,
            user,
            password_hash=chosen.hash_for(directory, user),
            must_change=call.parameters.get("PasswordResetRequired", False),
            now=call.now,
        )
        return {"LoginProfile": _profile_shape(directory, user)}

    return finish


def get_login_profile(call: AuthorizedCall, directory: Directory) -> Output:
    """Return since when a user has had a password, and whether it has to be changed."""
    return {"LoginProfile": _profile_shape(directory, named_or_own_user(call, directory))}


def update_login_profile(call: AuthorizedCall, directory: Directory) -> Finish:
    """Set a user's password anew, or say whether it has to be changed; what the call leaves out stays."""
    user = users.get_user(directory, call.account, call.parameters["UserName"])
    login_profiles.get_login_profile(directory, user)
    password: str | None = call.parameters.get("Password")
    chosen = None
    if password is not None:
        with room_to_hash():
            chosen = _choose(directory, user, password)

    def finish(call: AuthorizedCall, directory: Directory) -> Output:
        user = users.get_user(directory, call.account, call.parameters["UserName"])
        login_profiles.get_login_profile(directory, user)
        if chosen is not None:
            login_profiles.set_password(directory, user, chosen.hash_for(directory, user), now=call.now)
            _end_other_sign_ins(call, directory, user)
        must_change: bool | None = call.parameters.get("PasswordResetRequired")
        if must_change is not None:
            login_profiles.set_must_change(directory, user, must_change=must_change)
        return {}

    return finish


def delete_login_profile(call: AuthorizedCall, directory: Directory) -> Output:
    """Take a user's password away."""
    user = named_or_own_user(call, directory)
    login_profiles.delete_login_profile(directory, user)
    _end_other_sign_ins(call, directory, user)
    return {}


def change_password(call: AuthorizedCall, directory: Directory) -> Finish:
    """Let a user who knows the old password choose a new one.

    Raises:
        Fault: `AccessDenied`, the old password is another; `Throttling`, too many others came before.
    """
    user = users.get_user_by_id(directory, call.account, call.caller.unique_id)
    old, new = call.parameters["OldPassword"], call.parameters["NewPassword"]
    profile = login_profiles.get_login_profile(directory, user)
    if guesses_passwords(directory, call.caller, now=call.now):
        raise too_much()
    with room_to_hash():
        try:
            verify_password(old, profile.password_hash)
        except (WrongPassword, BrokenPasswordHash) as error:
            raise Fault("AccessDenied", WRONG_PASSWORD, status=403) from error
        if new == old:
            raise PasswordRefused(had_before=True)
        chosen = _choose(directory, user, new)

    def finish(call: AuthorizedCall, directory: Directory) -> Output:
        user = users.get_user_by_id(directory, call.account, call.caller.unique_id)
        login_profiles.set_password(directory, user, chosen.hash_for(directory, user), now=call.now)
        login_profiles.set_must_change(directory, user, must_change=False)
        _end_other_sign_ins(call, directory, user)
        return {}

    return finish


def choose_password(call: AuthorizedCall, directory: Directory) -> Finish:
    """Let a user who signs in choose a new password, since the present one, just proven, is to be changed.

    Raises:
        PasswordRefused: it breaks the policy, or is one that the user had.
    """
    user = users.get_user_by_id(directory, call.account, call.caller.unique_id)
    new = call.parameters["NewPassword"]
    with room_to_hash():
        if is_same_password(new, login_profiles.get_login_profile(directory, user).password_hash):
            raise PasswordRefused(had_before=True)
        chosen = _choose(directory, user, new)

    def finish(call: AuthorizedCall, directory: Directory) -> Output:
        user = users.get_user_by_id(directory, call.account, call.caller.unique_id)
        login_profiles.set_password(directory, user, chosen.hash_for(directory, user), now=call.now)
        login_profiles.set_must_change(directory, user, must_change=False)
        return {}

    return finish


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A new password that is good, as its hash."""

    password_hash: str = field(repr=False)
    held_to: tuple[PasswordPolicy | None, list[str]] = field(repr=False)
    """The policy, and the hashes of the user's last passwords, the present one first."""

    def hash_for(self, directory: Directory, user: User) -> str:
        """Return the hash, once it is seen that the password is still held to the same.

        Raises:
            Fault: `EntityTemporarilyUnmodifiable`, it is not; by this code SDKs and people know to try again.
        """
        if _held_to(directory, user) != self.held_to:
            raise Fault(
                "EntityTemporarilyUnmodifiable",
                f"Login Profile for User {user.name} cannot be modified while it is being changed. Please try again.",
                status=409,
            )
        return self.password_hash


def _choose(directory: Directory, user: User, password: str) -> _Chosen:
    """Hold a new password to what there is to be held to, and hash it.

    Raises:
        PasswordRefused: it breaks the policy, or is one that the user had.
    """
    held_to = _held_to(directory, user)
    require_good_password(directory, user, password)
    return _Chosen(hash_password(password), held_to)


def _held_to(directory: Directory, user: User) -> tuple[PasswordPolicy | None, list[str]]:
    policy = find_password_policy(directory, user.account)
    return policy, login_profiles.last_password_hashes(directory, user, login_profiles.MOST_REMEMBERED)


def _end_other_sign_ins(call: AuthorizedCall, directory: Directory, user: User) -> None:
    """Sign a user out everywhere but where the call comes from: a password that was known to others let them in."""
    own = call.caller.session.sign_in_id if call.caller.session else None
    sign_in_sessions.end_sessions_of(directory, user.account, user.user_id, but=own)


def _changing_password(name: str, needs: targets.Needs, prepare: Prepare) -> Operation:
    return Operation("iam", name, needs, at_once(prepare), writes=True, prepare=prepare)


def _profile_shape(directory: Directory, user: User) -> dict[str, Any]:
    profile = login_profiles.get_login_profile(directory, user)
    return {
        "UserName": user.name,
        "CreateDate": profile.created_at,
        "PasswordResetRequired": profile.must_change,
    }


def _on_user(action: str) -> targets.Needs:
    return targets.existing(USER, action)


CHOOSE_PASSWORD = _changing_password("ChangePassword", targets.own_password, choose_password)
"""ChangePassword as the sign-in page does it: the old password is proven already."""

OPERATIONS = (
    _changing_password("CreateLoginProfile", _on_user("iam:CreateLoginProfile"), create_login_profile),
    Operation("iam", "GetLoginProfile", _on_user("iam:GetLoginProfile"), get_login_profile, writes=False),
    _changing_password("UpdateLoginProfile", _on_user("iam:UpdateLoginProfile"), update_login_profile),
    Operation("iam", "DeleteLoginProfile", _on_user("iam:DeleteLoginProfile"), delete_login_profile, writes=True),
    _changing_password("ChangePassword", targets.own_password, change_password),
)
