"""What a server is asked of a principal, and about one's own access keys.

It is asked over the IAM and STS APIs, so Ostiary and AWS answer alike. The only module outside `wire` that knows
botocore, which it imports when a server is asked, and not before: a question about files needs none of it.
"""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ostiary.questions import SESSION_NAME, PolicyText, PolicyTexts, QuestionsError, read_document

_PRINCIPAL_ARN = re.compile(
    r"arn:(?P<partition>aws[a-z-]*):(iam|sts)::(?P<account>[0-9]{12}):"
    r"(?P<kind>root|user|role|group|assumed-role)(/(?P<path>.+))?",
    re.ASCII,
)
_NO_CREDENTIALS = (
    "no AWS credentials to ask a server with: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_ENDPOINT_URL "
    "unless AWS is meant; or give policy files with --policy"
)
_NO_KEY = "no AWS access key to replace: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile"
_SECONDS_UNTIL_KNOWN = (1, 2, 4, 8)


class ServerError(QuestionsError):
    """The server cannot be asked, or does not say what was asked."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a principal."""

    principal: str | Mapping[str, Any]
    """As in a question in JSON."""
    texts: PolicyTexts
    context: Mapping[str, str]
    """The condition keys that the principal's tags make."""


@dataclass(frozen=True, slots=True)
class OwnKey:
    """An access key of the caller's."""

    access_key_id: str
    active: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewKey:
    """An access key that was just made."""

    access_key_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LastUse:
    """When and for what a key was last used."""

    at: datetime
    service: str
    region: str


