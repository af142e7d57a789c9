"""IAM's operations on managed policies, the account's own and AWS's."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import attachments, policies, tags
from ostiary.directory.attachments import PolicyUse
from ostiary.directory.directory import Directory
from ostiary.directory.policies import Policy
from ostiary.directory.tags import Tagged
from ostiary.services.iam import targets
from ostiary.services.iam.documents import managed_document
from ostiary.services.iam.pages import cut, page_output, requested_page
from ostiary.services.iam.policy_arns import policy_arn
from ostiary.services.iam.shapes import tags_shape, version_id
from ostiary.services.iam.tags import given_tags
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_UNUSED = PolicyUse()


def create_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Create a managed policy; the answer leaves out its description, as AWS's does."""
    parameters = call.parameters
    given = given_tags(call, Tagged.POLICY)
    policy = policies.create_policy(
        directory,
        call.account,
        parameters["PolicyName"],
        document=managed_document(parameters["PolicyDocument"]),
        path=parameters.get("Path", "/"),
        description=parameters.get("Description"),
        now=call.now,
    )
    tags.set_tags(directory, call.account, policy.policy_id, given, Tagged.POLICY)
    tagged = {"Tags": tags_shape(given.items())} if given else {}
    return {"Policy": policy_shape(policy, _UNUSED) | tagged}


def get_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Return a managed policy, without its document; its tags are there even when it has none."""
    policy = policies.get_policy(directory, call.account, policy_arn(call))
    use = attachments.count_use(directory, call.account, policy.arn)
    tagged = tags.get_tags(directory, call.account, policy.policy_id)
    described = {"Description": policy.description} if policy.description else {}
    return {"Policy": policy_shape(policy, use) | described | {"Tags": tags_shape(tagged.items())}}


def list_policies(call: AuthorizedCall, directory: Directory) -> Output:
    """List managed policies, the account's own and AWS's together."""
    parameters = call.parameters
    scope = parameters.get("Scope", "All")
    prefix = parameters.get("PathPrefix", "/")
    uses = attachments.count_uses(directory, call.account)
    found = [
        policy
        for policy in policies.list_policies(
            directory, call.account, own=scope in ("All", "Local"), managed=scope in ("All", "AWS")
        )
        if policy.path.startswith(prefix) and _is_asked_for(parameters, uses.get(policy.arn, _UNUSED))
    ]
    page = cut(found, requested_page(call, directory), _mark)
    return page_output(
        call, directory, "Policies", page, lambda policy: policy_shape(policy, uses.get(policy.arn, _UNUSED))
    )


def delete_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete a managed policy that is used nowhere and has its default version alone."""
    policies.delete_policy(directory, policies.get_own_policy(directory, call.account, policy_arn(call)))
    return {}


def _is_asked_for(parameters: Mapping[str, Any], use: PolicyUse) -> bool:
    """Tell whether a policy so used is one that the call's `OnlyAttached` and `PolicyUsageFilter` ask for.

    Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html
    """
    match parameters.get("PolicyUsageFilter"):
        case "PermissionsPolicy":
            used = use.attachments > 0
        case "PermissionsBoundary":
            used = use.boundaries > 0
        case _:
            return not parameters.get("OnlyAttached", False) or use.attachments > 0
    return used


def _mark(policy: Policy) -> str:
    """Return what orders a policy: its name and, as AWS's may bear the same one, its owner."""
    return f"{policy.name} {policy.account or 'aws'}"


def policy_shape(policy: Policy, use: PolicyUse) -> dict[str, Any]:
    """Return a managed policy as IAM's `Policy`, with what every answer says of it."""
    return {
        "PolicyName": policy.name,
        "PolicyId": policy.policy_id,
        "Arn": policy.arn,
        "Path": policy.path,
        "DefaultVersionId": version_id(policy.default_version),
        "AttachmentCount": use.attachments,
        "PermissionsBoundaryUsageCount": use.boundaries,
        "IsAttachable": policy.attachable,
        "CreateDate": policy.created_at,
        "UpdateDate": policy.updated_at,
    }


OPERATIONS = (
    Operation("iam", "CreatePolicy", targets.new_policy, create_policy, writes=True),
    Operation("iam", "GetPolicy", targets.existing_policy("iam:GetPolicy"), get_policy, writes=False),
    Operation("iam", "ListPolicies", targets.listed_policies, list_policies, writes=False),
    Operation("iam", "DeletePolicy", targets.existing_policy("iam:DeletePolicy"), delete_policy, writes=True),
)
