"""The condition keys that every call has, whatever it does: of its moment, its way here, and who makes it.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from collections.abc import Mapping
from datetime import datetime

from ostiary.directory.deciding import principal_tags
from ostiary.values.call import Call
from ostiary.values.caller import Caller, CallerKind, Session
from ostiary.values.operation import ContextValue

_PRINCIPAL_TYPES = {
    CallerKind.ROOT: "Account",
    CallerKind.USER: "User",
    CallerKind.ASSUMED_ROLE: "AssumedRole",
    CallerKind.FEDERATED_USER: "FederatedUser",
}

# IAM is not bound to a region: whatever region a call was signed for, it is one to us-east-1.
_GLOBAL_REGIONS = {"iam": "us-east-1"}


def region_of(service: str, region: str) -> str:
    """Return the region that a call to a service is for, when it was signed for this one."""
    return _GLOBAL_REGIONS.get(service, region)


def principal_arn(caller: Caller) -> str:
    """Return `aws:PrincipalArn`: for a role session the role, not the session."""
    session = caller.session if caller.kind is CallerKind.ASSUMED_ROLE else None
    return session.issuer_arn if session and session.issuer_arn else caller.arn


def moment_context(now: datetime) -> dict[str, ContextValue]:
    """Return the keys that any principal's call has at a moment; no service of AWS's makes calls here."""
    return {
        "aws:PrincipalIsAWSService": "false",
        "aws:ViaAWSService": "false",
        "aws:CurrentTime": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:EpochTime": str(int(now.timestamp())),
    }


def request_context(call: Call) -> dict[str, ContextValue]:
    """Return the keys of a request: where it comes from, and how; a header that it lacks makes no key."""
    request = call.request
    given = {"aws:UserAgent": request.header("user-agent"), "aws:Referer": request.header("referer")}
    return {
        "aws:SourceIp": request.client_address,
        "aws:SecureTransport": "true" if request.secure_transport else "false",
        **{key: value for key, value in given.items() if value is not None},
    }


def principal_context(caller: Caller, identity_tags: Mapping[str, str], now: datetime) -> dict[str, ContextValue]:
    """Return the keys of who calls; a key that does not apply is left out, as `Null` wants it.

    Args:
        caller: a principal of an account: a user or role, or somebody's session.
        identity_tags: of the user or role behind it.
        now: when the call is made.
    """
    context: dict[str, ContextValue] = {
        "aws:PrincipalArn": principal_arn(caller),
        "aws:PrincipalAccount": caller.account,
        "aws:PrincipalType": _PRINCIPAL_TYPES[caller.kind],
        "aws:userid": caller.unique_id,
    }
    if caller.kind is CallerKind.USER and caller.name:
        context["aws:username"] = caller.name
    context |= principal_tags(caller, identity_tags)
    if caller.session:
        context |= _session_context(caller.session, now)
    return context


def _session_context(session: Session, now: datetime) -> dict[str, ContextValue]:
    context: dict[str, ContextValue] = {
        "aws:TokenIssueTime": session.issued_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:MultiFactorAuthPresent": "true" if session.mfa_authenticated_at else "false",
    }
    if session.mfa_authenticated_at:
        age = now - session.mfa_authenticated_at
        context["aws:MultiFactorAuthAge"] = str(int(age.total_seconds()))
    if session.source_identity:
        context["aws:SourceIdentity"] = session.source_identity
    if session.federated_provider:
        context["aws:FederatedProvider"] = session.federated_provider
    return context
