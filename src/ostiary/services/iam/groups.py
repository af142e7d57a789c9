"""IAM's operations on groups and their members."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import groups, users
from ostiary.directory.directory import Directory
from ostiary.directory.groups import Group
from ostiary.services.iam import targets
from ostiary.services.iam.owners import GROUP, USER
from ostiary.services.iam.pages import page_output, requested_page
from ostiary.services.iam.users import user_shape
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def create_group(call: AuthorizedCall, directory: Directory) -> Output:
    """Create an empty group."""
    parameters = call.parameters
    group = groups.create_group(
        directory, call.account, parameters["GroupName"], path=parameters.get("Path", "/"), now=call.now
    )
    return {"Group": group_shape(group)}


def get_group(call: AuthorizedCall, directory: Directory) -> Output:
    """Return a group with the users in it, in pages."""
    group = _named(call, directory)
    page = groups.list_members(directory, group, requested_page(call, directory))
    return {"Group": group_shape(group), **page_output(call, directory, "Users", page, user_shape)}


def list_groups(call: AuthorizedCall, directory: Directory) -> Output:
    """List groups under a path."""
    page = groups.list_groups(
        directory, call.account, requested_page(call, directory), call.parameters.get("PathPrefix", "/")
    )
    return page_output(call, directory, "Groups", page, group_shape)


def update_group(call: AuthorizedCall, directory: Directory) -> Output:
    """Rename a group or move it to another path."""
    parameters = call.parameters
    groups.update_group(
        directory,
        _named(call, directory),
        new_name=parameters.get("NewGroupName"),
        new_path=parameters.get("NewPath"),
    )
    return {}


def delete_group(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete a group that has neither members nor policies."""
    groups.delete_group(directory, _named(call, directory))
    return {}


def add_user_to_group(call: AuthorizedCall, directory: Directory) -> Output:
    """Put a user into a group; one who is in it already stays."""
    user = users.get_user(directory, call.account, call.parameters["UserName"])
    groups.add_member(directory, _named(call, directory), user)
    return {}


def remove_user_from_group(call: AuthorizedCall, directory: Directory) -> Output:
    """Take a user out of a group; one who is not in it is no error, as at AWS."""
    user = users.get_user(directory, call.account, call.parameters["UserName"])
    groups.remove_member(directory, _named(call, directory), user)
    return {}


def list_groups_for_user(call: AuthorizedCall, directory: Directory) -> Output:
    """List the groups that a user is in."""
    user = users.get_user(directory, call.account, call.parameters["UserName"])
    page = groups.list_groups_of(directory, user, requested_page(call, directory))
    return page_output(call, directory, "Groups", page, group_shape)


def _named(call: AuthorizedCall, directory: Directory) -> Group:
    return groups.get_group(directory, call.account, call.parameters["GroupName"])


def group_shape(group: Group) -> dict[str, Any]:
    """Return a group as IAM's `Group`."""
    return {
        "Path": group.path,
        "GroupName": group.name,
        "GroupId": group.group_id,
        "Arn": group.arn,
        "CreateDate": group.created_at,
    }


OPERATIONS = (
    Operation("iam", "CreateGroup", targets.new_entity(GROUP), create_group, writes=True, changes_access=False),
    Operation("iam", "GetGroup", targets.existing(GROUP, "iam:GetGroup"), get_group, writes=False),
    Operation("iam", "ListGroups", targets.listed(GROUP, "iam:ListGroups"), list_groups, writes=False),
    Operation("iam", "UpdateGroup", targets.renamed(GROUP), update_group, writes=True),
    Operation("iam", "DeleteGroup", targets.existing(GROUP, "iam:DeleteGroup"), delete_group, writes=True),
    Operation("iam", "AddUserToGroup", targets.existing(GROUP, "iam:AddUserToGroup"), add_user_to_group, writes=True),
    Operation(
        "iam",
        "RemoveUserFromGroup",
        targets.existing(GROUP, "iam:RemoveUserFromGroup"),
        remove_user_from_group,
        writes=True,
    ),
    Operation(
        "iam", "ListGroupsForUser", targets.existing(USER, "iam:ListGroupsForUser"), list_groups_for_user, writes=False
    ),
)
