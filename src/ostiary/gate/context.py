"""The condition keys that every call has, whatever it does.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from collections.abc import Mapping

from ostiary.directory.deciding import principal_tags
from ostiary.values.call import AuthenticatedCall, Call
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


def principal_arn(caller: Caller) -> str:
    """Return `aws:PrincipalArn`: for a role session the role, not the session."""
    session = caller.session if caller.kind is CallerKind.ASSUMED_ROLE else None
    return session.issuer_arn if session and session.issuer_arn else caller.arn


def call_region(authenticated: AuthenticatedCall) -> str:
    """Return the region that a call is for."""
    return _GLOBAL_REGIONS.get(authenticated.call.service, authenticated.region)


def build_context(authenticated: AuthenticatedCall, identity_tags: Mapping[str, str]) -> dict[str, ContextValue]:
    """Return the global condition keys of a call; a key that does not apply is left out, as `Null` wants it."""
    caller, call = authenticated.caller, authenticated.call
    context: dict[str, ContextValue] = {
        "aws:PrincipalIsAWSService": "false",
        "aws:ViaAWSService": "false",
        "aws:CurrentTime": call.received_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:EpochTime": str(int(call.received_at.timestamp())),
        "aws:RequestedRegion": call_region(authenticated),
        "aws:SourceIp": call.request.client_address,
        "aws:SecureTransport": "true" if call.request.secure_transport else "false",
    }
    context |= _from_headers(call)
    if caller.federation:
        # Whoever carries a provider's token is no principal of an account yet; the rest is in the token's own keys.
        return context
    context |= {
        "aws:PrincipalArn": principal_arn(caller),
        "aws:PrincipalAccount": caller.account,
        "aws:PrincipalType": _PRINCIPAL_TYPES[caller.kind],
        "aws:userid": caller.unique_id,
    }
    if caller.kind is CallerKind.USER and caller.name:
        context["aws:username"] = caller.name
    context |= principal_tags(caller, identity_tags)
    if caller.session:
        context |= _from_session(caller.session, call)
    return context


def _from_headers(call: Call) -> dict[str, ContextValue]:
    given = {"aws:UserAgent": call.request.header("user-agent"), "aws:Referer": call.request.header("referer")}
    return {key: value for key, value in given.items() if value is not None}


def _from_session(session: Session, call: Call) -> dict[str, ContextValue]:
    context: dict[str, ContextValue] = {
        "aws:TokenIssueTime": session.issued_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:MultiFactorAuthPresent": "true" if session.mfa_authenticated_at else "false",
    }
    if session.mfa_authenticated_at:
        age = call.received_at - session.mfa_authenticated_at
        context["aws:MultiFactorAuthAge"] = str(int(age.total_seconds()))
    if session.source_identity:
        context["aws:SourceIdentity"] = session.source_identity
    if session.federated_provider:
        context["aws:FederatedProvider"] = session.federated_provider
    return context