class Server:
    """The endpoint that the caller's AWS configuration names."""

    def __init__(self) -> None:
        from botocore.config import Config  # noqa: PLC0415 - takes longer than all the rest; see the module
        from botocore.session import get_session  # noqa: PLC0415 - likewise

        session = get_session()
        config = Config(connect_timeout=5, retries={"total_max_attempts": 2})
        region = session.get_config_variable("region") or "us-east-1"
        with _told("the AWS configuration"):
            self._iam = session.create_client("iam", region_name=region, config=config)
            self._sts = session.create_client("sts", region_name=region, config=config)

    def caller_arn(self) -> str:
        """Return who the credentials belong to.

        Raises:
            ServerError: the server does not say.
        """
        with _told("sts:GetCallerIdentity"):
            return str(self._sts.get_caller_identity()["Arn"])

    def decode_message(self, message: str) -> Any:
        """Return what an encoded authorization message says.

        Raises:
            ServerError: the server does not say, or it is no such message.
        """
        with _told("sts:DecodeAuthorizationMessage"):
            return json.loads(self._sts.decode_authorization_message(EncodedMessage=message)["DecodedMessage"])

    def look_up(self, arn: str) -> Found:
        """Return the policies and tags of a user, a role, a session of a role, or whoever is in a group.

        Raises:
            ServerError: it is none of these, or the server does not say.
        """
        match = _PRINCIPAL_ARN.fullmatch(arn)
        if match is None:
            raise ServerError(f"`{arn}` has no policies to look up: give policy files, such as --resource-policy")
        kind, name = match["kind"], (match["path"] or "").split("/")
        if kind == "root":
            return Found(arn, PolicyTexts(), {})
        if kind == "user":
            return self._user(arn, match["account"], name[-1])
        if kind == "group":
            return self._member(arn, match["account"], name[-1])
        role = name[0] if kind == "assumed-role" else name[-1]
        return self._role(arn, match["partition"], match["account"], role)

    def trust_policy(self, role_arn: str) -> PolicyText:
        """Return the trust policy of a role.

        Raises:
            ServerError: the server does not say, or has no such role.
        """
        role = self._get_role(role_arn.rpartition("/")[2])
        if role["Arn"] != role_arn:
            raise ServerError(f"the server has no role {role_arn}: give its trust policy with --trust-policy")
        return read_document(role["AssumeRolePolicyDocument"], f"trust policy of {role['RoleName']}")

    def _user(self, arn: str, account: str, name: str) -> Found:
        with _told("iam:GetUser"):
            user = self._iam.get_user(UserName=name)["User"]
        _require_same(arn, user["Arn"])
        groups = self._list("list_groups_for_user", "Groups", UserName=name)
        identity = [
            *self._policies("user", UserName=name),
            *(text for group in groups for text in self._policies("group", GroupName=group["GroupName"])),
        ]
        principal = {"kind": "user", "arn": arn, "account": account, "unique_id": user["UserId"]}
        tags = self._list("list_user_tags", "Tags", UserName=name)
        return Found(principal, PolicyTexts(tuple(identity), self._boundary(user)), _tag_context(tags))

    def _role(self, arn: str, partition: str, account: str, name: str) -> Found:
        """Return what is known of a role, whose ARN or a session's is given."""
        role = self._get_role(name)
        is_session = ":assumed-role/" in arn
        # A session's ARN does not have the role's path, of which the server alone knows.
        _require_same(f"arn:{partition}:iam::{account}:role{role['Path']}{name}" if is_session else arn, role["Arn"])
        principal = {
            "kind": "role_session",
            "arn": arn if is_session else f"arn:{partition}:sts::{account}:assumed-role/{name}/{SESSION_NAME}",
            "account": account,
            "issuer_arn": role["Arn"],
            "issuer_id": role["RoleId"],
        }
        identity = tuple(self._policies("role", RoleName=name))
        tags = self._list("list_role_tags", "Tags", RoleName=name)
        return Found(principal, PolicyTexts(identity, self._boundary(role)), _tag_context(tags))

    def _member(self, arn: str, account: str, name: str) -> Found:
        with _told("iam:GetGroup"):
            group = self._iam.get_group(GroupName=name)["Group"]
        _require_same(arn, group["Arn"])
        partition = arn.split(":")[1]
        member = f"arn:{partition}:iam::{account}:user/member-of-{name}"
        return Found(member, PolicyTexts(tuple(self._policies("group", GroupName=name))), {})

    def _get_role(self, name: str) -> Mapping[str, Any]:
        with _told("iam:GetRole"):
            role: Mapping[str, Any] = self._iam.get_role(RoleName=name)["Role"]
        return role

    def _policies(self, kind: str, **owner: str) -> Iterator[PolicyText]:
        """Yield the policies in and attached to a user, a group or a role."""
        (owner_name,) = owner.values()
        get: Callable[..., Any] = getattr(self._iam, f"get_{kind}_policy")
        for name in self._list(f"list_{kind}_policies", "PolicyNames", **owner):
            with _told(f"iam:Get{kind.title()}Policy"):
                document = get(**owner, PolicyName=name)["PolicyDocument"]
            yield read_document(document, f"{name} in {kind} {owner_name}")
        for attached in self._list(f"list_attached_{kind}_policies", "AttachedPolicies", **owner):
            yield self._managed(attached["PolicyArn"])

    def _managed(self, arn: str) -> PolicyText:
        with _told("iam:GetPolicy"):
            policy = self._iam.get_policy(PolicyArn=arn)["Policy"]
        with _told("iam:GetPolicyVersion"):
            version = self._iam.get_policy_version(PolicyArn=arn, VersionId=policy["DefaultVersionId"])
        return read_document(version["PolicyVersion"]["Document"], policy["PolicyName"])

    def _boundary(self, entity: Mapping[str, Any]) -> tuple[PolicyText, ...] | None:
        boundary = entity.get("PermissionsBoundary")
        return (self._managed(boundary["PermissionsBoundaryArn"]),) if boundary else None

    def _list(self, operation: str, member: str, **parameters: str) -> list[Any]:
        with _told(f"iam:{operation.title().replace('_', '')}"):
            pages = self._iam.get_paginator(operation).paginate(**parameters)
            return [each for page in pages for each in page[member]]


