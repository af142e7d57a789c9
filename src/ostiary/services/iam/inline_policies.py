"""IAM's operations on the policies that live within one user, group or role.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
"""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import inline_policies
from ostiary.directory.directory import Directory
from ostiary.directory.entities import EntityKind
from ostiary.directory.errors import Noun, Quota
from ostiary.services.iam import targets
from ostiary.services.iam.documents import inline_document
from ostiary.services.iam.owners import GROUP, ROLE, USER, modifiable_owner_of, owner_of
from ostiary.services.iam.pages import cut, page_output, requested_page
from ostiary.services.iam.shapes import document_shape
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_NOUNS = {USER: Noun.USER_POLICY, GROUP: Noun.GROUP_POLICY, ROLE: Noun.ROLE_POLICY}
_QUOTAS = {USER: Quota.USER_POLICY_SIZE, GROUP: Quota.GROUP_POLICY_SIZE, ROLE: Quota.ROLE_POLICY_SIZE}


def put_user_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Add an inline policy to a user, or replace the one of that name."""
    return _put(call, directory, USER)


def get_user_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Return an inline policy of a user."""
    return _get(call, directory, USER)


def delete_user_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete an inline policy of a user."""
    return _delete(call, directory, USER)


def list_user_policies(call: AuthorizedCall, directory: Directory) -> Output:
    """List the names of a user's inline policies."""
    return _list(call, directory, USER)


def put_group_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Add an inline policy to a group, or replace the one of that name."""
    return _put(call, directory, GROUP)


def get_group_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Return an inline policy of a group."""
    return _get(call, directory, GROUP)


def delete_group_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete an inline policy of a group."""
    return _delete(call, directory, GROUP)


def list_group_policies(call: AuthorizedCall, directory: Directory) -> Output:
    """List the names of a group's inline policies."""
    return _list(call, directory, GROUP)


def put_role_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Add an inline policy to a role, or replace the one of that name."""
    return _put(call, directory, ROLE)


def get_role_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Return an inline policy of a role."""
    return _get(call, directory, ROLE)


def delete_role_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete an inline policy of a role."""
    return _delete(call, directory, ROLE)


def list_role_policies(call: AuthorizedCall, directory: Directory) -> Output:
    """List the names of a role's inline policies."""
    return _list(call, directory, ROLE)


def _put(call: AuthorizedCall, directory: Directory, kind: EntityKind) -> Output:
    owner = modifiable_owner_of(call, directory, kind)
    inline_policies.put_inline_policy(
        directory,
        call.account,
        owner.unique_id,
        call.parameters["PolicyName"],
        inline_document(call.parameters["PolicyDocument"]),
        quota=_QUOTAS[kind],
        owner=owner.name,
    )
    return {}


def _get(call: AuthorizedCall, directory: Directory, kind: EntityKind) -> Output:
    owner = owner_of(call, directory, kind)
    name = call.parameters["PolicyName"]
    document = inline_policies.get_inline_policy(directory, call.account, owner.unique_id, name, _NOUNS[kind])
    return {f"{kind.value}Name": owner.name, "PolicyName": name, "PolicyDocument": document_shape(document)}


def _delete(call: AuthorizedCall, directory: Directory, kind: EntityKind) -> Output:
    owner = modifiable_owner_of(call, directory, kind)
    name = call.parameters["PolicyName"]
    inline_policies.delete_inline_policy(directory, call.account, owner.unique_id, name, _NOUNS[kind])
    return {}


def _list(call: AuthorizedCall, directory: Directory, kind: EntityKind) -> Output:
    owner = owner_of(call, directory, kind)
    names = inline_policies.list_inline_policies(directory, call.account, owner.unique_id)
    page = cut(names, requested_page(call, directory), str)
    return page_output(call, directory, "PolicyNames", page, str)


OPERATIONS = (
    Operation(
        "iam",
        "PutUserPolicy",
        targets.existing(USER, "iam:PutUserPolicy", targets.boundary_acted_on),
        put_user_policy,
        writes=True,
    ),
    Operation("iam", "GetUserPolicy", targets.existing(USER, "iam:GetUserPolicy"), get_user_policy, writes=False),
    Operation(
        "iam",
        "DeleteUserPolicy",
        targets.existing(USER, "iam:DeleteUserPolicy", targets.boundary_acted_on),
        delete_user_policy,
        writes=True,
    ),
    Operation(
        "iam", "ListUserPolicies", targets.existing(USER, "iam:ListUserPolicies"), list_user_policies, writes=False
    ),
    Operation("iam", "PutGroupPolicy", targets.existing(GROUP, "iam:PutGroupPolicy"), put_group_policy, writes=True),
    Operation("iam", "GetGroupPolicy", targets.existing(GROUP, "iam:GetGroupPolicy"), get_group_policy, writes=False),
    Operation(
        "iam", "DeleteGroupPolicy", targets.existing(GROUP, "iam:DeleteGroupPolicy"), delete_group_policy, writes=True
    ),
    Operation(
        "iam", "ListGroupPolicies", targets.existing(GROUP, "iam:ListGroupPolicies"), list_group_policies, writes=False
    ),
    Operation(
        "iam",
        "PutRolePolicy",
        targets.existing(ROLE, "iam:PutRolePolicy", targets.boundary_acted_on),
        put_role_policy,
        writes=True,
    ),
    Operation("iam", "GetRolePolicy", targets.existing(ROLE, "iam:GetRolePolicy"), get_role_policy, writes=False),
    Operation(
        "iam",
        "DeleteRolePolicy",
        targets.existing(ROLE, "iam:DeleteRolePolicy", targets.boundary_acted_on),
        delete_role_policy,
        writes=True,
    ),
    Operation(
        "iam", "ListRolePolicies", targets.existing(ROLE, "iam:ListRolePolicies"), list_role_policies, writes=False
    ),
)
