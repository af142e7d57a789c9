"""Session policies: what narrows a session from the start, and how much of it there may be.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
"""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import in_force
from ostiary.directory.directory import Directory
from ostiary.directory.quotas import policy_size
from ostiary.policy import MalformedPolicy, PolicyKind, parse_policy
from ostiary.values.caller import Session
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId

_MOST_POLICY_CHARACTERS = 2_048
_MOST_POLICY_ARNS = 10


def session_policies(parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the policy that a call passes as text, if any.

    Raises:
        Fault: `MalformedPolicyDocument`, it is none.
    """
    document: str | None = parameters.get("Policy")
    if document is None:
        return ()
    try:
        parse_policy(document, PolicyKind.SESSION)
    except MalformedPolicy as error:
        raise Fault("MalformedPolicyDocument", str(error)) from error
    return (document,)


def session_policy_arns(directory: Directory, account: AccountId, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the managed policies that a call passes as session policies.

    Args:
        directory: the call's transaction.
        account: the account of the session, whose policies and AWS's can be passed.
        parameters: the call's.

    Raises:
        Fault: there are too many, or one does not exist.
    """
    arns = tuple(dict.fromkeys(item["arn"] for item in parameters.get("PolicyArns", ()) if "arn" in item))
    if len(arns) > _MOST_POLICY_ARNS:
        raise Fault("PackedPolicyTooLarge", f"The number of policies passed exceeds {_MOST_POLICY_ARNS}.")
    for arn in arns:
        if in_force.managed_text(directory, account, arn) is None:
            raise Fault("ValidationError", f"Policy {arn} does not exist or is not attachable.")
    return arns


def packed_policy_size(session: Session) -> int:
    """Return how full a session is, in percent of the characters that its policies and tags may take.

    Raises:
        Fault: `PackedPolicyTooLarge`, it is over-full.
    """
    used = (
        sum(map(policy_size, session.policies))
        + sum(map(len, session.policy_arns))
        + sum(len(key) + len(value) for key, value in (session.tags or {}).items())
    )
    size = -(-used * 100 // _MOST_POLICY_CHARACTERS)
    if size > 100:  # noqa: PLR2004 - percent
        # STS has a sentence for tags alone, and one for whatever has a policy with it.
        sentence = (
            f"Packed policy consumes {size}% of allotted space, please use smaller policy."
            if session.policies or session.policy_arns
            else f"Packed size of session tags consumes {size}% of allotted space."
        )
        raise Fault("PackedPolicyTooLarge", sentence)
    return size
