"""GetAccountAuthorizationDetails: all that says who may do what."""

from collections.abc import Callable, Mapping
from typing import Any

from ostiary.directory import authorization_details as details
from ostiary.directory.authorization_details import GroupDetail, Permissions, PolicyDetail, RoleDetail, UserDetail
from ostiary.directory.directory import Directory
from ostiary.directory.pages import Page, PageRequest
from ostiary.directory.roles import Role
from ostiary.services.iam import targets
from ostiary.services.iam.groups import group_shape
from ostiary.services.iam.instance_profiles import instance_profile_shape
from ostiary.services.iam.pages import page_end, requested_page
from ostiary.services.iam.policies import policy_shape
from ostiary.services.iam.policy_versions import version_shape
from ostiary.services.iam.roles import role_shape
from ostiary.services.iam.shapes import attached_shape, boundary_shape, document_shape, tags_shape
from ostiary.services.iam.users import user_shape
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def get_account_authorization_details(call: AuthorizedCall, directory: Directory) -> Output:
    """Return users, groups, roles and policies with all that hangs on them, kind after kind, in pages.

    AWS's managed policies are among them where the account uses them.

    Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
    """
    wanted = call.parameters.get("Filter") or list(_KINDS)
    kinds = [kind for kind in _KINDS if kind in wanted]
    page = requested_page(call, directory)
    first, after = _begin(page, kinds)
    answer: dict[str, Any] = {"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [], "Policies": []}
    room, next_after = page.size, None
    for kind in kinds[kinds.index(first) :] if first else kinds:
        member, fetch, shape = _KINDS[kind]
        if room == 0:
            # The page is full; whether there is another one shows in the kinds to come.
            if fetch(directory, call.account, PageRequest(1)).items:
                next_after = f"{kind}/"
                break
            continue
        found = fetch(directory, call.account, PageRequest(room, after))
        answer[member] += [shape(item) for item in found.items]
        room, after = room - len(found.items), None
        if found.next_after is not None:
            next_after = f"{kind}/{found.next_after}"
            break
    return {**answer, **page_end(call, directory, next_after)}


def _begin(page: PageRequest, kinds: list[str]) -> tuple[str | None, str | None]:
    """Return the kind that a page begins with and what it begins behind; nothing for the first page.

    Raises:
        Fault: `ValidationError`, the marker belongs to a call with another filter.
    """
    if page.after is None:
        return None, None
    kind, _, after = page.after.partition("/")
    if kind not in kinds:
        raise Fault("ValidationError", "Invalid Marker.", status=400)
    return kind, after or None


def _user_shape(detail: UserDetail) -> dict[str, Any]:
    shape = user_shape(detail.user)
    if detail.permissions.inline:
        # Absent without inline policies, while groups and roles have an empty list then, as at AWS.
        shape["UserPolicyList"] = _inline_shape(detail.permissions)
    return {
        **shape,
        "GroupList": list(detail.groups),
        **_attached(detail.permissions),
        **_boundary(detail.user.boundary_arn),
        "Tags": tags_shape(detail.permissions.tags.items()),
    }


def _group_shape(detail: GroupDetail) -> dict[str, Any]:
    return {
        **group_shape(detail.group),
        "GroupPolicyList": _inline_shape(detail.permissions),
        **_attached(detail.permissions),
    }


def _role_shape(detail: RoleDetail) -> dict[str, Any]:
    role = detail.role
    return {
        **role_shape(role),
        "InstanceProfileList": [instance_profile_shape(profile, role) for profile in detail.instance_profiles],
        "RolePolicyList": _inline_shape(detail.permissions),
        **_attached(detail.permissions),
        **_boundary(role.boundary_arn),
        "Tags": tags_shape(detail.permissions.tags.items()),
        "RoleLastUsed": _last_used(role),
    }


def _policy_shape(detail: PolicyDetail) -> dict[str, Any]:
    versions = [{"Document": document_shape(version.document), **version_shape(version)} for version in detail.versions]
    return {**policy_shape(detail.policy, detail.use), "PolicyVersionList": versions}


def _inline_shape(permissions: Permissions) -> list[dict[str, str]]:
    return [{"PolicyName": name, "PolicyDocument": document_shape(document)} for name, document in permissions.inline]


def _attached(permissions: Permissions) -> dict[str, Any]:
    return {"AttachedManagedPolicies": [attached_shape(arn) for arn in permissions.attached]}


def _boundary(arn: str | None) -> dict[str, Any]:
    return {"PermissionsBoundary": boundary_shape(arn)} if arn else {}


def _last_used(role: Role) -> dict[str, Any]:
    if role.last_used_at is None:
        return {}
    region = {"Region": role.last_used_region} if role.last_used_region else {}
    return {"LastUsedDate": role.last_used_at, **region}


_Fetch = Callable[[Directory, AccountId, PageRequest], Page[Any]]

_KINDS: Mapping[str, tuple[str, _Fetch, Callable[[Any], dict[str, Any]]]] = {
    "User": ("UserDetailList", details.list_user_details, _user_shape),
    "Group": ("GroupDetailList", details.list_group_details, _group_shape),
    "Role": ("RoleDetailList", details.list_role_details, _role_shape),
    "LocalManagedPolicy": ("Policies", details.list_own_policy_details, _policy_shape),
    "AWSManagedPolicy": ("Policies", details.list_aws_policy_details, _policy_shape),
}
"""The kinds in the order in which they are listed: their list in the answer, and how they get there."""


OPERATIONS = (
    Operation(
        "iam",
        "GetAccountAuthorizationDetails",
        targets.anything("iam:GetAccountAuthorizationDetails"),
        get_account_authorization_details,
        writes=False,
    ),
)
