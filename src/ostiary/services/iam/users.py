"""IAM's operations on users."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ostiary.directory import accounts, tags, users
from ostiary.directory.accounts import Account
from ostiary.directory.directory import Directory
from ostiary.directory.tags import Tagged
from ostiary.directory.users import User
from ostiary.services.iam import targets
from ostiary.services.iam.boundaries import requested_boundary
from ostiary.services.iam.owners import USER
from ostiary.services.iam.pages import page_output, requested_page
from ostiary.services.iam.shapes import boundary_shape, tags_shape
from ostiary.services.iam.tags import given_tags
from ostiary.values.arn import root_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import CallerKind
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def create_user(call: AuthorizedCall, directory: Directory) -> Output:
    """Create a user."""
    parameters = call.parameters
    given = given_tags(call, Tagged.USER)
    user = users.create_user(
        directory,
        call.account,
        parameters["UserName"],
        path=parameters.get("Path", "/"),
        boundary_arn=requested_boundary(call, directory),
        now=call.now,
    )
    tags.set_tags(directory, call.account, user.user_id, given, Tagged.USER)
    return {"User": user_shape(user, given)}


def get_user(call: AuthorizedCall, directory: Directory) -> Output:
    """Return a user, or the caller's own when the call names none."""
    name = call.parameters.get("UserName")
    if name is None and call.caller.kind is CallerKind.ROOT:
        account = accounts.get_account(directory, call.account)
        return {"User": root_shape(account) | _last_used(account.root_password_last_used_at)}
    user = users.get_user(directory, call.account, name or targets.own_name(call.caller))
    tagged = tags.get_tags(directory, call.account, user.user_id)
    return {"User": user_shape(user, tagged) | _last_used(user.password_last_used_at)}


def list_users(call: AuthorizedCall, directory: Directory) -> Output:
    """List users under a path."""
    page = users.list_users(
        directory, call.account, requested_page(call, directory), call.parameters.get("PathPrefix", "/")
    )
    return page_output(
        call, directory, "Users", page, lambda user: user_shape(user) | _last_used(user.password_last_used_at)
    )


def update_user(call: AuthorizedCall, directory: Directory) -> Output:
    """Rename a user or move it to another path."""
    parameters = call.parameters
    user = users.get_user(directory, call.account, parameters["UserName"])
    users.update_user(directory, user, new_name=parameters.get("NewUserName"), new_path=parameters.get("NewPath"))
    return {}


def delete_user(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete a user on which nothing hangs any more."""
    users.delete_user(directory, users.get_user(directory, call.account, call.parameters["UserName"]))
    return {}


def user_shape(user: User, tagged: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return a user as IAM's `User`; lists leave tags and boundary out, as AWS's do."""
    shape: dict[str, Any] = {
        "Path": user.path,
        "UserName": user.name,
        "UserId": user.user_id,
        "Arn": user.arn,
        "CreateDate": user.created_at,
    }
    if tagged is not None:
        if user.boundary_arn:
            shape["PermissionsBoundary"] = boundary_shape(user.boundary_arn)
        if tagged:
            shape["Tags"] = tags_shape(tagged.items())
    return shape


def root_shape(account: Account) -> dict[str, Any]:
    """Return the root user as IAM's `User`, which then has neither name nor path."""
    return {
        "UserId": account.account,
        "Arn": root_arn(account.account),
        "CreateDate": account.created_at,
    }


def _last_used(at: datetime | None) -> dict[str, Any]:
    # Only GetUser and ListUsers tell it, and only when there is something to tell.
    return {"PasswordLastUsed": at} if at else {}


OPERATIONS = (
    Operation("iam", "CreateUser", targets.new_entity(USER), create_user, writes=True, changes_access=False),
    Operation("iam", "GetUser", targets.existing(USER, "iam:GetUser"), get_user, writes=False),
    Operation("iam", "ListUsers", targets.listed(USER, "iam:ListUsers"), list_users, writes=False),
    Operation("iam", "UpdateUser", targets.renamed(USER), update_user, writes=True),
    Operation("iam", "DeleteUser", targets.existing(USER, "iam:DeleteUser"), delete_user, writes=True),
)
