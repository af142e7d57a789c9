"""How AWS tells a caller which kind of policy refused.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
"""

from ostiary.policy.decision import Decision
from ostiary.policy.document import PolicyKind

_EXPLICIT = {
    PolicyKind.IDENTITY: "an identity-based policy",
    PolicyKind.RESOURCE: "a resource-based policy",
    PolicyKind.BOUNDARY: "a permissions boundary",
    PolicyKind.SESSION: "a session policy",
    PolicyKind.TRUST: "the role trust policy",
    PolicyKind.SERVICE_CONTROL: "a service control policy",
    PolicyKind.RESOURCE_CONTROL: "a resource control policy",
}


def denial_phrase(decision: Decision, action: str) -> str:
    """Return the end of AWS's AccessDenied sentence, such as `because no session policy allows the iam:GetUser action`.

    Args:
        decision: one that does not allow.
        action: the action as AWS writes it, such as `iam:GetUser`.

    Raises:
        ValueError: the decision allows.
    """
    if decision.layer is None:
        raise ValueError("an allowed request has no denial to phrase")
    if decision.explicit_deny:
        return f"with an explicit deny in {_EXPLICIT[decision.layer]}"
    return f"because no {decision.layer.value} allows the {action} action"
