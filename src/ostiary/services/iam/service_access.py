"""IAM's operation that says which policies grant somebody access to a service."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.directory.entities import Entity, get_entity
from ostiary.governance import granted_services
from ostiary.services.iam import targets
from ostiary.services.iam.entity_arns import parse_entity_arn
from ostiary.services.iam.pages import cut, page_end, requested_page
from ostiary.services.iam.policy_sources import AttachedText, InlineText, identity_policies
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def list_policies_granting_service_access(call: AuthorizedCall, directory: Directory) -> Output:
    """List the policies of a user, group or role that grant access to services, for each service in the order asked.

    Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html
    """
    policies = identity_policies(directory, _named(call, directory))
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


def _named(call: AuthorizedCall, directory: Directory) -> Entity:
    named = parse_entity_arn(call.parameters["Arn"])
    return get_entity(directory, named.account, named.kind, named.name)


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
