"""What findings can be filtered by: the value of each attribute that ours have, and what it hangs on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from ostiary.governance.findings import control_id
from ostiary.services.securityhub.asff import COMPANY, PRODUCT, TYPES, generator_id
from ostiary.services.securityhub.naming import (
    PRODUCT_ARN,
    REGION,
    finding_arn,
    resource_id,
    resource_type,
)
from ostiary.services.securityhub.standards import standards_of
from ostiary.services.securityhub.view import NORMALIZED, View


class On(Enum):
    """What an attribute's value hangs on; what is known of all findings that share it need not be looked at in each."""

    CONTROL = "its control, or nothing at all"
    VERDICT = "its control and what that says"
    WORKFLOW = "its workflow"
    ARCHIVED = "whether it is archived"
    FINDING = "the finding itself"


Value = str | float | datetime | None


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute that findings can be filtered by."""

    on: On
    values: Callable[[View], tuple[Value, ...]]
    """All its values; one is enough to match."""


def _one(on: On, value: Callable[[View], Value]) -> Attribute:
    return Attribute(on, lambda view: (value(view),))


def _always(value: str) -> Attribute:
    return Attribute(On.CONTROL, lambda _: (value,))


TEXTS: Mapping[str, Attribute] = MappingProxyType(
    {
        "ProductArn": _always(PRODUCT_ARN),
        "ProductName": _always(PRODUCT),
        "CompanyName": _always(COMPANY),
        "Region": _always(REGION),
        "ResourceRegion": _always(REGION),
        "ResourcePartition": _always("aws"),
        "WorkflowState": _always("NEW"),
        "AwsAccountId": _one(On.CONTROL, lambda view: view.account),
        "GeneratorId": _one(On.CONTROL, generator_id),
        "Title": _one(On.CONTROL, lambda view: view.control.title),
        "Description": _one(On.CONTROL, lambda view: view.control.description),
        "RecommendationText": _one(On.CONTROL, lambda view: view.control.remediation),
        "ComplianceSecurityControlId": _one(On.CONTROL, lambda view: control_id(view.control)),
        "ComplianceAssociatedStandardsId": Attribute(
            On.CONTROL, lambda view: tuple(each.standard_id for each in standards_of(view.control))
        ),
        "Type": Attribute(On.CONTROL, lambda _: TYPES),
        "FindingProviderFieldsTypes": Attribute(On.CONTROL, lambda _: TYPES),
        "ComplianceStatus": _one(On.VERDICT, lambda view: view.finding.status),
        "SeverityLabel": _one(On.VERDICT, lambda view: view.severity.value),
        "FindingProviderFieldsSeverityLabel": _one(On.VERDICT, lambda view: view.severity.value),
        "FindingProviderFieldsSeverityOriginal": _one(On.VERDICT, lambda view: view.severity.value),
        "WorkflowStatus": _one(On.WORKFLOW, lambda view: view.finding.workflow.value),
        "RecordState": _one(On.ARCHIVED, lambda view: view.record_state),
        "Id": _one(On.FINDING, lambda view: finding_arn(view.account, view.control, view.finding.finding_id)),
        "ResourceId": _one(On.FINDING, lambda view: resource_id(view.account, view.finding)),
        "ResourceType": _one(On.FINDING, lambda view: resource_type(view.finding.resource_type)),
        "NoteText": _one(On.FINDING, lambda view: view.finding.note),
        "NoteUpdatedBy": _one(On.FINDING, lambda view: view.finding.note_by),
    }
)
DATES: Mapping[str, Attribute] = MappingProxyType(
    {
        "FirstObservedAt": _one(On.FINDING, lambda view: view.finding.first_observed_at),
        "CreatedAt": _one(On.FINDING, lambda view: view.finding.first_observed_at),
        "UpdatedAt": _one(On.FINDING, lambda view: view.finding.updated_at),
        "LastObservedAt": _one(On.FINDING, lambda view: view.observed_at),
        "NoteUpdatedAt": _one(On.FINDING, lambda view: view.finding.noted_at),
    }
)
NUMBERS: Mapping[str, Attribute] = MappingProxyType(
    {"SeverityNormalized": _one(On.VERDICT, lambda view: NORMALIZED[view.severity])}
)
