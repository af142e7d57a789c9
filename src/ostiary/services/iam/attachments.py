"""IAM's operations that attach managed policies to users, groups and roles.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html
"""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import attachments, policies
from ostiary.directory.directory import Directory
from ostiary.directory.entities import EntityKind
from ostiary.directory.errors import Quota
from ostiary.services.iam import targets
from ostiary.services.iam.owners import GROUP, ROLE, USER, modifiable_owner_of, owner_of
from ostiary.services.iam.pages import cut, page_output, requested_page
from ostiary.services.iam.policy_arns import policy_arn
from ostiary.services.iam.shapes import attached_shape
from ostiary.values.arn import parse_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_QUOTAS = {
    USER: Quota.ATTACHED_POLICIES_PER_USER,
    GROUP: Quota.ATTACHED_POLICIES_PER_GROUP,
    ROLE: Quota.ATTACHED_POLICIES_PER_ROLE,
}


def attach_user_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Attach a managed policy to a user; attaching it again changes nothing."""
    return _attach(call, directory, USER)


def detach_user_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Detach a managed policy from a user."""
    return _detach(call, directory, USER)


def list_attached_user_policies(call: AuthorizedCall, directory: Directory) -> Output:
    """List the managed policies attached to a user."""
    return _list(call, directory, USER)


def attach_group_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Attach a managed policy to a group; attaching it again changes nothing."""
    return _attach(call, directory, GROUP)


def detach_group_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Detach a managed policy from a group."""
    return _detach(call, directory, GROUP)


def list_attached_group_policies(call: AuthorizedCall, directory: Directory) -> Output:
    """List the managed policies attached to a group."""
    return _list(call, directory, GROUP)


def attach_role_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Attach a managed policy to a role; attaching it again changes nothing."""
    return _attach(call, directory, ROLE)


def detach_role_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Detach a managed policy from a role."""
    return _detach(call, directory, ROLE)


def list_attached_role_policies(call: AuthorizedCall, directory: Directory) -> Output:
    """List the managed policies attached to a role."""
    return _list(call, directory, ROLE)


def _attach(call: AuthorizedCall, directory: Directory, kind: EntityKind) -> Output:
    owner = modifiable_owner_of(call, directory, kind)
    policy = policies.get_attachable_policy(directory, call.account, policy_arn(call))
    attachments.attach_policy(directory, call.account, owner.unique_id, policy, _QUOTAS[kind])
    return {}


def _detach(call: AuthorizedCall, directory: Directory, kind: EntityKind) -> Output:
    owner = modifiable_owner_of(call, directory, kind)
    attachments.detach_policy(directory, call.account, owner.unique_id, policy_arn(call))
    return {}


def _list(call: AuthorizedCall, directory: Directory, kind: EntityKind) -> Output:
    owner = owner_of(call, directory, kind)
    prefix = call.parameters.get("PathPrefix", "/")
    arns = [
        arn
        for arn in attachments.list_attached(directory, call.account, owner.unique_id)
        if parse_arn(arn).resource.removeprefix("policy").startswith(prefix)
    ]
    page = cut(arns, requested_page(call, directory), _mark)
    return page_output(call, directory, "AttachedPolicies", page, attached_shape)


def _mark(arn: str) -> str:
    """Return what orders an attached policy: its name and, as AWS's may bear the same one, its owner."""
    return f"{arn.rpartition('/')[2]} {parse_arn(arn).account}"


OPERATIONS = (
    Operation(
        "iam",
        "AttachUserPolicy",
        targets.existing(USER, "iam:AttachUserPolicy", targets.attached_policy, targets.boundary_acted_on),
        attach_user_policy,
        writes=True,
    ),
    Operation(
        "iam",
        "DetachUserPolicy",
        targets.existing(USER, "iam:DetachUserPolicy", targets.attached_policy, targets.boundary_acted_on),
        detach_user_policy,
        writes=True,
    ),
    Operation(
        "iam",
        "ListAttachedUserPolicies",
        targets.existing(USER, "iam:ListAttachedUserPolicies"),
        list_attached_user_policies,
        writes=False,
    ),
    Operation(
        "iam",
        "AttachGroupPolicy",
        targets.existing(GROUP, "iam:AttachGroupPolicy", targets.attached_policy),
        attach_group_policy,
        writes=True,
    ),
    Operation(
        "iam",
        "DetachGroupPolicy",
        targets.existing(GROUP, "iam:DetachGroupPolicy", targets.attached_policy),
        detach_group_policy,
        writes=True,
    ),
    Operation(
        "iam",
        "ListAttachedGroupPolicies",
        targets.existing(GROUP, "iam:ListAttachedGroupPolicies"),
        list_attached_group_policies,
        writes=False,
    ),
    Operation(
        "iam",
        "AttachRolePolicy",
        targets.existing(ROLE, "iam:AttachRolePolicy", targets.attached_policy, targets.boundary_acted_on),
        attach_role_policy,
        writes=True,
    ),
    Operation(
        "iam",
        "DetachRolePolicy",
        targets.existing(ROLE, "iam:DetachRolePolicy", targets.attached_policy, targets.boundary_acted_on),
        detach_role_policy,
        writes=True,
    ),
    Operation(
        "iam",
        "ListAttachedRolePolicies",
        targets.existing(ROLE, "iam:ListAttachedRolePolicies"),
        list_attached_role_policies,
        writes=False,
    ),
)
