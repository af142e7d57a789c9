"""Reads what `aws iam get-account-authorization-details` prints: a whole account, in one JSON object.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ostiary.directory.attachments import PolicyUse
from ostiary.directory.authorization_details import GroupDetail, Permissions, PolicyDetail, RoleDetail, UserDetail
from ostiary.directory.groups import Group
from ostiary.directory.imports import AccountDetails
from ostiary.directory.instance_profiles import InstanceProfile
from ostiary.directory.policies import Policy, PolicyVersion
from ostiary.directory.roles import Role
from ostiary.directory.tags import Tagged
from ostiary.directory.users import User
from ostiary.policy import PolicyKind
from ostiary.server.errors import SetupError
from ostiary.server.export_members import (
    BadMemberError,
    account_of,
    called,
    check,
    read_document,
    read_moment,
    read_objects,
    read_text,
    read_texts,
    read_unique_id,
    read_version,
)
from ostiary.values.arn import iam_arn
from ostiary.values.identifiers import AccountId, parse_account_id

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes; an account at all its quotas comes to less."""

_LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")
_SERVICE_PATH = re.compile(r"/aws-service-role/([^/]+)/")
_AWS = "aws"


@dataclass(frozen=True, slots=True)
class Export:
    """What a file says."""

    account: AccountId | None
    """The account that was exported; None when nothing in the file is its own."""
    details: AccountDetails


def parse_export(text: str, account: AccountId) -> Export:
    """Return what an export says, as belonging to `account`; documents stay as they are.

    Raises:
        SetupError: the text is no export, is cut off, or has something in it that IAM would not take.
    """
    try:
        written = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SetupError("the file is no JSON") from error
    if not isinstance(written, dict) or not any(name in written for name in _LISTS):
        raise SetupError("the file is no output of `aws iam get-account-authorization-details`")
    if written.get("IsTruncated") is True:
        raise SetupError("the file is the first page of several: export the account without --max-items")
    try:
        return _Reader(written, account).read()
    except BadMemberError as error:
        raise SetupError(f"cannot read the export: {error}") from error


