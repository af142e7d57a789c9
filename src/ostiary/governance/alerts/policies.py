"""Policies that come to allow everything on everything.

What counts as that is what the control on administrators says, so that an alert and its finding agree.
"""

from collections.abc import Iterator

from ostiary.audit import AuditEvent
from ostiary.directory.entities import EntityKind
from ostiary.governance.alerts.evidence import Evidence
from ostiary.governance.alerts.raised import Raised, Rule, mapping_in, parameters_of, text_in
from ostiary.governance.controls.administration import find_administration
from ostiary.governance.controls.documents import read_policy
from ostiary.policy import MalformedPolicy

_KIND = "policy-opened-wide"


def created(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a new managed policy that allows everything."""
    yield from _if_wide(evidence, text_in(mapping_in(mapping_in(event.body, "responseElements"), "policy"), "arn"))


def version_created(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a managed policy whose new version allows everything, if it is in force."""
    asked = parameters_of(event)
    if asked.get("setAsDefault"):
        yield from _if_wide(evidence, text_in(asked, "policyArn"))


def default_set(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a managed policy whose version now in force allows everything."""
    yield from _if_wide(evidence, text_in(parameters_of(event), "policyArn"))


def attached(kind: EntityKind) -> Rule:
    """Return the rule that tells of a managed policy that allows everything, given to somebody."""

    def rule(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
        asked = parameters_of(event)
        name, arn = text_in(asked, _member(kind)), text_in(asked, "policyArn")
        if name and arn and _is_wide(evidence, evidence.managed_document(arn)):
            title = f"{arn.rpartition('/')[2]}, which allows everything, was attached to {_called(kind, name)}"
            yield Raised(_KIND, title, evidence.arn_of(kind, name))

    return rule


def put(kind: EntityKind) -> Rule:
    """Return the rule that tells of an inline policy that allows everything."""

    def rule(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
        asked = parameters_of(event)
        name, policy = text_in(asked, _member(kind)), text_in(asked, "policyName")
        if name and policy and _is_wide(evidence, evidence.inline_document(kind, name, policy)):
            title = f"The inline policy {policy} of {_called(kind, name)} allows everything"
            yield Raised(_KIND, title, evidence.arn_of(kind, name))

    return rule


def _if_wide(evidence: Evidence, arn: str | None) -> Iterator[Raised]:
    if arn and _is_wide(evidence, evidence.managed_document(arn)):
        yield Raised(_KIND, f"The policy {arn.rpartition('/')[2]} allows everything", arn)


def _is_wide(evidence: Evidence, document: str | None) -> bool:
    if document is None:
        return False
    try:
        return find_administration(read_policy(document), evidence.account) is not None
    except MalformedPolicy:
        # Such a policy allows nobody anything.
        return False


def _member(kind: EntityKind) -> str:
    return f"{kind.value.lower()}Name"


def _called(kind: EntityKind, name: str) -> str:
    return f"the {kind.value.lower()} {name}"
