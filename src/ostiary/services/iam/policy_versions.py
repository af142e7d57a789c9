"""IAM's operations on the versions of managed policies.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html
"""

import re
from collections.abc import Mapping
from typing import Any

from ostiary.directory import policies
from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.directory.policies import Policy, PolicyVersion
from ostiary.services.iam import targets
from ostiary.services.iam.documents import managed_document
from ostiary.services.iam.pages import cut, page_output, requested_page
from ostiary.services.iam.policy_arns import policy_arn
from ostiary.services.iam.shapes import document_shape, version_id
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_VERSION_ID = re.compile(r"v([1-9][0-9]{0,8})", re.ASCII)
_LAST = 10**9


def create_policy_version(call: AuthorizedCall, directory: Directory) -> Output:
    """Add a version to a managed policy; the answer leaves out its document, as AWS's does."""
    policy = policies.get_own_policy(directory, call.account, policy_arn(call))
    version = policies.create_version(
        directory,
        policy,
        managed_document(call.parameters["PolicyDocument"]),
        set_as_default=call.parameters.get("SetAsDefault", False),
        now=call.now,
    )
    return {"PolicyVersion": version_shape(version)}


def get_policy_version(call: AuthorizedCall, directory: Directory) -> Output:
    """Return one version of a managed policy with its document."""
    policy, number = _named(call, directory)
    version = policies.get_version(directory, policy, number)
    return {"PolicyVersion": {"Document": document_shape(version.document), **version_shape(version)}}


def list_policy_versions(call: AuthorizedCall, directory: Directory) -> Output:
    """List the versions of a managed policy, the newest first, without their documents."""
    policy = policies.get_policy(directory, call.account, policy_arn(call))
    page = cut(policies.list_versions(directory, policy), requested_page(call, directory), _newest_first)
    return page_output(call, directory, "Versions", page, version_shape)


def delete_policy_version(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete a version of a managed policy that is not its default."""
    policy, number = _named(call, directory)
    policies.delete_version(directory, policy, number)
    return {}


def set_default_policy_version(call: AuthorizedCall, directory: Directory) -> Output:
    """Make a version of a managed policy the one in force."""
    policy, number = _named(call, directory)
    policies.set_default_version(directory, policy, number, now=call.now)
    return {}


def _named(call: AuthorizedCall, directory: Directory) -> tuple[Policy, int]:
    """Return the policy and the number of the version that a call names; IAM has one answer when either is unknown."""
    arn, version = policy_arn(call), call.parameters["VersionId"]
    policy = policies.find_policy(directory, call.account, arn)
    number = _VERSION_ID.fullmatch(version)
    if policy is None or number is None:
        raise NoSuchEntity(Noun.POLICY_VERSION, f"{arn} version {version}")
    return policy, int(number[1])


def _newest_first(version: PolicyVersion) -> str:
    return f"{_LAST - version.version:010}"


def version_shape(version: PolicyVersion) -> dict[str, Any]:
    """Return a version as IAM's `PolicyVersion`, without its document."""
    return {
        "VersionId": version_id(version.version),
        "IsDefaultVersion": version.is_default,
        "CreateDate": version.created_at,
    }


OPERATIONS = (
    Operation(
        "iam",
        "CreatePolicyVersion",
        targets.existing_policy("iam:CreatePolicyVersion"),
        create_policy_version,
        writes=True,
    ),
    Operation(
        "iam", "GetPolicyVersion", targets.existing_version("iam:GetPolicyVersion"), get_policy_version, writes=False
    ),
    Operation(
        "iam",
        "ListPolicyVersions",
        targets.existing_policy("iam:ListPolicyVersions"),
        list_policy_versions,
        writes=False,
    ),
    Operation(
        "iam",
        "DeletePolicyVersion",
        targets.existing_version("iam:DeletePolicyVersion"),
        delete_policy_version,
        writes=True,
    ),
    Operation(
        "iam",
        "SetDefaultPolicyVersion",
        targets.existing_version("iam:SetDefaultPolicyVersion"),
        set_default_policy_version,
        writes=True,
    ),
)
