"""IAM's operations on roles."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import last_used, roles, tags
from ostiary.directory.directory import Directory
from ostiary.directory.roles import DEFAULT_SESSION_SECONDS, Role
from ostiary.directory.tags import Tagged
from ostiary.services.iam import targets
from ostiary.services.iam.boundaries import requested_boundary
from ostiary.services.iam.documents import trust_document
from ostiary.services.iam.owners import ROLE
from ostiary.services.iam.pages import page_output, requested_page
from ostiary.services.iam.shapes import boundary_shape, document_shape, tags_shape
from ostiary.services.iam.tags import given_tags
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def create_role(call: AuthorizedCall, directory: Directory) -> Output:
    """Create a role; the answer leaves out its description and session length, as AWS's does."""
    parameters = call.parameters
    given = given_tags(call, Tagged.ROLE)
    role = roles.create_role(
        directory,
        call.account,
        parameters["RoleName"],
        trust_policy=trust_document(call, directory, parameters["AssumeRolePolicyDocument"]),
        path=parameters.get("Path", "/"),
        description=parameters.get("Description"),
        max_session_duration=parameters.get("MaxSessionDuration", DEFAULT_SESSION_SECONDS),
        boundary_arn=requested_boundary(call, directory),
        now=call.now,
    )
    tags.set_tags(directory, call.account, role.role_id, given, Tagged.ROLE)
    return {"Role": role_shape(role) | _bounds_and_tags(role, given)}


def get_role(call: AuthorizedCall, directory: Directory) -> Output:
    """Return a role with all that is known of it."""
    role = _named(call, directory)
    tagged = tags.get_tags(directory, call.account, role.role_id)
    use = last_used.find_role_use(directory, call.account, role.role_id)
    used = {"LastUsedDate": use.at, "Region": use.region} if use else {}
    return {"Role": _listed_shape(role) | _bounds_and_tags(role, tagged) | {"RoleLastUsed": used}}


def list_roles(call: AuthorizedCall, directory: Directory) -> Output:
    """List roles under a path, without their tags and boundaries."""
    page = roles.list_roles(
        directory, call.account, requested_page(call, directory), call.parameters.get("PathPrefix", "/")
    )
    return page_output(call, directory, "Roles", page, _listed_shape)


def update_role(call: AuthorizedCall, directory: Directory) -> Output:
    """Change a role's description or longest session; what the call leaves out stays."""
    longest = call.parameters.get("MaxSessionDuration")
    # Of a service-linked role only the description can be changed.
    role = _named(call, directory) if longest is None else _modifiable(call, directory)
    roles.update_role(directory, role, description=call.parameters.get("Description"), max_session_duration=longest)
    return {}


def update_role_description(call: AuthorizedCall, directory: Directory) -> Output:
    """Change a role's description."""
    roles.update_role(directory, _named(call, directory), description=call.parameters["Description"])
    role = _named(call, directory)
    return {"Role": role_shape(role) | _description(role)}


def update_assume_role_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Replace the policy that says who may assume a role."""
    role = _modifiable(call, directory)
    roles.set_trust_policy(directory, role, trust_document(call, directory, call.parameters["PolicyDocument"]))
    return {}


def delete_role(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete a role on which no policy hangs any more."""
    roles.delete_role(directory, _modifiable(call, directory))
    return {}


def _named(call: AuthorizedCall, directory: Directory) -> Role:
    return roles.get_role(directory, call.account, call.parameters["RoleName"])


def _modifiable(call: AuthorizedCall, directory: Directory) -> Role:
    return roles.get_modifiable_role(directory, call.account, call.parameters["RoleName"])


def role_shape(role: Role) -> dict[str, Any]:
    """Return a role as IAM's `Role`, with what every answer says of it."""
    return {
        "Path": role.path,
        "RoleName": role.name,
        "RoleId": role.role_id,
        "Arn": role.arn,
        "CreateDate": role.created_at,
        "AssumeRolePolicyDocument": document_shape(role.trust_policy),
    }


def _listed_shape(role: Role) -> dict[str, Any]:
    return role_shape(role) | _description(role) | {"MaxSessionDuration": role.max_session_duration}


def _description(role: Role) -> dict[str, Any]:
    return {"Description": role.description} if role.description else {}


def _bounds_and_tags(role: Role, tagged: Mapping[str, str]) -> dict[str, Any]:
    shape: dict[str, Any] = {}
    if role.boundary_arn:
        shape["PermissionsBoundary"] = boundary_shape(role.boundary_arn)
    if tagged:
        shape["Tags"] = tags_shape(tagged.items())
    return shape


def _on_role(action: str) -> targets.Needs:
    return targets.existing(ROLE, action, targets.boundary_acted_on)


OPERATIONS = (
    Operation("iam", "CreateRole", targets.new_entity(ROLE), create_role, writes=True, changes_access=False),
    Operation("iam", "GetRole", _on_role("iam:GetRole"), get_role, writes=False),
    Operation("iam", "ListRoles", targets.listed(ROLE, "iam:ListRoles"), list_roles, writes=False),
    Operation("iam", "UpdateRole", _on_role("iam:UpdateRole"), update_role, writes=True),
    Operation(
        "iam",
        "UpdateRoleDescription",
        _on_role("iam:UpdateRoleDescription"),
        update_role_description,
        writes=True,
    ),
    Operation(
        "iam",
        "UpdateAssumeRolePolicy",
        _on_role("iam:UpdateAssumeRolePolicy"),
        update_assume_role_policy,
        writes=True,
    ),
    Operation("iam", "DeleteRole", _on_role("iam:DeleteRole"), delete_role, writes=True),
)
