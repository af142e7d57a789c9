"""The policy that would have been enough for what somebody did."""

from dataclasses import dataclass

from ostiary.analysis.lint import Finding, Severity, lint_policy
from ostiary.governance.least_privilege.activity import Activity, Permission
from ostiary.governance.least_privilege.documents import write_policies
from ostiary.governance.least_privilege.patterns import is_expressible, patterns_by_action
from ostiary.policy import PolicyKind


@dataclass(frozen=True, slots=True)
class GeneratedPolicies:
    """What was made of an activity."""

    documents: tuple[str, ...]
    """Identity-based policies without white space that together allow it, each of a size that can be attached; several
    only where one has no room, and none where nothing was done."""
    left_out: frozenset[Permission]
    """What no policy can allow without allowing more: resources with a `*`, `?` or `$` before their last part."""
    faults: tuple[Finding, ...]
    """What would keep one of them from working; there is to be none."""


def generate_policies(activity: Activity, *, wildcards: bool = False) -> GeneratedPolicies:
    """Return policies that allow what was done, and nothing else.

    They are the identity-based part alone: a permissions boundary or a session policy limits as before.

    Args:
        activity: what was done.
        wildcards: three or more resources of one kind that an action was on become one pattern.
    """
    allowed = frozenset(permission for permission in activity.done if is_expressible(permission.resource))
    documents = write_policies(patterns_by_action(allowed, wildcards=wildcards))
    faults = tuple(
        finding
        for document in documents
        for finding in lint_policy(document, PolicyKind.IDENTITY)
        if finding.severity is Severity.ERROR
    )
    return GeneratedPolicies(documents, activity.done - allowed, faults)
