"""Reads what `aws iam get-account-authorization-details` prints into facts; documents stay as they are, good or bad.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ostiary import catalogue
from ostiary.governance.controls.errors import FactsFileError
from ostiary.governance.controls.facts import (
    CredentialFacts,
    GroupFacts,
    InlinePolicy,
    ManagedPolicyFacts,
    RoleFacts,
    Untold,
    UserFacts,
)
from ostiary.governance.controls.members import (
    parse_moment,
    read_document,
    read_object,
    read_objects,
    read_tags,
    read_text,
    read_texts,
    read_truth,
)
from ostiary.values.arn import ArnError, parse_arn
from ostiary.values.identifiers import AccountId, parse_account_id

_LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")
_AWS = "aws"
_SERVICE_LINKED_PATH = "/aws-service-role/"

Credentials = Mapping[str, CredentialFacts] | Untold
"""By the users' ARNs."""


@dataclass(frozen=True, slots=True)
class Details:
    """What the file tells, each list in the order in which the state is told."""

    account: AccountId
    users: tuple[UserFacts, ...]
    groups: tuple[GroupFacts, ...]
    roles: tuple[RoleFacts, ...]
    policies: tuple[ManagedPolicyFacts, ...]
    aws_policies: tuple[ManagedPolicyFacts, ...]


def read_details(written: Mapping[str, Any], credentials: Credentials) -> Details:
    """Return what the details say.

    Args:
        written: the file's content.
        credentials: of the users.

    Raises:
        FactsFileError: it is not as AWS writes it, or is of no account, or of several.
    """
    account = _account(written)
    users = [_user(each, credentials) for each in read_objects(written, "UserDetailList")]
    groups = [_group(each) for each in read_objects(written, "GroupDetailList")]
    roles = [_role(each) for each in read_objects(written, "RoleDetailList")]
    policies = _policies(written)
    return Details(
        account,
        tuple(sorted(users, key=lambda user: user.name.lower())),
        tuple(sorted(groups, key=lambda group: group.name.lower())),
        tuple(sorted(roles, key=lambda role: role.name.lower())),
        tuple(sorted((each for each in policies if not _is_aws(each.arn)), key=lambda policy: policy.name.lower())),
        tuple(sorted((each for each in policies if _is_aws(each.arn)), key=lambda policy: policy.arn)),
    )


def _account(written: Mapping[str, Any]) -> AccountId:
    arns = [read_text(each, "Arn") for name in _LISTS for each in read_objects(written, name)]
    found = {_account_of(arn) for arn in arns} - {_AWS}
    if len(found) != 1:
        raise FactsFileError(f"the details are of {', '.join(sorted(found)) or 'no account'}, and not of one account")
    try:
        return parse_account_id(found.pop())
    except ValueError as error:
        raise FactsFileError(str(error)) from error


def _user(written: Mapping[str, Any], credentials: Credentials) -> UserFacts:
    arn = read_text(written, "Arn")
    return UserFacts(
        arn=arn,
        name=read_text(written, "UserName"),
        created_at=parse_moment(read_text(written, "CreateDate")),
        tags=read_tags(written),
        groups=tuple(sorted(read_texts(written, "GroupList"), key=str.lower)),
        inline=_inline(written, "UserPolicyList"),
        attached=_attached(written),
        credentials=_credentials(arn, credentials),
    )


def _credentials(arn: str, credentials: Credentials) -> CredentialFacts | Untold:
    if isinstance(credentials, Untold):
        return credentials
    return credentials.get(arn) or Untold(f"what credentials {arn} has", "aws iam generate-credential-report")


def _group(written: Mapping[str, Any]) -> GroupFacts:
    return GroupFacts(
        arn=read_text(written, "Arn"),
        name=read_text(written, "GroupName"),
        inline=_inline(written, "GroupPolicyList"),
        attached=_attached(written),
    )


def _role(written: Mapping[str, Any]) -> RoleFacts:
    used = read_object(written, "RoleLastUsed")
    return RoleFacts(
        arn=read_text(written, "Arn"),
        name=read_text(written, "RoleName"),
        created_at=parse_moment(read_text(written, "CreateDate")),
        trust_policy=read_document(written, "AssumeRolePolicyDocument"),
        tags=read_tags(written),
        inline=_inline(written, "RolePolicyList"),
        attached=_attached(written),
        last_used_at=parse_moment(read_text(used, "LastUsedDate")) if "LastUsedDate" in used else None,
        is_service_linked=read_text(written, "Path").startswith(_SERVICE_LINKED_PATH),
    )


def _inline(written: Mapping[str, Any], member: str) -> tuple[InlinePolicy, ...]:
    policies = [
        InlinePolicy(read_text(each, "PolicyName"), read_document(each, "PolicyDocument"))
        for each in read_objects(written, member)
    ]
    return tuple(sorted(policies, key=lambda policy: policy.name))


def _attached(written: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(read_text(each, "PolicyArn") for each in read_objects(written, "AttachedManagedPolicies")))


def _policies(written: Mapping[str, Any]) -> list[ManagedPolicyFacts]:
    attachments, boundaries = Counter(_attached_to(written)), Counter(_bounding(written))
    documents = {read_text(each, "Arn"): _default_document(each) for each in read_objects(written, "Policies")}
    for arn in attachments.keys() | boundaries.keys():
        if arn not in documents:
            documents[arn] = _known_document(arn)
    return [
        ManagedPolicyFacts(arn, arn.rpartition("/")[2], document, attachments[arn], boundaries[arn])
        for arn, document in documents.items()
    ]


def _attached_to(written: Mapping[str, Any]) -> Iterator[str]:
    """Yield the managed policies that are attached, each as often as it is."""
    for name in ("UserDetailList", "GroupDetailList", "RoleDetailList"):
        for each in read_objects(written, name):
            yield from _attached(each)


def _bounding(written: Mapping[str, Any]) -> Iterator[str]:
    """Yield the managed policies that are permissions boundaries, each as often as it is."""
    for name in ("UserDetailList", "RoleDetailList"):
        for each in read_objects(written, name):
            if "PermissionsBoundary" in each:
                yield read_text(read_object(each, "PermissionsBoundary"), "PermissionsBoundaryArn")


def _default_document(policy: Mapping[str, Any]) -> str:
    for version in read_objects(policy, "PolicyVersionList"):
        if read_truth(version, "IsDefaultVersion"):
            return read_document(version, "Document")
    raise FactsFileError(f"{read_text(policy, 'Arn')} has no default version")


def _known_document(arn: str) -> str:
    """Return the document of a policy that somebody has and the file lacks, as it does when it was filtered."""
    managed = catalogue.find_managed_policy(arn)
    if managed is None:
        raise FactsFileError(f"the policy {arn} is attached and not in the file: export without --filter")
    return managed.document


def _is_aws(arn: str) -> bool:
    return _account_of(arn) == _AWS


def _account_of(arn: str) -> str:
    try:
        return parse_arn(arn).account
    except ArnError as error:
        raise FactsFileError(str(error)) from error
