"""PolicyExclusionList: what the simulation leaves out of the policies that are attached.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyIdentifier.html
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ostiary.services.iam.policy_sources import AttachedText, InlineText
from ostiary.values.fault import Fault

Excluded = Callable[[InlineText | AttachedText], bool]

_POLICY_ARN = re.compile(
    r"(?P<start>arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/)(?P<path>[!-~]+/)?(?P<name>[\w+=,.@*?-]+)", re.ASCII
)
_OF_AWS = re.compile(r"arn:aws[a-z-]*:iam::aws:policy/.+", re.ASCII)


def excludes_boundary(identifiers: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the boundary is left out; an ARN means identity-based policies only, so it never does that."""
    return any(identifier.get("PolicyType") == "permission-boundary" for identifier in identifiers)


def compile_exclusions(identifiers: Sequence[Mapping[str, Any]]) -> Excluded:
    """Return a test of whether an attached policy is left out; what fits none is no error.

    Raises:
        Fault: `InvalidInput`, an identifier names nothing or several things, or is no ARN, or has wildcards where none
            may be.
    """
    tests = [_compile(identifier) for identifier in identifiers]
    return lambda policy: any(test(policy) for test in tests)


def _compile(identifier: Mapping[str, Any]) -> Excluded:
    if len(identifier) != 1:
        raise _invalid("exactly one of PolicyType, PolicyArn and InlinePolicyIdentifier must be specified")
    ((means, value),) = identifier.items()
    match means:
        case "PolicyType":
            return lambda policy: _type_of(policy) == value
        case "PolicyArn":
            return _compile_arn(value)
        case _:
            return _compile_inline(value)


def _type_of(policy: InlineText | AttachedText) -> str:
    if isinstance(policy, InlineText):
        return "inline"
    return "aws-managed" if _OF_AWS.fullmatch(policy.arn) else "user-managed"


def _compile_arn(pattern: str) -> Excluded:
    written = _POLICY_ARN.fullmatch(pattern)
    if written is None or set(written["path"] or "") & set("*?"):
        raise _invalid(f"{pattern} is not valid")
    fits = _compile_wildcards(pattern)

    def test(policy: InlineText | AttachedText) -> bool:
        if not isinstance(policy, AttachedText):
            return False
        attached = _POLICY_ARN.fullmatch(policy.arn)
        # IAM also takes the ARN that a policy would have without its path.
        return fits(policy.arn) or (attached is not None and fits(attached["start"] + attached["name"]))

    return test


def _compile_inline(identifier: Mapping[str, str]) -> Excluded:
    owner_fits = _compile_wildcards(identifier["AttachmentName"])

    def test(policy: InlineText | AttachedText) -> bool:
        return (
            isinstance(policy, InlineText)
            and policy.name == identifier["PolicyName"]
            and policy.owner_kind.value.lower() == identifier["AttachmentType"]
            and owner_fits(policy.owner)
        )

    return test


def _compile_wildcards(pattern: str) -> Callable[[str], bool]:
    if pattern.count("*") > 1:
        raise _invalid(f"{pattern} has more than one *")
    # With a single `*` there is nothing to try twice, so the time stays linear.
    compiled = re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."))
    return lambda text: compiled.fullmatch(text) is not None


def _invalid(detail: str) -> Fault:
    return Fault("InvalidInput", f"Invalid policy identifier: {detail}.")
