"""Who makes the simulated calls.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
"""

from dataclasses import dataclass

from ostiary.directory.entities import Entity, EntityKind
from ostiary.policy import Principal, PrincipalKind
from ostiary.services.iam.entity_arns import EntityArn, find_entity_arn
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId
from ostiary.values.operation import ContextValue

_NOBODY = "STUB_PRINCIPAL_FOR_POLICY_SIMULATOR"
"""What IAM's simulator has for `aws:userid` when no caller is named."""


@dataclass(frozen=True, slots=True)
class SimulatedCaller:
    """The principal, and the condition keys that follow from who it is; ContextEntries may say otherwise."""

    principal: Principal
    context: dict[str, ContextValue]


def nobody(account: AccountId) -> SimulatedCaller:
    """Return a caller of whom nothing is known but the account."""
    principal = Principal(PrincipalKind.USER, account=account)
    return SimulatedCaller(principal, {"aws:PrincipalAccount": account, "aws:userid": _NOBODY})


def named_caller(arn: str, source: Entity | None = None) -> SimulatedCaller:
    """Return the user, group or role that `CallerArn` names.

    Args:
        arn: its ARN; it need not exist.
        source: whose policies are simulated; when that is the caller itself, its unique ID is known too.

    Raises:
        Fault: `InvalidInput`, the ARN is of something else.
    """
    named = find_entity_arn(arn)
    if named is None:
        raise Fault("InvalidInput", "Invalid caller - Caller must be an IAM user, role or group in this context.")
    unique_id = source.unique_id if source is not None and source.arn == arn else None
    # IAM's simulator has the caller's ARN for the ID as well.
    context: dict[str, ContextValue] = {
        "aws:PrincipalArn": arn,
        "aws:PrincipalAccount": named.account,
        "aws:userid": arn,
    }
    if named.kind is EntityKind.USER:
        context["aws:username"] = named.name
    return SimulatedCaller(_principal(named, unique_id), context)


def _principal(named: EntityArn, unique_id: str | None) -> Principal:
    if named.kind is EntityKind.ROLE:
        # A role acts in sessions only; this one is none in particular, so no policy can name it.
        return Principal(PrincipalKind.ROLE_SESSION, account=named.account, issuer_arn=named.text, issuer_id=unique_id)
    return Principal(PrincipalKind.USER, named.text, named.account, unique_id=unique_id)
