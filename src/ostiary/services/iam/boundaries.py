"""IAM's operations on permissions boundaries.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
"""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import policies, roles, users
from ostiary.directory.directory import Directory
from ostiary.directory.errors import Noun
from ostiary.services.iam import targets
from ostiary.services.iam.owners import ROLE, USER
from ostiary.services.iam.policy_arns import boundary_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def put_user_permissions_boundary(call: AuthorizedCall, directory: Directory) -> Output:
    """Set the policy that bounds what a user may do."""
    user = users.get_user(directory, call.account, call.parameters["UserName"])
    users.set_boundary(directory, user, requested_boundary(call, directory))
    return {}


def delete_user_permissions_boundary(call: AuthorizedCall, directory: Directory) -> Output:
    """Let nothing but a user's policies bound what the user may do."""
    users.set_boundary(directory, users.get_user(directory, call.account, call.parameters["UserName"]), None)
    return {}


def put_role_permissions_boundary(call: AuthorizedCall, directory: Directory) -> Output:
    """Set the policy that bounds what a role may do."""
    role = roles.get_modifiable_role(directory, call.account, call.parameters["RoleName"])
    roles.set_boundary(directory, role, requested_boundary(call, directory))
    return {}


def delete_role_permissions_boundary(call: AuthorizedCall, directory: Directory) -> Output:
    """Let nothing but a role's policies bound what the role may do."""
    role = roles.get_modifiable_role(directory, call.account, call.parameters["RoleName"])
    roles.set_boundary(directory, role, None)
    return {}


def requested_boundary(call: AuthorizedCall, directory: Directory) -> str | None:
    """Return the ARN of the boundary that a call sets, or None when it sets none.

    Raises:
        Fault: `InvalidInput`, it is no ARN of a policy.
        NoSuchEntity: there is no such policy.
        NotAllowed: AWS keeps the policy for its service-linked roles.
    """
    arn = boundary_arn(call)
    if arn is None:
        return None
    return policies.get_attachable_policy(directory, call.account, arn, wanted=Noun.BOUNDARY).arn


OPERATIONS = (
    Operation(
        "iam",
        "PutUserPermissionsBoundary",
        targets.existing(USER, "iam:PutUserPermissionsBoundary", targets.boundary_acted_on),
        put_user_permissions_boundary,
        writes=True,
    ),
    Operation(
        "iam",
        "DeleteUserPermissionsBoundary",
        targets.existing(USER, "iam:DeleteUserPermissionsBoundary", targets.boundary_acted_on),
        delete_user_permissions_boundary,
        writes=True,
    ),
    Operation(
        "iam",
        "PutRolePermissionsBoundary",
        targets.existing(ROLE, "iam:PutRolePermissionsBoundary", targets.boundary_acted_on),
        put_role_permissions_boundary,
        writes=True,
    ),
    Operation(
        "iam",
        "DeleteRolePermissionsBoundary",
        targets.existing(ROLE, "iam:DeleteRolePermissionsBoundary", targets.boundary_acted_on),
        delete_role_permissions_boundary,
        writes=True,
    ),
)
