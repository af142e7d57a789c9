"""IAM's operations on passwords: login profiles and ChangePassword.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords.html
"""

from collections.abc import Mapping
from typing import Any

from ostiary.credentials import BrokenPasswordHash, WrongPassword, hash_password, verify_password
from ostiary.directory import login_profiles, users
from ostiary.directory.directory import Directory
from ostiary.directory.errors import EntityAlreadyExists, Noun, PasswordRefused
from ostiary.directory.password_policy import require_good_password
from ostiary.directory.users import User
from ostiary.services.iam import targets
from ostiary.services.iam.owners import USER, named_or_own_user
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def create_login_profile(call: AuthorizedCall, directory: Directory) -> Output:
    """Give a user a password.

    Raises:
        Fault: `ValidationError`, the call leaves the password out, as only AssumeRoot's sessions may.
    """
    password = call.parameters.get("Password")
    if password is None:
        raise Fault(
            "ValidationError",
            "1 validation error detected: Value null at 'password' failed to satisfy constraint: "
            "Member must not be null",
        )
    user = named_or_own_user(call, directory)
    if login_profiles.has_login_profile(directory, user):
        # Before the password is looked at, so that a bad one does not hide that there is one already.
        raise EntityAlreadyExists(Noun.LOGIN_PROFILE, user.name)
    require_good_password(directory, user, password)
    login_profiles.create_login_profile(
        directory,
        user,
        password_hash=hash_password(password),
        must_change=call.parameters.get("PasswordResetRequired", False),
        now=call.now,
    )
    return {"LoginProfile": _profile_shape(directory, user)}


def get_login_profile(call: AuthorizedCall, directory: Directory) -> Output:
    """Return since when a user has had a password, and whether it has to be changed."""
    return {"LoginProfile": _profile_shape(directory, named_or_own_user(call, directory))}


def update_login_profile(call: AuthorizedCall, directory: Directory) -> Output:
    """Set a user's password anew, or say whether it has to be changed; what the call leaves out stays."""
    user = users.get_user(directory, call.account, call.parameters["UserName"])
    login_profiles.get_login_profile(directory, user)
    password, must_change = call.parameters.get("Password"), call.parameters.get("PasswordResetRequired")
    if password is not None:
        require_good_password(directory, user, password)
        login_profiles.set_password(directory, user, hash_password(password), now=call.now)
    if must_change is not None:
        login_profiles.set_must_change(directory, user, must_change=must_change)
    return {}


def delete_login_profile(call: AuthorizedCall, directory: Directory) -> Output:
    """Take a user's password away."""
    login_profiles.delete_login_profile(directory, named_or_own_user(call, directory))
    return {}


def change_password(call: AuthorizedCall, directory: Directory) -> Output:
    """Let a user who knows the old password choose a new one.

    Raises:
        Fault: `AccessDenied`, the old password is another.
    """
    user = users.get_user_by_id(directory, call.account, call.caller.unique_id)
    old, new = call.parameters["OldPassword"], call.parameters["NewPassword"]
    try:
        verify_password(old, login_profiles.get_login_profile(directory, user).password_hash)
    except (WrongPassword, BrokenPasswordHash) as error:
        raise Fault("AccessDenied", "The old password was incorrect.", status=403) from error
    if new == old:
        raise PasswordRefused(had_before=True)
    require_good_password(directory, user, new)
    login_profiles.set_password(directory, user, hash_password(new), now=call.now)
    login_profiles.set_must_change(directory, user, must_change=False)
    return {}


def _profile_shape(directory: Directory, user: User) -> dict[str, Any]:
    profile = login_profiles.get_login_profile(directory, user)
    return {
        "UserName": user.name,
        "CreateDate": profile.created_at,
        "PasswordResetRequired": profile.must_change,
    }


def _on_user(action: str) -> targets.Needs:
    return targets.existing(USER, action)


OPERATIONS = (
    Operation("iam", "CreateLoginProfile", _on_user("iam:CreateLoginProfile"), create_login_profile, writes=True),
    Operation("iam", "GetLoginProfile", _on_user("iam:GetLoginProfile"), get_login_profile, writes=False),
    Operation("iam", "UpdateLoginProfile", _on_user("iam:UpdateLoginProfile"), update_login_profile, writes=True),
    Operation("iam", "DeleteLoginProfile", _on_user("iam:DeleteLoginProfile"), delete_login_profile, writes=True),
    Operation("iam", "ChangePassword", targets.own_password, change_password, writes=True),
)
