"""The hub, its standards and its controls through boto3."""

from typing import Any

import botocore.session
import pytest
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator

from ostiary.governance.controls import CONTROLS
from tests.conftest import RunningServer
from tests.e2e.raw_http import send
from tests.e2e.refusals import refused

MODEL = botocore.session.Session().get_service_model("securityhub")


@pytest.fixture(scope="module")
def hub(server: RunningServer) -> Any:
    return server.client("securityhub", server.admin)


def fits(name: str, answer: dict[str, Any]) -> bool:
    """Tell whether an answer is one by the model: what is required is there, and nothing is of another type."""
    told = {key: value for key, value in answer.items() if key != "ResponseMetadata"}
    report = ParamValidator().validate(told, MODEL.operation_model(name).output_shape)
    assert not report.has_errors(), report.generate_report()
    return True


def test_the_hub(server: RunningServer, hub: Any) -> None:
    arn = f"arn:aws:securityhub:us-east-1:{server.account_id}:hub/default"
    answer = hub.describe_hub()
    assert fits("DescribeHub", answer)
    assert (answer["HubArn"], answer["ControlFindingGenerator"]) == (arn, "SECURITY_CONTROL")
    assert hub.describe_hub(HubArn=arn)["SubscribedAt"] == answer["SubscribedAt"]
    assert refused(lambda: hub.describe_hub(HubArn=f"{arn}s"))[::2] == ("ResourceNotFoundException", 404)


def test_standards_and_subscriptions_to_all_of_them(server: RunningServer, hub: Any) -> None:
    standards, enabled = hub.describe_standards(), hub.get_enabled_standards()
    assert fits("DescribeStandards", standards)
    assert fits("GetEnabledStandards", enabled)
    arns = [each["StandardsArn"] for each in standards["Standards"]]
    assert "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0" in arns
    assert "arn:aws:securityhub:us-east-1::standards/cis-aws-foundations-benchmark/v/5.0.0" in arns
    assert [each["StandardsArn"] for each in enabled["StandardsSubscriptions"]] == arns
    one = enabled["StandardsSubscriptions"][2]["StandardsSubscriptionArn"]
    assert (
        one == f"arn:aws:securityhub:us-east-1:{server.account_id}:subscription/cis-aws-foundations-benchmark/v/1.4.0"
    )
    (only,) = hub.get_enabled_standards(StandardsSubscriptionArns=[one])["StandardsSubscriptions"]
    assert only["StandardsStatus"] == "READY"


@pytest.mark.parametrize(
    ("path", "some"),
    [
        ("aws-foundational-security-best-practices/v/1.0.0", {"IAM.1", "IAM.3", "IAM.8"}),
        ("cis-aws-foundations-benchmark/v/1.2.0", {"IAM.3", "IAM.18"}),
        ("nist-800-53/v/5.0.0", {"IAM.1", "IAM.19"}),
    ],
)
def test_controls_of_a_standard(server: RunningServer, hub: Any, path: str, some: set[str]) -> None:
    arn = f"arn:aws:securityhub:us-east-1:{server.account_id}:subscription/{path}"
    answer = hub.describe_standards_controls(StandardsSubscriptionArn=arn)
    assert fits("DescribeStandardsControls", answer)
    assert some <= {each["ControlId"] for each in answer["Controls"]}
    assert not {each["ControlId"] for each in answer["Controls"] if each["ControlId"].startswith("OSTIARY.iam")}


def test_a_standard_that_nobody_subscribed_to(hub: Any) -> None:
    for arn in ("arn:aws:securityhub:us-east-1:222233334444:subscription/pci-dss/v/4.0.1", "nothing"):
        assert refused(lambda arn=arn: hub.describe_standards_controls(StandardsSubscriptionArn=arn))[0] == (
            "ResourceNotFoundException"
        )


def test_definitions_of_all_controls_in_pages(hub: Any) -> None:
    whole = hub.list_security_control_definitions()
    assert fits("ListSecurityControlDefinitions", whole)
    assert len(whole["SecurityControlDefinitions"]) == len(CONTROLS)
    pages = hub.get_paginator("list_security_control_definitions").paginate(PaginationConfig={"PageSize": 20})
    definitions = [each for page in pages for each in page["SecurityControlDefinitions"]]
    assert definitions == whole["SecurityControlDefinitions"]
    arn = "arn:aws:securityhub:us-east-1::standards/pci-dss/v/4.0.1"
    of_one = hub.list_security_control_definitions(StandardsArn=arn)["SecurityControlDefinitions"]
    assert 0 < len(of_one) < len(definitions)
    assert refused(lambda: hub.list_security_control_definitions(StandardsArn="x"))[0] == "InvalidInputException"


def test_controls_by_their_ids_and_arns(server: RunningServer, hub: Any) -> None:
    arn = f"arn:aws:securityhub:us-east-1:{server.account_id}:security-control/IAM.4"
    answer = hub.batch_get_security_controls(SecurityControlIds=["IAM.3", arn, "IAM.999"])
    assert fits("BatchGetSecurityControls", answer)
    assert [each["SecurityControlId"] for each in answer["SecurityControls"]] == ["IAM.3", "IAM.4"]
    assert answer["SecurityControls"][1]["SecurityControlArn"] == arn
    (unknown,) = answer["UnprocessedIds"]
    assert (unknown["SecurityControlId"], unknown["ErrorCode"]) == ("IAM.999", "NOT_FOUND")
    with pytest.raises(ClientError, match="from 1 to 100"):
        hub.batch_get_security_controls(SecurityControlIds=[])


def test_nothing_is_told_unsigned(server: RunningServer) -> None:
    headers = [("Host", "securityhub.us-east-1.amazonaws.com"), ("Content-Type", "application/json")]
    assert send(server, b"{}", target="/findings", headers=headers).status == 403


def test_what_is_not_served_is_refused(hub: Any) -> None:
    code, message, status = refused(hub.get_insights)
    assert (code, status) == ("AccessDeniedException", 403)
    assert "securityhub:GetInsights is not served here" in message
