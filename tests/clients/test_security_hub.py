"""The AWS CLI on findings and on Config's rules: read, in pages, as tables, and suppressed with a reason."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.clients.accounts import careless
from tests.clients.tools import Tool
from tests.conftest import RunningServer
from tests.services.evaluating import evaluate

AWS = Tool(Path(sys.executable).parent / "aws")


@pytest.fixture(scope="module", autouse=True)
def _account(server: RunningServer, iam: Any) -> None:
    careless(iam)
    evaluate(server)


def aws(server: RunningServer, *words: str) -> Any:
    return json.loads(AWS.run(server, server.admin, *words))


def test_findings_are_read_in_pages_and_suppressed(server: RunningServer) -> None:
    filters = {
        "ComplianceSecurityControlId": [{"Value": "IAM.19", "Comparison": "EQUALS"}],
        "ComplianceStatus": [{"Value": "FAILED", "Comparison": "EQUALS"}],
    }
    asking = ("securityhub", "get-findings", "--filters", json.dumps(filters), "--page-size", "1")
    findings = aws(server, *asking)["Findings"]
    users = {finding["Resources"][0]["Id"].rpartition("/")[2] for finding in findings}
    assert users == {"admin", "careless", "reader"}
    note = json.dumps({"Text": "an example", "UpdatedBy": "me"})
    named = json.dumps([{name: findings[0][name] for name in ("Id", "ProductArn")}])
    words = ("--finding-identifiers", named, "--workflow", "Status=SUPPRESSED", "--note", note)
    assert aws(server, "securityhub", "batch-update-findings", *words)["UnprocessedFindings"] == []
    (after,) = [each for each in aws(server, *asking)["Findings"] if each["Id"] == findings[0]["Id"]]
    assert (after["Workflow"]["Status"], after["Note"]["Text"]) == ("SUPPRESSED", "an example")


def test_rules_are_read_as_a_table(server: RunningServer) -> None:
    words = ("configservice", "describe-compliance-by-config-rule", "--compliance-types", "NON_COMPLIANT")
    names = [rule["ConfigRuleName"] for rule in aws(server, *words)["ComplianceByConfigRules"]]
    assert {"iam-user-mfa-enabled", "root-account-mfa-enabled"} <= set(names)
    table = AWS.run(server, server.admin, *words, "--output", "table")
    assert "iam-user-mfa-enabled" in table