class OwnKeys:
    """The access keys of whoever the AWS configuration's access key belongs to."""

    def __init__(self, profile: str | None) -> None:
        """Find the key that the configuration has.

        Args:
            profile: the configuration's profile; None means what it says itself.

        Raises:
            ServerError: there is no such key, or it is temporary.
        """
        from botocore.config import Config  # noqa: PLC0415 - see the module
        from botocore.session import Session  # noqa: PLC0415 - likewise

        self._session = Session(profile=profile)
        self._config = Config(connect_timeout=5, retries={"total_max_attempts": 2})
        with _told("the AWS configuration"):
            credentials = self._session.get_credentials()
            found = credentials.get_frozen_credentials() if credentials else None
            if found is None:
                raise ServerError(_NO_KEY)
            if found.token:
                raise ServerError("temporary credentials have no access key to replace: use the key of a user")
            self.access_key_id: str = found.access_key
            self._iam = self._client("iam")

    def list_keys(self) -> list[OwnKey]:
        """Return the caller's keys.

        Raises:
            ServerError: the server does not say.
        """
        with _told("iam:ListAccessKeys"):
            listed = self._iam.list_access_keys()["AccessKeyMetadata"]
        return [OwnKey(key["AccessKeyId"], key["Status"] == "Active", key["CreateDate"]) for key in listed]

    def find_last_use(self, access_key_id: str) -> LastUse | None:
        """Return when and for what a key was last used, or None when it never was.

        Raises:
            ServerError: the server does not say.
        """
        with _told("iam:GetAccessKeyLastUsed"):
            used = self._iam.get_access_key_last_used(AccessKeyId=access_key_id)["AccessKeyLastUsed"]
        return LastUse(used["LastUsedDate"], used["ServiceName"], used["Region"]) if "LastUsedDate" in used else None

    def create_key(self) -> NewKey:
        """Make the caller another key.

        Raises:
            ServerError: the server refuses.
        """
        with _told("iam:CreateAccessKey"):
            made = self._iam.create_access_key()["AccessKey"]
        return NewKey(made["AccessKeyId"], made["SecretAccessKey"])

    def deactivate_key(self, access_key_id: str) -> None:
        """Make one of the caller's keys unusable.

        Raises:
            ServerError: the server refuses.
        """
        with _told("iam:UpdateAccessKey"):
            self._iam.update_access_key(AccessKeyId=access_key_id, Status="Inactive")

    def delete_key(self, access_key_id: str) -> None:
        """Delete one of the caller's keys.

        Raises:
            ServerError: the server refuses.
        """
        with _told("iam:DeleteAccessKey"):
            self._iam.delete_access_key(AccessKeyId=access_key_id)

    def verify_key(self, key: NewKey) -> None:
        """Prove that a new key works, and that it belongs to the caller.

        Raises:
            ServerError: it does not.
        """
        with _told("sts:GetCallerIdentity"):
            caller = self._client("sts").get_caller_identity()["Arn"]
        # AWS takes some seconds until a new key is known everywhere.
        for seconds in (*_SECONDS_UNTIL_KNOWN, None):
            try:
                with _told("sts:GetCallerIdentity with the new key"):
                    new = self._client("sts", key).get_caller_identity()["Arn"]
                break
            except ServerError as error:
                if seconds is None or "InvalidClientTokenId" not in str(error):
                    raise
                time.sleep(seconds)
        if new != caller:
            raise ServerError(f"the new key belongs to {new}, not to {caller}")

    def _client(self, service: str, key: NewKey | None = None) -> Any:
        region = self._session.get_config_variable("region") or "us-east-1"
        own = {"aws_access_key_id": key.access_key_id, "aws_secret_access_key": key.secret} if key else {}
        return self._session.create_client(service, region_name=region, config=self._config, **own)


@contextmanager
def _told(asked: str) -> Iterator[None]:
    """Turn what keeps the server from answering into one line."""
    from botocore.exceptions import (  # noqa: PLC0415 - see the module
        BotoCoreError,
        ClientError,
        NoCredentialsError,
        PartialCredentialsError,
    )

    try:
        yield
    except (NoCredentialsError, PartialCredentialsError) as error:
        raise ServerError(_NO_CREDENTIALS) from error
    except ClientError as error:
        details = error.response.get("Error", {})
        raise ServerError(f"{asked}: {details.get('Code')}: {details.get('Message')}") from error
    except (BotoCoreError, ValueError) as error:
        raise ServerError(f"{asked}: {error}") from error


def _require_same(asked: str, found: str) -> None:
    # Names are looked up in the account of the credentials, whatever account the ARN is of.
    if asked != found:
        raise ServerError(f"the server has no {asked}; it has {found}")


def _tag_context(tags: list[Any]) -> dict[str, str]:
    return {f"aws:PrincipalTag/{tag['Key']}": tag["Value"] for tag in tags}
