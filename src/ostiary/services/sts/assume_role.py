"""AssumeRole: temporary credentials for a role.

Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ostiary.directory import in_force, roles, tags
from ostiary.directory.directory import Directory
from ostiary.directory.quotas import policy_size
from ostiary.directory.roles import Role
from ostiary.policy import MalformedPolicy, PolicyKind, parse_policy
from ostiary.services.sts.credentials import hand_out
from ostiary.services.sts.mfa import require_no_mfa_claim
from ostiary.services.sts.session_tags import combine_tags
from ostiary.values.arn import ArnError, parse_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller, CallerKind, Session
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId
from ostiary.values.operation import ContextValue, Need, Operation

_DEFAULT_SECONDS = 3_600
_MOST_SECONDS_CHAINED = 3_600
_MOST_POLICY_CHARACTERS = 2_048
_MOST_POLICY_ARNS = 10


def assume_role(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:
    """Return credentials that act as the role, narrowed by the session policies that the call passes."""
    parameters = call.parameters
    require_no_mfa_claim(parameters)
    role = _find_role(directory, parameters["RoleArn"])
    if role is None:
        # INVARIANT: authorization refuses a role that does not exist; tests/e2e holds it.
        raise LookupError("an unknown role was authorized")
    calling = call.caller.session
    chained = call.caller.kind is CallerKind.ASSUMED_ROLE
    seconds = _session_seconds(parameters, role, chained=chained)
    session_tags = combine_tags(parameters, calling)
    session_name: str = parameters["RoleSessionName"]
    session = Session(
        issued_at=call.now,
        expires_at=call.now,
        issuer_arn=role.arn,
        issuer_id=role.role_id,
        name=session_name,
        policies=_session_policies(parameters),
        policy_arns=_session_policy_arns(directory, role, parameters),
        tags=session_tags.tags or None,
        transitive_tag_keys=session_tags.transitive_keys,
        source_identity=_source_identity(parameters, calling),
        chained=chained,
    )
    caller = Caller(
        kind=CallerKind.ASSUMED_ROLE,
        account=role.account,
        arn=f"arn:aws:sts::{role.account}:assumed-role/{role.name}/{session_name}",
        unique_id=f"{role.role_id}:{session_name}",
        access_key_id=call.caller.access_key_id,
        name=role.name,
        session=session,
    )
    output: dict[str, Any] = {
        "Credentials": hand_out(call, directory, caller, session, seconds),
        "AssumedRoleUser": {"AssumedRoleId": caller.unique_id, "Arn": caller.arn},
    }
    if session.policies or session.policy_arns or session.tags:
        output["PackedPolicySize"] = _packed_policy_size(session)
    if session.source_identity:
        output["SourceIdentity"] = session.source_identity
    return output


def _needs(directory: Directory, caller: Caller, parameters: Mapping[str, Any]) -> Iterable[Need]:
    role_arn: str = parameters["RoleArn"]
    role = _find_role(directory, role_arn)
    context = _context(directory, caller, role, parameters)
    actions = ["sts:AssumeRole"]
    # Tags and a source identity, passed here or handed down by the calling session, are permissions of their own.
    actions += ["sts:TagSession"] if "aws:TagKeys" in context else []
    actions += ["sts:SetSourceIdentity"] if "sts:SourceIdentity" in context else []
    for action in actions:
        yield Need(
            action,
            role.arn if role else role_arn,
            context,
            resource_policy=role.trust_policy if role else None,
            resource_policy_must_allow=True,
            resource_account=role.account if role else parse_arn(role_arn).account,
            shown_as=role_arn,
        )


def _context(
    directory: Directory, caller: Caller, role: Role | None, parameters: Mapping[str, Any]
) -> dict[str, ContextValue]:
    context: dict[str, ContextValue] = {"sts:RoleSessionName": parameters["RoleSessionName"]}
    if "ExternalId" in parameters:
        context["sts:ExternalId"] = parameters["ExternalId"]
    source_identity = _source_identity(parameters, caller.session)
    if source_identity:
        context["sts:SourceIdentity"] = source_identity
    passed = combine_tags(parameters, caller.session).tags
    if passed:
        context["aws:TagKeys"] = tuple(passed)
        context |= {f"aws:RequestTag/{key}": value for key, value in passed.items()}
    if parameters.get("TransitiveTagKeys"):
        context["sts:TransitiveTagKeys"] = tuple(parameters["TransitiveTagKeys"])
    if role:
        for key, value in tags.get_tags(directory, role.account, role.role_id).items():
            context[f"aws:ResourceTag/{key}"] = context[f"iam:ResourceTag/{key}"] = value
    return context


def _find_role(directory: Directory, role_arn: str) -> Role | None:
    try:
        arn = parse_arn(role_arn)
    except ArnError as error:
        raise Fault("ValidationError", f"{role_arn} is invalid") from error
    role = roles.find_role(directory, AccountId(arn.account), arn.resource.rpartition("/")[2])
    return role if role and role.arn.lower() == role_arn.lower() else None


def _session_seconds(parameters: Mapping[str, Any], role: Role, *, chained: bool) -> int:
    seconds: int = parameters.get("DurationSeconds", _DEFAULT_SECONDS)
    if chained and seconds > _MOST_SECONDS_CHAINED:
        raise Fault(
            "ValidationError",
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
        )
    if seconds > role.max_session_duration:
        raise Fault(
            "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        )
    return seconds


def _source_identity(parameters: Mapping[str, Any], calling: Session | None) -> str | None:
    """Return the new session's source identity; one that the calling session carries stays for good."""
    given: str | None = parameters.get("SourceIdentity")
    carried = calling.source_identity if calling else None
    if given and carried and given != carried:
        raise Fault("AccessDenied", "SourceIdentity cannot be changed once it is set.", status=403)
    return carried or given


def _session_policies(parameters: Mapping[str, Any]) -> tuple[str, ...]:
    document: str | None = parameters.get("Policy")
    if document is None:
        return ()
    try:
        parse_policy(document, PolicyKind.SESSION)
    except MalformedPolicy as error:
        raise Fault("MalformedPolicyDocument", str(error)) from error
    return (document,)


def _session_policy_arns(directory: Directory, role: Role, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    arns = tuple(dict.fromkeys(item["arn"] for item in parameters.get("PolicyArns", ()) if "arn" in item))
    if len(arns) > _MOST_POLICY_ARNS:
        raise Fault("PackedPolicyTooLarge", f"The number of policies passed exceeds {_MOST_POLICY_ARNS}.")
    for arn in arns:
        if in_force.managed_text(directory, role.account, arn) is None:
            raise Fault("ValidationError", f"Policy {arn} does not exist or is not attachable.")
    return arns


def _packed_policy_size(session: Session) -> int:
    """Return how full the session is, in percent of the characters that session policies and tags may take."""
    used = (
        sum(map(policy_size, session.policies))
        + sum(map(len, session.policy_arns))
        + sum(len(key) + len(value) for key, value in (session.tags or {}).items())
    )
    size = -(-used * 100 // _MOST_POLICY_CHARACTERS)
    if size > 100:  # noqa: PLR2004 - percent
        raise Fault("PackedPolicyTooLarge", f"Packed size of session policies and tags consumes {size}% of the quota.")
    return size


OPERATIONS = (Operation("sts", "AssumeRole", _needs, assume_role, writes=False, hands_out_credentials=True),)
