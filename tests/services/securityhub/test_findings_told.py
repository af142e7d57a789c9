"""Findings through boto3: as Security Hub tells them, looked for, sorted, in pages, looked into, and by who may not."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator

from tests.conftest import Credentials, RunningServer
from tests.e2e.refusals import refused
from tests.services.evaluating import evaluate

MODEL = botocore.session.Session().get_service_model("securityhub")
PRODUCT = "arn:aws:securityhub:us-east-1::product/aws/securityhub"


@pytest.fixture(scope="module")
def hub(server: RunningServer) -> Any:
    return server.client("securityhub", server.admin)


@pytest.fixture(scope="module", autouse=True)
def _users(server: RunningServer, iam: Any) -> None:
    """Twelve users without MFA, looked at."""
    for number in range(12):
        iam.create_user(UserName=f"user{number:02}")
    evaluate(server)


def equals(**wanted: str) -> dict[str, Any]:
    return {name: [{"Value": value, "Comparison": "EQUALS"}] for name, value in wanted.items()}


def found(hub: Any, filters: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    """Return the findings of all pages."""
    pages = hub.get_paginator("get_findings").paginate(Filters=filters, **more)
    return [finding for page in pages for finding in page["Findings"]]


def mfa_of(hub: Any, server: RunningServer, name: str) -> dict[str, Any]:
    arn = f"arn:aws:iam::{server.account_id}:user/{name}"
    (finding,) = found(hub, equals(ComplianceSecurityControlId="IAM.19", ResourceId=arn))
    return finding


def identifier(finding: dict[str, Any]) -> dict[str, str]:
    return {"Id": finding["Id"], "ProductArn": finding["ProductArn"]}


def test_a_finding_as_security_hub_tells_it(server: RunningServer, hub: Any) -> None:
    finding = mfa_of(hub, server, "user00")
    arn = f"arn:aws:securityhub:us-east-1:{server.account_id}:security-control/IAM.19/finding/"
    user = f"arn:aws:iam::{server.account_id}:user/user00"
    assert finding["Id"].startswith(arn)
    assert finding["SchemaVersion"] == "2018-10-08"
    assert (finding["ProductArn"], finding["GeneratorId"]) == (PRODUCT, "security-control/IAM.19")
    assert (finding["AwsAccountId"], finding["Region"]) == (server.account_id, "us-east-1")
    assert finding["Severity"] == {"Label": "MEDIUM", "Normalized": 40, "Original": "MEDIUM"}
    assert finding["Resources"] == [{"Type": "AwsIamUser", "Id": user, "Partition": "aws", "Region": "us-east-1"}]
    assert finding["Compliance"]["Status"] == "FAILED"
    assert finding["Compliance"]["SecurityControlId"] == "IAM.19"
    assert "NIST.800-53.r5 IA-2(1)" in finding["Compliance"]["RelatedRequirements"]
    assert {"StandardsId": "standards/nist-800-53/v/5.0.0"} in finding["Compliance"]["AssociatedStandards"]
    assert (finding["Workflow"], finding["RecordState"]) == ({"Status": "NEW"}, "ACTIVE")
    assert finding["ProductFields"]["aws/securityhub/annotation"] == "it has no MFA device"
    assert finding["ProductFields"]["aws/securityhub/FindingId"] == f"{PRODUCT}/{finding['Id']}"
    assert finding["ProductFields"]["RelatedAWSResources:0/name"] == "iam-user-mfa-enabled"
    assert finding["Remediation"]["Recommendation"]["Url"].endswith("/securityhub/IAM.19/remediation")
    assert finding["FindingProviderFields"]["Severity"] == {"Label": "MEDIUM", "Original": "MEDIUM"}
    assert datetime.fromisoformat(finding["CreatedAt"]) <= datetime.fromisoformat(finding["LastObservedAt"])


def test_every_finding_is_one_by_the_model(hub: Any) -> None:
    findings = found(hub, {})
    assert len(findings) > 100
    report = ParamValidator().validate({"Findings": findings}, MODEL.operation_model("GetFindings").output_shape)
    assert not report.has_errors(), report.generate_report()
    ids = [finding["Id"] for finding in findings]
    assert len(set(ids)) == len(ids)


def test_what_passes_is_no_issue_and_resolved(hub: Any) -> None:
    passed = found(hub, equals(ComplianceStatus="PASSED"))
    assert passed
    assert {finding["Severity"]["Label"] for finding in passed} == {"INFORMATIONAL"}
    assert {finding["Workflow"]["Status"] for finding in passed} == {"RESOLVED"}


def test_the_account_is_a_resource_of_its_own_kind(server: RunningServer, hub: Any) -> None:
    resource = f"AWS::::Account:{server.account_id}"
    findings = found(hub, equals(ResourceId=resource))
    assert "IAM.9" in {finding["Compliance"]["SecurityControlId"] for finding in findings}
    assert {finding["Resources"][0]["Type"] for finding in findings} == {"AwsAccount"}


def test_controls_that_security_hub_lacks_are_our_own(hub: Any) -> None:
    (finding,) = found(hub, equals(ComplianceSecurityControlId="OSTIARY.root-account-not-used"))
    assert finding["GeneratorId"] == "security-control/OSTIARY.root-account-not-used"
    assert finding["Resources"][0]["Type"] == "AwsAccount"


def test_findings_in_pages_are_each_told_once(hub: Any) -> None:
    filters = {
        **equals(ComplianceSecurityControlId="IAM.19"),
        "ResourceId": [{"Value": "user0", "Comparison": "CONTAINS"}],
    }
    whole = found(hub, filters)
    assert len(whole) == 10
    for size in (1, 3, 10):
        assert found(hub, filters, PaginationConfig={"PageSize": size}) == whole
    assert "NextToken" not in hub.get_findings(Filters=filters, MaxResults=10)


def test_findings_are_sorted(hub: Any) -> None:
    order = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL"]
    criteria = [{"Field": "SeverityLabel", "SortOrder": "desc"}, {"Field": "ResourceId", "SortOrder": "asc"}]
    findings = found(hub, {}, SortCriteria=criteria, PaginationConfig={"PageSize": 23})
    keys = [(order.index(each["Severity"]["Label"]), each["Resources"][0]["Id"]) for each in findings]
    assert [key[0] for key in keys] == sorted(key[0] for key in keys)
    failed = [key for key, each in zip(keys, findings, strict=True) if each["Compliance"]["Status"] == "FAILED"]
    names = [key[1] for key in failed if key[0] == order.index("MEDIUM") and ":user/" in key[1]]
    by_control = [each["Title"] for each in found(hub, {}, SortCriteria=[{"Field": "Title", "SortOrder": "desc"}])]
    assert names
    assert by_control == sorted(by_control, reverse=True)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda hub: hub.get_findings(SortCriteria=[{"Field": "Malware"}]), "SortCriteria.Field must be one of"),
        (lambda hub: hub.get_findings(NextToken="x"), "NextToken is not valid"),
        (lambda hub: hub.get_findings(Filters={"Title": [{"Value": "a"}]}), "Filters.Title must have"),
        (lambda hub: hub.get_findings(MaxResults=101), "1 validation error detected"),
    ],
)
def test_what_cannot_be_asked(server: RunningServer, call: Callable[[Any], Any], message: str) -> None:
    hub = server.client("securityhub", server.admin, parameter_validation=False)
    assert refused(lambda: call(hub))[0] == "InvalidInputException"
    with pytest.raises(ClientError, match=message):
        call(hub)


def test_a_token_goes_on_with_its_own_search_alone(hub: Any) -> None:
    token = hub.get_findings(MaxResults=1)["NextToken"]
    assert hub.get_findings(MaxResults=2, NextToken=token)["Findings"]
    other = equals(ComplianceStatus="FAILED")
    assert refused(lambda: hub.get_findings(Filters=other, NextToken=token))[0] == "InvalidInputException"


def test_a_finding_is_suppressed_with_a_reason_that_lasts(server: RunningServer, hub: Any) -> None:
    before = mfa_of(hub, server, "user01")
    note = {"Text": "a machine's, without a password", "UpdatedBy": "security"}
    answer = hub.batch_update_findings(
        FindingIdentifiers=[identifier(before)], Workflow={"Status": "SUPPRESSED"}, Note=note
    )
    assert answer["ProcessedFindings"] == [identifier(before)]
    assert answer["UnprocessedFindings"] == []
    evaluate(server)
    after = mfa_of(hub, server, "user01")
    assert after["Workflow"] == {"Status": "SUPPRESSED"}
    assert (after["Note"]["Text"], after["Note"]["UpdatedBy"]) == (note["Text"], note["UpdatedBy"])
    assert (after["Compliance"]["Status"], after["UpdatedAt"]) == ("FAILED", before["UpdatedAt"])
    suppressed = found(hub, equals(WorkflowStatus="SUPPRESSED", NoteUpdatedBy="security"))
    assert [finding["Id"] for finding in suppressed] == [before["Id"]]
    latest, first = hub.get_finding_history(FindingIdentifier=identifier(before))["Records"]
    assert first["FindingCreated"] is True
    assert first["UpdateSource"] == {"Type": "BATCH_IMPORT_FINDINGS", "Identity": "ostiary.amazonaws.com"}
    assert latest["UpdateSource"] == {
        "Type": "BATCH_UPDATE_FINDINGS",
        "Identity": f"arn:aws:iam::{server.account_id}:user/admin",
    }
    assert {"UpdatedField": "Workflow.Status", "OldValue": "NEW", "NewValue": "SUPPRESSED"} in latest["Updates"]
    assert {"UpdatedField": "Note.Text", "NewValue": note["Text"]} in latest["Updates"]


def test_a_resource_that_goes_is_archived(server: RunningServer, iam: Any, hub: Any) -> None:
    iam.create_user(UserName="passing")
    evaluate(server)
    finding = mfa_of(hub, server, "passing")
    iam.delete_user(UserName="passing")
    evaluate(server)
    assert mfa_of(hub, server, "passing")["RecordState"] == "ARCHIVED"
    latest, _ = hub.get_finding_history(FindingIdentifier=identifier(finding))["Records"]
    assert latest["Updates"] == [{"UpdatedField": "RecordState", "OldValue": "ACTIVE", "NewValue": "ARCHIVED"}]


def test_history_is_cut_by_time_and_in_pages(server: RunningServer, hub: Any) -> None:
    finding = identifier(mfa_of(hub, server, "user02"))
    for status in ("NOTIFIED", "RESOLVED"):
        hub.batch_update_findings(FindingIdentifiers=[finding], Workflow={"Status": status})
    records = hub.get_finding_history(FindingIdentifier=finding)["Records"]
    assert [record["FindingCreated"] for record in records].count(True) == 1
    assert len(records) == 3
    pages = hub.get_paginator("get_finding_history").paginate(
        FindingIdentifier=finding, PaginationConfig={"PageSize": 2}
    )
    assert [record for page in pages for record in page["Records"]] == records
    long_ago = datetime.now(UTC) - timedelta(days=9)
    assert hub.get_finding_history(FindingIdentifier=finding, EndTime=long_ago)["Records"] == []
    assert hub.get_finding_history(FindingIdentifier=finding, StartTime=long_ago)["Records"] == records
    turned = {"FindingIdentifier": finding, "StartTime": datetime.now(UTC), "EndTime": long_ago}
    assert refused(lambda: hub.get_finding_history(**turned))[0] == "InvalidInputException"


def test_what_cannot_be_updated_is_told(server: RunningServer, hub: Any) -> None:
    finding = identifier(mfa_of(hub, server, "user03"))
    unknown = {**finding, "Id": finding["Id"][:-4] + "0000"}
    elsewhere = {**finding, "ProductArn": "arn:aws:securityhub:us-east-1::product/aws/guardduty"}
    answer = hub.batch_update_findings(
        FindingIdentifiers=[unknown, elsewhere, finding, finding], Workflow={"Status": "NOTIFIED"}
    )
    assert answer["ProcessedFindings"] == []
    assert {
        (each["FindingIdentifier"]["Id"], each["FindingIdentifier"]["ProductArn"]): each["ErrorCode"]
        for each in answer["UnprocessedFindings"]
    } == {
        (unknown["Id"], PRODUCT): "FindingNotFound",
        (elsewhere["Id"], elsewhere["ProductArn"]): "FindingNotFound",
        (finding["Id"], PRODUCT): "DuplicatedFindingIdentifier",
    }
    assert mfa_of(hub, server, "user03")["Workflow"] == {"Status": "NEW"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "Workflow.Status or Note must be given"),
        ({"Workflow": {}}, "Workflow.Status or Note must be given"),
        ({"Severity": {"Label": "LOW"}}, "Severity cannot be set"),
        ({"VerificationState": "FALSE_POSITIVE"}, "VerificationState cannot be set"),
        ({"Note": {"Text": "x" * 513, "UpdatedBy": "me"}}, "must not be longer than 512"),
    ],
)
def test_updates_that_are_refused(server: RunningServer, hub: Any, given: dict[str, Any], message: str) -> None:
    finding = identifier(mfa_of(hub, server, "user04"))
    with pytest.raises(ClientError, match=message) as caught:
        hub.batch_update_findings(FindingIdentifiers=[finding], **given)
    assert caught.value.response["Error"]["Code"] == "InvalidInputException"


def test_findings_are_updated_a_hundred_at_a_time(hub: Any) -> None:
    many = [{"Id": f"x{number}", "ProductArn": PRODUCT} for number in range(101)]
    for named in ([], many):
        with pytest.raises(ClientError, match="from 1 to 100"):
            hub.batch_update_findings(FindingIdentifiers=named, Workflow={"Status": "NEW"})


def user_with(iam: Any, name: str, *statements: dict[str, Any]) -> Credentials:
    iam.create_user(UserName=name)
    document = {"Version": "2012-10-17", "Statement": list(statements)}
    iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=json.dumps(document))
    return Credentials.of(iam.create_access_key(UserName=name)["AccessKey"])


def test_who_may_note_may_be_kept_from_suppressing(server: RunningServer, iam: Any, hub: Any) -> None:
    arn = f"arn:aws:securityhub:us-east-1:{server.account_id}:hub/default"
    key = user_with(
        iam,
        "watcher",
        {"Effect": "Allow", "Action": "securityhub:BatchUpdateFindings", "Resource": arn},
        {
            "Effect": "Deny",
            "Action": "securityhub:BatchUpdateFindings",
            "Resource": "*",
            "Condition": {"StringEquals": {"securityhub:ASFFSyntaxPath/Workflow.Status": "SUPPRESSED"}},
        },
    )
    watcher = server.client("securityhub", key)
    finding = identifier(mfa_of(hub, server, "user05"))
    assert watcher.batch_update_findings(FindingIdentifiers=[finding], Workflow={"Status": "NOTIFIED"})
    update = {"FindingIdentifiers": [finding], "Workflow": {"Status": "SUPPRESSED"}}
    code, message, _ = refused(lambda: watcher.batch_update_findings(**update))
    assert code == "AccessDeniedException"
    assert f"securityhub:BatchUpdateFindings on resource: {arn} with an explicit deny" in message
    assert refused(watcher.get_findings)[0] == "AccessDeniedException"
    assert mfa_of(hub, server, "user05")["Workflow"] == {"Status": "NOTIFIED"}


def test_updates_are_in_the_trail(server: RunningServer, hub: Any) -> None:
    finding = identifier(mfa_of(hub, server, "user06"))
    hub.batch_update_findings(FindingIdentifiers=[finding], Note={"Text": "seen", "UpdatedBy": "me"})
    trail = server.client("cloudtrail", server.admin)
    attributes = [{"AttributeKey": "EventName", "AttributeValue": "BatchUpdateFindings"}]
    event = json.loads(trail.lookup_events(LookupAttributes=attributes)["Events"][0]["CloudTrailEvent"])
    assert event["eventSource"] == "securityhub.amazonaws.com"
    assert event["requestParameters"]["note"] == {"text": "seen", "updatedBy": "me"}
    assert event["readOnly"] is False


def test_accounts_see_nothing_of_each_other(
    start_server: Callable[..., RunningServer], hub: Any, server: RunningServer
) -> None:
    theirs = mfa_of(hub, server, "user07")
    other = start_server("222233334444")
    evaluate(other)
    mine = other.client("securityhub", other.admin)
    assert found(mine, equals(Id=theirs["Id"])) == []
    assert found(mine, equals(AwsAccountId=server.account_id)) == []
    answer = mine.batch_update_findings(FindingIdentifiers=[identifier(theirs)], Workflow={"Status": "SUPPRESSED"})
    assert [each["ErrorCode"] for each in answer["UnprocessedFindings"]] == ["FindingNotFound"]
    assert mine.get_finding_history(FindingIdentifier=identifier(theirs))["Records"] == []
