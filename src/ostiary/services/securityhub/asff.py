"""A finding in the AWS Security Finding Format, as Security Hub writes those of its own controls.

Source: https://docs.aws.amazon.com/securityhub/latest/userguide/sample-control-findings.html
"""

from collections.abc import Mapping
from typing import Any

from ostiary.governance.findings import control_id
from ostiary.services.securityhub.naming import (
    PRODUCT_ARN,
    REGION,
    finding_arn,
    remediation_url,
    resource_id,
    resource_type,
)
from ostiary.services.securityhub.standards import standards_of
from ostiary.services.securityhub.view import NORMALIZED, View, moment_text

Shape = Mapping[str, Any]

COMPANY, PRODUCT = "AWS", "Security Hub"
TYPES = ("Software and Configuration Checks/Industry and Regulatory Standards",)
BROKEN = "CONTROL_NOT_EVALUATED"
"""The reason code of a finding that may be out of date, since its control breaks."""


def generator_id(view: View) -> str:
    """Return what made a finding."""
    return f"security-control/{control_id(view.control)}"


def finding_shape(view: View) -> Shape:
    """Return a finding in the format."""
    finding, control = view.finding, view.control
    arn, resource = finding_arn(view.account, control, finding.finding_id), resource_id(view.account, finding)
    severity = view.severity.value
    return {
        "SchemaVersion": "2018-10-08",
        "Id": arn,
        "ProductArn": PRODUCT_ARN,
        "ProductName": PRODUCT,
        "CompanyName": COMPANY,
        "Region": REGION,
        "GeneratorId": generator_id(view),
        "AwsAccountId": view.account,
        "Types": TYPES,
        "FirstObservedAt": moment_text(finding.first_observed_at),
        "LastObservedAt": moment_text(view.observed_at),
        "CreatedAt": moment_text(finding.first_observed_at),
        "UpdatedAt": moment_text(finding.updated_at),
        "Severity": {"Label": severity, "Normalized": NORMALIZED[view.severity], "Original": severity},
        "Title": control.title,
        "Description": control.description,
        "Remediation": {"Recommendation": {"Text": control.remediation, "Url": remediation_url(control)}},
        "ProductFields": {
            **_config_rule(view),
            "aws/securityhub/ProductName": PRODUCT,
            "aws/securityhub/CompanyName": COMPANY,
            "aws/securityhub/annotation": finding.reason,
            "Resources:0/Id": resource,
            "aws/securityhub/FindingId": f"{PRODUCT_ARN}/{arn}",
        },
        "Resources": [
            {"Type": resource_type(finding.resource_type), "Id": resource, "Partition": "aws", "Region": REGION}
        ],
        "Compliance": _compliance(view),
        "WorkflowState": "NEW",
        "Workflow": {"Status": finding.workflow.value},
        "RecordState": view.record_state,
        "Note": _note(view),
        "FindingProviderFields": {"Severity": {"Label": severity, "Original": severity}, "Types": TYPES},
        "ProcessedAt": moment_text(finding.updated_at),
    }


def _compliance(view: View) -> Shape:
    reason = {"ReasonCode": BROKEN, "Description": f"The control could not be evaluated: {view.error}"}
    return {
        "Status": view.finding.status,
        "RelatedRequirements": list(view.control.requirements) or None,
        "StatusReasons": [reason] if view.error else None,
        "SecurityControlId": control_id(view.control),
        "AssociatedStandards": [{"StandardsId": each.standard_id} for each in standards_of(view.control)] or None,
    }


def _config_rule(view: View) -> Mapping[str, str]:
    if view.control.config_rule is None:
        return {}
    return {"RelatedAWSResources:0/name": view.control.key, "RelatedAWSResources:0/type": "AWS::Config::ConfigRule"}


def _note(view: View) -> Shape | None:
    finding = view.finding
    if finding.note is None or finding.note_by is None or finding.noted_at is None:
        return None
    return {"Text": finding.note, "UpdatedBy": finding.note_by, "UpdatedAt": moment_text(finding.noted_at)}
