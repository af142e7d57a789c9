"""What all ways of assuming a role share: the permissions that it takes, and the session that comes of it.

Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ostiary.directory import roles, tags
from ostiary.directory.directory import Directory
from ostiary.directory.roles import Role
from ostiary.services.sts.credentials import hand_out
from ostiary.services.sts.session_policies import packed_policy_size, session_policies, session_policy_arns
from ostiary.services.sts.session_tags import SessionTags
from ostiary.values.arn import ArnError, parse_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller, CallerKind, Session
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId
from ostiary.values.operation import ContextValue, Need

_DEFAULT_SECONDS = 3_600
_FEWEST_SECONDS = 900


def find_role(directory: Directory, role_arn: str) -> Role | None:
    """Return the role, of whichever account, or None.

    Raises:
        Fault: `ValidationError`, the text is no ARN, or one without partition, service or resource.
    """
    try:
        arn = parse_arn(role_arn)
    except ArnError as error:
        raise Fault("ValidationError", f"{role_arn} is invalid") from error
    if not (arn.partition and arn.service and arn.resource):
        raise Fault("ValidationError", f"{role_arn} is invalid")
    role = roles.find_role(directory, AccountId(arn.account), arn.resource.rpartition("/")[2])
    return role if role and role.arn.lower() == role_arn.lower() else None


def authorized_role(directory: Directory, role_arn: str) -> Role:
    """Return the role that a call was authorized to assume."""
    role = find_role(directory, role_arn)
    if role is None:
        # INVARIANT: authorization refuses a role that does not exist; tests/e2e holds it.
        raise LookupError("an unknown role was authorized")
    return role


def role_needs(
    directory: Directory,
    action: str,
    role_arn: str,
    context: Mapping[str, ContextValue],
    *,
    session_tags: SessionTags,
    passed_transitive_keys: tuple[str, ...],
    source_identity: str | None,
) -> Iterable[Need]:
    """Yield what it takes to assume a role; tags and a source identity are permissions of their own.

    Args:
        directory: the call's transaction.
        action: such as `sts:AssumeRole`.
        role_arn: the role as the call names it.
        context: the condition keys of this way of assuming it.
        session_tags: the tags of the session to be.
        passed_transitive_keys: the keys of those that the call itself makes transitive.
        source_identity: the source identity of the session to be.
    """
    role = find_role(directory, role_arn)
    full: dict[str, ContextValue] = dict(context)
    actions = [action]
    if session_tags.tags:
        actions.append("sts:TagSession")
        full["aws:TagKeys"] = tuple(session_tags.tags)
        full |= {f"aws:RequestTag/{key}": value for key, value in session_tags.tags.items()}
    if passed_transitive_keys:
        full["sts:TransitiveTagKeys"] = passed_transitive_keys
    if source_identity:
        actions.append("sts:SetSourceIdentity")
        full["sts:SourceIdentity"] = source_identity
    if role:
        for key, value in tags.get_tags(directory, role.account, role.role_id).items():
            full[f"aws:ResourceTag/{key}"] = full[f"iam:ResourceTag/{key}"] = value
    for each in actions:
        yield Need(
            each,
            role.arn if role else role_arn,
            full,
            resource_policy=role.trust_policy if role else None,
            resource_policy_must_allow=True,
            resource_account=role.account if role else parse_arn(role_arn).account,
            shown_as=role_arn,
        )


def session_seconds(parameters: Mapping[str, Any], role: Role, *, most: int | None = None) -> int:
    """Return how long a session is to be.

    Args:
        parameters: the call's; `DurationSeconds` may be among them.
        role: whose own limit holds.
        most: what else limits it, told to nobody who asks for more.

    Raises:
        Fault: `ValidationError`, more is asked for than the role allows.
    """
    seconds: int = parameters.get("DurationSeconds", _DEFAULT_SECONDS)
    if seconds > role.max_session_duration:
        raise Fault(
            "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        )
    return seconds if most is None else min(seconds, most)


def seconds_until(end: datetime | None, now: datetime) -> int | None:
    """Return how long a session may be that an identity provider ends at `end`, but never less than AWS's shortest."""
    return None if end is None else max(_FEWEST_SECONDS, int((end - now).total_seconds()))


def open_role_session(
    call: AuthorizedCall,
    directory: Directory,
    role: Role,
    *,
    name: str,
    seconds: int,
    session_tags: SessionTags,
    source_identity: str | None,
    chained: bool = False,
    federated_provider: str | None = None,
) -> dict[str, Any]:
    """Return what every operation that assumes a role answers.

    Args:
        call: the call, whose `Policy` and `PolicyArns` narrow the session.
        directory: the call's transaction.
        role: the role that is assumed.
        name: the session's name.
        seconds: how long it is good for.
        session_tags: its tags.
        source_identity: its source identity.
        chained: another role session asked for it.
        federated_provider: the provider that vouched for who asked.

    Raises:
        Fault: a session policy is malformed or missing, or they are too many or too large.
    """
    session = Session(
        issued_at=call.now,
        expires_at=call.now,
        issuer_arn=role.arn,
        issuer_id=role.role_id,
        name=name,
        policies=session_policies(call.parameters),
        policy_arns=session_policy_arns(directory, role.account, call.parameters),
        tags=session_tags.tags or None,
        transitive_tag_keys=session_tags.transitive_keys,
        source_identity=source_identity,
        chained=chained,
        federated_provider=federated_provider,
    )
    caller = Caller(
        kind=CallerKind.ASSUMED_ROLE,
        account=role.account,
        arn=f"arn:aws:sts::{role.account}:assumed-role/{role.name}/{name}",
        unique_id=f"{role.role_id}:{name}",
        access_key_id=call.caller.access_key_id,
        name=role.name,
        session=session,
    )
    output: dict[str, Any] = {
        "Credentials": hand_out(call, directory, caller, session, seconds),
        "AssumedRoleUser": {"AssumedRoleId": caller.unique_id, "Arn": caller.arn},
    }
    if session.policies or session.policy_arns or session.tags:
        output["PackedPolicySize"] = packed_policy_size(session)
    if session.source_identity:
        output["SourceIdentity"] = session.source_identity
    return output
