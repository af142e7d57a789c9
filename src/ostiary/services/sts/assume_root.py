"""AssumeRoot: short-term credentials for privileged tasks on a member account of the caller's organisation.

This server's accounts are in no organisation, so none is a member account of another's.

Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
"""

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from ostiary.directory.directory import Directory
from ostiary.values.arn import ArnError, parse_arn, root_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId, parse_account_id
from ostiary.values.operation import Need, Operation


def assume_root(call: AuthorizedCall, _directory: Directory) -> NoReturn:
    """Say that the caller's account may not do this to the account that is named.

    Raises:
        Fault: `AccessDenied`, always.
    """
    target = root_arn(_target_account(call.parameters))
    raise Fault(
        "AccessDenied",
        f"User: {call.caller.arn} is not authorized to perform: sts:AssumeRoot on resource: {target}",
        status=403,
    )


def _needs(_directory: Directory, _caller: Caller, parameters: Mapping[str, Any]) -> Iterable[Need]:
    policy_arn = parameters["TaskPolicyArn"].get("arn")
    yield Need(
        "sts:AssumeRoot",
        root_arn(_target_account(parameters)),
        {"sts:TaskPolicyArn": policy_arn} if policy_arn else {},
    )


def _target_account(parameters: Mapping[str, Any]) -> AccountId:
    """Return the account named by its ID or by the ARN of its root user.

    Raises:
        Fault: `ValidationError`, it is named by neither.
    """
    target: str = parameters["TargetPrincipal"]
    try:
        arn = parse_arn(target) if ":" in target else None
        account = parse_account_id(arn.account if arn else target)
    except (ArnError, ValueError) as error:
        raise Fault("ValidationError", f"{target} is invalid") from error
    if arn is not None and str(arn) != root_arn(account):
        raise Fault("ValidationError", f"{target} is invalid")
    return account


OPERATIONS = (Operation("sts", "AssumeRoot", _needs, assume_root, writes=False, hands_out_credentials=True),)
