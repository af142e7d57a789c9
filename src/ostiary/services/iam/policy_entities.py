"""IAM's operation that says who uses a managed policy."""

from collections.abc import Iterable, Mapping
from typing import Any

from ostiary.directory import attachments, policies
from ostiary.directory.attachments import PolicyEntity
from ostiary.directory.directory import Directory
from ostiary.directory.errors import Noun
from ostiary.services.iam import targets
from ostiary.services.iam.owners import GROUP, ROLE, USER
from ostiary.services.iam.pages import cut, page_end, requested_page
from ostiary.services.iam.policy_arns import policy_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_LISTS = {GROUP: "PolicyGroups", USER: "PolicyUsers", ROLE: "PolicyRoles"}
_ORDER = tuple(_LISTS)


def list_entities_for_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """List the groups, users and roles that have a policy attached or are bounded by it.

    Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html
    """
    policy = policies.get_policy(directory, call.account, policy_arn(call), wanted=Noun.ATTACHABLE_POLICY)
    wanted = call.parameters.get("EntityFilter")
    prefix = call.parameters.get("PathPrefix", "/")
    found = {
        entity
        for entity in _using(call, directory, policy.arn)
        if wanted in (None, entity.kind.value) and entity.path.startswith(prefix)
    }
    page = cut(found, requested_page(call, directory), _mark)
    lists = {
        member: [_entity_shape(entity) for entity in page.items if entity.kind is kind]
        for kind, member in _LISTS.items()
    }
    return lists | page_end(call, directory, page.next_after)


def _using(call: AuthorizedCall, directory: Directory, arn: str) -> Iterable[PolicyEntity]:
    wanted = call.parameters.get("PolicyUsageFilter")
    if wanted != "PermissionsBoundary":
        yield from attachments.list_attached_entities(directory, call.account, arn)
    if wanted != "PermissionsPolicy":
        yield from attachments.list_bounded_entities(directory, call.account, arn)


def _mark(entity: PolicyEntity) -> str:
    return f"{_ORDER.index(entity.kind)} {entity.name}"


def _entity_shape(entity: PolicyEntity) -> dict[str, Any]:
    kind = entity.kind.value
    return {f"{kind}Name": entity.name, f"{kind}Id": entity.unique_id}


OPERATIONS = (
    Operation(
        "iam",
        "ListEntitiesForPolicy",
        targets.existing_policy("iam:ListEntitiesForPolicy"),
        list_entities_for_policy,
        writes=False,
    ),
)
