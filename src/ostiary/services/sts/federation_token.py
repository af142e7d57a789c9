"""GetFederationToken: temporary credentials that a user hands to somebody of its own.

Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.services.sts.credentials import hand_out
from ostiary.services.sts.session_policies import packed_policy_size, session_policies, session_policy_arns
from ostiary.services.sts.session_tags import combine_tags
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller, CallerKind, Session
from ostiary.values.operation import ContextValue, Need, Operation

_DEFAULT_SECONDS = 43_200
_MOST_SECONDS_FOR_ROOT = 3_600


def get_federation_token(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:
    """Return credentials that may do what both the caller's policies and those passed with the call allow."""
    parameters, issuer = call.parameters, call.caller
    name: str = parameters["Name"]
    seconds: int = parameters.get("DurationSeconds", _DEFAULT_SECONDS)
    if issuer.kind is CallerKind.ROOT:
        seconds = min(seconds, _MOST_SECONDS_FOR_ROOT)
    session_tags = combine_tags(parameters, None)
    session = Session(
        issued_at=call.now,
        expires_at=call.now,
        issuer_arn=issuer.arn,
        issuer_id=issuer.unique_id,
        name=name,
        policies=session_policies(parameters),
        policy_arns=session_policy_arns(directory, call.account, parameters),
        tags=session_tags.tags or None,
    )
    caller = Caller(
        kind=CallerKind.FEDERATED_USER,
        account=issuer.account,
        arn=_arn(issuer, name),
        unique_id=f"{issuer.account}:{name}",
        access_key_id=issuer.access_key_id,
        name=issuer.name,
        session=session,
    )
    return {
        "Credentials": hand_out(call, directory, caller, session, seconds),
        "FederatedUser": {"FederatedUserId": caller.unique_id, "Arn": caller.arn},
        "PackedPolicySize": packed_policy_size(session),
    }


def _needs(_directory: Directory, caller: Caller, parameters: Mapping[str, Any]) -> Iterable[Need]:
    arn = _arn(caller, parameters["Name"])
    passed = combine_tags(parameters, None).tags
    context: dict[str, ContextValue] = {f"aws:RequestTag/{key}": value for key, value in passed.items()}
    if passed:
        context["aws:TagKeys"] = tuple(passed)
    yield Need("sts:GetFederationToken", arn, context)
    if passed:
        yield Need("sts:TagSession", arn, context)


def _arn(issuer: Caller, name: str) -> str:
    return f"arn:aws:sts::{issuer.account}:federated-user/{name}"


OPERATIONS = (
    Operation("sts", "GetFederationToken", _needs, get_federation_token, writes=False, hands_out_credentials=True),
)