class _Reader:
    """Makes values of the members of one export."""

    def __init__(self, written: Mapping[str, Any], account: AccountId) -> None:
        self._written = written
        self._account = account
        self._exported = self._find_account()

    def read(self) -> Export:
        policies = [self._policy(each) for each in read_objects(self._written, "Policies")]
        return Export(
            self._exported,
            AccountDetails(
                users=tuple(self._user(each) for each in read_objects(self._written, "UserDetailList")),
                groups=tuple(self._group(each) for each in read_objects(self._written, "GroupDetailList")),
                roles=tuple(self._role(each) for each in read_objects(self._written, "RoleDetailList")),
                policies=tuple(each for each in policies if each.policy.account is not None),
                aws_policies=tuple(each for each in policies if each.policy.account is None),
            ),
        )

    def _find_account(self) -> AccountId | None:
        arns = [read_text(each, "Arn") for name in _LISTS for each in read_objects(self._written, name)]
        found = {account for account in map(account_of, arns) if account != _AWS}
        if len(found) > 1:
            raise BadMemberError(f"it is of several accounts: {', '.join(sorted(found))}")
        try:
            return parse_account_id(found.pop()) if found else None
        except ValueError as error:
            raise BadMemberError(str(error)) from error

    def _user(self, written: Mapping[str, Any]) -> UserDetail:
        name, path = self._named(written, "user", "UserName")
        user = User(
            account=self._account,
            user_id=read_unique_id(written, "UserId", "AIDA"),
            name=name,
            path=path,
            created_at=read_moment(written, "CreateDate"),
            boundary_arn=self._boundary(written),
        )
        permissions = self._permissions(written, "UserPolicyList", Tagged.USER)
        groups = read_texts(written, "GroupList")
        check("CreateUser", {"UserName": name, "Path": path, "Tags": _tags(permissions)})
        return UserDetail(user, permissions, tuple(groups))

    def _group(self, written: Mapping[str, Any]) -> GroupDetail:
        name, path = self._named(written, "group", "GroupName")
        group = Group(
            account=self._account,
            group_id=read_unique_id(written, "GroupId", "AGPA"),
            name=name,
            path=path,
            created_at=read_moment(written, "CreateDate"),
        )
        check("CreateGroup", {"GroupName": name, "Path": path})
        return GroupDetail(group, self._permissions(written, "GroupPolicyList", None))

    def _role(self, written: Mapping[str, Any]) -> RoleDetail:
        name, path = self._named(written, "role", "RoleName")
        used = written.get("RoleLastUsed") or {}
        service = _SERVICE_PATH.fullmatch(path)
        role = Role(
            account=self._account,
            role_id=read_unique_id(written, "RoleId", "AROA"),
            name=name,
            path=path,
            created_at=read_moment(written, "CreateDate"),
            trust_policy=read_document(written, "AssumeRolePolicyDocument", PolicyKind.TRUST),
            boundary_arn=self._boundary(written),
            last_used_at=read_moment(used, "LastUsedDate") if "LastUsedDate" in used else None,
            last_used_region=read_text(used, "Region") if "Region" in used else None,
            service=service[1] if service else None,
        )
        permissions = self._permissions(written, "RolePolicyList", Tagged.ROLE)
        parameters = {"RoleName": name, "Path": path, "AssumeRolePolicyDocument": role.trust_policy}
        check("CreateRole", {**parameters, "Tags": _tags(permissions)})
        profiles = [self._profile(each, role.role_id) for each in read_objects(written, "InstanceProfileList")]
        return RoleDetail(role, permissions, tuple(sorted(profiles, key=lambda profile: profile.name.lower())))

    def _profile(self, written: Mapping[str, Any], role_id: str) -> InstanceProfile:
        name, path = self._named(written, "instance-profile", "InstanceProfileName")
        check("CreateInstanceProfile", {"InstanceProfileName": name, "Path": path})
        return InstanceProfile(
            account=self._account,
            instance_profile_id=read_unique_id(written, "InstanceProfileId", "AIPA"),
            name=name,
            path=path,
            created_at=read_moment(written, "CreateDate"),
            role_id=role_id,
        )

    def _policy(self, written: Mapping[str, Any]) -> PolicyDetail:
        of_aws = account_of(read_text(written, "Arn")) == _AWS
        name, path = self._named(written, "policy", "PolicyName", account=_AWS if of_aws else None)
        default = read_version(written, "DefaultVersionId")
        policy = Policy(
            account=None if of_aws else self._account,
            policy_id=read_unique_id(written, "PolicyId", "ANPA"),
            arn=self._policy_arn(read_text(written, "Arn")),
            name=name,
            path=path,
            default_version=default,
            created_at=read_moment(written, "CreateDate"),
            updated_at=read_moment(written, "UpdateDate"),
            attachable=written.get("IsAttachable", True) is not False,
        )
        versions = [
            PolicyVersion(
                version=(number := read_version(each, "VersionId")),
                document=read_document(each, "Document", PolicyKind.IDENTITY),
                is_default=number == default,
                created_at=read_moment(each, "CreateDate"),
            )
            for each in read_objects(written, "PolicyVersionList")
        ]
        if len({version.version for version in versions}) < len(versions):
            raise BadMemberError(f"the policy {name} has a version twice")
        if default not in {version.version for version in versions}:
            raise BadMemberError(f"the policy {name} lacks its default version")
        check("CreatePolicy", {"PolicyName": name, "Path": path, "PolicyDocument": "{}"})
        return PolicyDetail(policy, tuple(sorted(versions, key=lambda version: -version.version)), PolicyUse())

    def _permissions(self, written: Mapping[str, Any], inline: str, tagged: Tagged | None) -> Permissions:
        policies = [
            (read_text(each, "PolicyName"), read_document(each, "PolicyDocument", PolicyKind.IDENTITY))
            for each in read_objects(written, inline)
        ]
        for name, _ in policies:
            check("PutUserPolicy", {"UserName": "any", "PolicyName": name, "PolicyDocument": "{}"})
        attached = [
            self._policy_arn(read_text(e, "PolicyArn")) for e in read_objects(written, "AttachedManagedPolicies")
        ]
        tags = {read_text(each, "Key"): read_text(each, "Value") for each in read_objects(written, "Tags")}
        folded = {tagged.fold(key) for key in tags} if tagged else set(tags)
        for what, names, count in (
            (inline, {name for name, _ in policies}, len(policies)),
            ("AttachedManagedPolicies", set(attached), len(attached)),
            ("Tags", folded, len(read_objects(written, "Tags"))),
        ):
            if len(names) < count:
                raise BadMemberError(f"{called(written)} has something twice in {what}")
        return Permissions(tuple(policies), tuple(attached), tags)

    def _boundary(self, written: Mapping[str, Any]) -> str | None:
        boundary = written.get("PermissionsBoundary")
        if boundary is None:
            return None
        if not isinstance(boundary, dict):
            raise BadMemberError(f"{called(written)} has no object as PermissionsBoundary")
        return self._policy_arn(read_text(boundary, "PermissionsBoundaryArn"))

    def _policy_arn(self, arn: str) -> str:
        """Return a policy's ARN with the account that the policy will be in."""
        account = account_of(arn)
        prefix = f"arn:aws:iam::{account}:policy/"
        if account not in (_AWS, self._exported) or not arn.startswith(prefix):
            raise BadMemberError(f"{arn} is no policy of AWS's or of the exported account's")
        return arn if account == _AWS else f"arn:aws:iam::{self._account}:policy/{arn.removeprefix(prefix)}"

    def _named(
        self, written: Mapping[str, Any], kind: str, member: str, *, account: str | None = None
    ) -> tuple[str, str]:
        """Return name and path of a thing; its ARN must be what they come to."""
        name, path, arn = (read_text(written, each) for each in (member, "Path", "Arn"))
        if arn != iam_arn(AccountId(account or str(self._exported)), kind, path, name):
            raise BadMemberError(f"{arn} is not the ARN of the {kind} {name} at {path}")
        return name, path


def _tags(permissions: Permissions) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in permissions.tags.items()]
