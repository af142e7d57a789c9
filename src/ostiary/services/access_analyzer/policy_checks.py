"""Checking a policy.

Source: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from ostiary.analysis.lint import Finding, lint_policy
from ostiary.directory.directory import Directory
from ostiary.policy import PolicyKind
from ostiary.services.access_analyzer.errors import invalid
from ostiary.services.access_analyzer.locations import Locations
from ostiary.services.access_analyzer.pages import next_token, requested_place, requested_size
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.operation import Need, Operation

Output = Mapping[str, Any]

_LONGEST_DOCUMENT = 64 * 1024
"""In bytes; no policy that AWS takes is nearly as long."""

_KINDS: Mapping[str, PolicyKind] = MappingProxyType(
    {
        "IDENTITY_POLICY": PolicyKind.IDENTITY,
        "RESOURCE_CONTROL_POLICY": PolicyKind.RESOURCE_CONTROL,
        "RESOURCE_POLICY": PolicyKind.RESOURCE,
        "SERVICE_CONTROL_POLICY": PolicyKind.SERVICE_CONTROL,
    }
)
_TRUST_POLICIES = "AWS::IAM::AssumeRolePolicyDocument"

_SAME_ON_ALL_PAGES = ("policyDocument", "policyType", "validatePolicyResourceType")


def validate_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Return what there is to say about a policy, in the order of its text.

    Raises:
        Fault: `ValidationException`, the document is too long, or the page's size or its token is not such.
    """
    text = call.parameters["policyDocument"]
    if len(text.encode(errors="surrogatepass")) > _LONGEST_DOCUMENT:
        raise invalid(f"policyDocument must not be longer than {_LONGEST_DOCUMENT} bytes.")
    kind, size = _requested_kind(call.parameters), requested_size(call.parameters)
    start = int(requested_place(call, directory, _SAME_ON_ALL_PAGES) or 0)
    findings = lint_policy(text, kind)
    locations = Locations(text)
    end = start + size
    return {
        "findings": [_finding_shape(finding, locations) for finding in findings[start:end]],
        "nextToken": next_token(call, directory, _SAME_ON_ALL_PAGES, str(end)) if end < len(findings) else None,
    }


def _requested_kind(parameters: Mapping[str, Any]) -> PolicyKind:
    resource_type = parameters.get("validatePolicyResourceType")
    kind = _KINDS[parameters["policyType"]]
    if resource_type is None:
        return kind
    if kind is not PolicyKind.RESOURCE:
        raise invalid("validatePolicyResourceType can be given only with the policyType RESOURCE_POLICY.")
    return PolicyKind.TRUST if resource_type == _TRUST_POLICIES else kind


def _finding_shape(finding: Finding, locations: Locations) -> Output:
    return {
        "findingDetails": f"{_sentence(finding.message)} {_sentence(finding.help)}",
        "findingType": finding.severity.value,
        "issueCode": finding.code,
        "learnMoreLink": finding.link,
        "locations": [locations.of(finding)],
    }


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('?', '.')) else '.'}"


def _needs(_directory: Directory, _caller: Caller, _parameters: Mapping[str, Any]) -> Iterable[Need]:
    yield Need("access-analyzer:ValidatePolicy", "*")


OPERATIONS = (Operation("access-analyzer", "ValidatePolicy", _needs, validate_policy, writes=False),)
