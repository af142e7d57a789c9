"""One call of each of Security Hub's operations that are served."""

from typing import Any

from tests.services.evaluating import evaluate
from tests.services.examples.stage import Example, Stage


def _finding(stage: Stage) -> dict[str, Any]:
    evaluate(stage.server)
    hub = stage.server.client("securityhub", stage.server.admin)
    (found,) = hub.get_findings(MaxResults=1)["Findings"]
    return {name: found[name] for name in ("Id", "ProductArn")}


def _subscription(stage: Stage) -> str:
    path = "subscription/aws-foundational-security-best-practices/v/1.0.0"
    return f"arn:aws:securityhub:us-east-1:{stage.account_id}:{path}"


EXAMPLES: dict[str, Example] = {
    "securityhub:BatchGetSecurityControls": lambda _: {"SecurityControlIds": ["IAM.3"]},
    "securityhub:BatchUpdateFindings": lambda stage: {
        "FindingIdentifiers": [_finding(stage)],
        "Workflow": {"Status": "NOTIFIED"},
    },
    "securityhub:DescribeHub": lambda _: {},
    "securityhub:DescribeStandards": lambda _: {},
    "securityhub:DescribeStandardsControls": lambda stage: {"StandardsSubscriptionArn": _subscription(stage)},
    "securityhub:GetEnabledStandards": lambda _: {},
    "securityhub:GetFindingHistory": lambda stage: {"FindingIdentifier": _finding(stage)},
    "securityhub:GetFindings": lambda _: {
        "Filters": {"ComplianceStatus": [{"Value": "FAILED", "Comparison": "EQUALS"}]}
    },
    "securityhub:ListSecurityControlDefinitions": lambda _: {},
}
