"""IAM's operation that says which policies grant somebody access to a service."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.governance import granted_services
from ostiary.services.iam import targets
from ostiary.services.iam.entity_arns import parse_entity_arn
from ostiary.services.iam.pages import cut, page_end, requested_page
from ostiary.services.iam.policy_sources import AttachedText, InlineText, get_named_entity, identity_policies
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def list_policies_granting_service_access(call: AuthorizedCall, directory: Directory) -> Output:
    """List the policies of a user, group or role that grant access to services, for each service in the order asked.

    Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html
    """
    named = parse_entity_arn(call.parameters["Arn"])
    policies = identity_policies(directory, get_named_entity(call, directory, named))
    asked = enumerate(dict.fromkeys(call.parameters["ServiceNamespaces"]))
    page = cut(asked, requested_page(call, directory), lambda numbered: f"{numbered[0]:04}")
    answers = [
        {
            "ServiceNamespace": namespace,
            "Policies": [
                _policy_shape(policy) for policy in policies if namespace in granted_services(policy.document)
            ],
        }
        for _, namespace in page.items
    ]
    return {"PoliciesGrantingServiceAccess": answers, **page_end(call, directory, page.next_after)}


def _policy_shape(policy: InlineText | AttachedText) -> dict[str, Any]:
    if isinstance(policy, AttachedText):
        return {"PolicyName": policy.name, "PolicyType": "MANAGED", "PolicyArn": policy.arn}
    return {
        "PolicyName": policy.name,
        "PolicyType": "INLINE",
        "EntityType": policy.owner_kind.value.upper(),
        "EntityName": policy.owner,
    }


OPERATIONS = (
    Operation(
        "iam",
        "ListPoliciesGrantingServiceAccess",
        targets.policy_source("iam:ListPoliciesGrantingServiceAccess", "Arn"),
        list_policies_granting_service_access,
        writes=False,
    ),
)
