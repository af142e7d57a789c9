"""The managed policy that a call names."""

import re

from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault

_POLICY_ARN = re.compile(r"arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+", re.ASCII)


def is_policy_arn(text: str) -> bool:
    """Tell whether a text is the ARN of a managed policy."""
    return _POLICY_ARN.fullmatch(text) is not None


def policy_arn(call: AuthorizedCall) -> str:
    """Return the call's `PolicyArn`.

    Raises:
        Fault: `ValidationError`, it is no ARN of a policy.
    """
    arn = str(call.parameters["PolicyArn"])
    if not is_policy_arn(arn):
        raise Fault("ValidationError", f"ARN {arn} is not valid.", status=400)
    return arn


def boundary_arn(call: AuthorizedCall) -> str | None:
    """Return the call's `PermissionsBoundary`, if it has one.

    Raises:
        Fault: `InvalidInput`, it is no ARN of a policy; IAM has another code for it here.
    """
    arn = call.parameters.get("PermissionsBoundary")
    if arn is not None and not is_policy_arn(arn):
        raise Fault("InvalidInput", f"ARN {arn} is not valid.", status=400)
    return arn
