"""The condition keys that only the call itself knows.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
"""

from collections.abc import Callable, Mapping, Sequence

from ostiary.directory import tags
from ostiary.directory.directory import Directory
from ostiary.directory.entities import Entity
from ostiary.directory.groups import Group
from ostiary.directory.tags import Tagged
from ostiary.services.iam.targets.words import Parameters
from ostiary.values.identifiers import AccountId
from ostiary.values.operation import ContextValue

Context = dict[str, ContextValue]
ContextOf = Callable[[Parameters, Entity | None], Context]
"""Returns keys from a call's parameters and from the user, group or role acted on, which is None when it is unknown."""


def request_tags(parameters: Parameters, _entity: Entity | None = None) -> Context:
    """Return `aws:RequestTag/…` and `aws:TagKeys` for the tags that a call passes or names."""
    passed: Sequence[Mapping[str, str]] = parameters.get("Tags", ())
    keys = (*(tag["Key"] for tag in passed), *parameters.get("TagKeys", ()))
    context: Context = {f"aws:RequestTag/{tag['Key']}": tag["Value"] for tag in passed}
    return context | {"aws:TagKeys": keys} if keys else context


def resource_tags(directory: Directory, account: AccountId, unique_id: str, of: Tagged) -> Context:
    """Return `aws:ResourceTag/…` and, for users and roles, its older form `iam:ResourceTag/…`."""
    prefixes = ("aws", "iam") if of in {Tagged.USER, Tagged.ROLE} else ("aws",)
    return {
        f"{prefix}:ResourceTag/{key}": value
        for key, value in tags.get_tags(directory, account, unique_id).items()
        for prefix in prefixes
    }


def attached_policy(parameters: Parameters, _entity: Entity | None = None) -> Context:
    """Return `iam:PolicyARN` for the policy that a call attaches or detaches."""
    return {"iam:PolicyARN": parameters["PolicyArn"]}


def boundary_acted_on(parameters: Parameters, entity: Entity | None = None) -> Context:
    """Return `iam:PermissionsBoundary`: the boundary that a call sets, else the one that the user or role has."""
    boundary = parameters.get("PermissionsBoundary")
    if boundary is None and entity is not None and not isinstance(entity, Group):
        boundary = entity.boundary_arn
    return {"iam:PermissionsBoundary": boundary} if boundary else {}
