"""Compliance with Config's rules through boto3."""

import json
from typing import Any

import botocore.session
import pytest
from botocore.validate import ParamValidator

from ostiary.governance.controls import CONTROLS, AccountFacts, Control
from tests.conftest import Credentials, RunningServer
from tests.e2e.raw_http import send
from tests.e2e.refusals import refused
from tests.services.evaluating import evaluate

MODEL = botocore.session.Session().get_service_model("config")
RULES = sorted(control.key for control in CONTROLS if control.config_rule)
MFA = "iam-user-mfa-enabled"


@pytest.fixture(scope="module")
def config(server: RunningServer) -> Any:
    return server.client("config", server.admin)


@pytest.fixture(scope="module", autouse=True)
def _users(server: RunningServer, iam: Any) -> None:
    """Thirty users without MFA, looked at."""
    for number in range(29):
        iam.create_user(UserName=f"user{number:02}")
    evaluate(server)


def fits(name: str, answer: dict[str, Any]) -> bool:
    """Tell whether an answer is one by the model."""
    told = {key: value for key, value in answer.items() if key != "ResponseMetadata"}
    report = ParamValidator().validate(told, MODEL.operation_model(name).output_shape)
    assert not report.has_errors(), report.generate_report()
    return True


def compliance(config: Any, *names: str, **more: Any) -> dict[str, dict[str, Any]]:
    pages = config.get_paginator("describe_compliance_by_config_rule").paginate(ConfigRuleNames=list(names), **more)
    rules = [rule for page in pages for rule in page["ComplianceByConfigRules"]]
    return {rule["ConfigRuleName"]: rule["Compliance"] for rule in rules}


def test_rules_are_configs_by_name_and_identifier(server: RunningServer, config: Any) -> None:
    first = config.describe_config_rules()
    assert fits("DescribeConfigRules", first)
    assert len(first["ConfigRules"]) == 25
    pages = config.get_paginator("describe_config_rules").paginate()
    rules = {rule["ConfigRuleName"]: rule for page in pages for rule in page["ConfigRules"]}
    assert sorted(rules) == RULES
    rule = rules["access-keys-rotated"]
    assert rule["Source"] == {"Owner": "AWS", "SourceIdentifier": "ACCESS_KEYS_ROTATED"}
    assert rule["ConfigRuleArn"] == f"arn:aws:config:us-east-1:{server.account_id}:config-rule/{rule['ConfigRuleId']}"
    assert len({each["ConfigRuleId"] for each in rules.values()}) == len(rules)
    assert config.describe_config_rules(ConfigRuleNames=[MFA])["ConfigRules"] == [rules[MFA]]
    assert config.describe_config_rules(Filters={"EvaluationMode": "PROACTIVE"})["ConfigRules"] == []


def test_rules_that_are_kept_and_not(config: Any) -> None:
    everything = compliance(config)
    assert sorted(everything) == RULES
    assert everything[MFA] == {
        "ComplianceType": "NON_COMPLIANT",
        "ComplianceContributorCount": {"CappedCount": 25, "CapExceeded": True},
    }
    assert everything["iam-root-access-key-check"] == {"ComplianceType": "COMPLIANT"}
    assert everything["iam-server-certificate-expiration-check"] == {"ComplianceType": "INSUFFICIENT_DATA"}
    for kind in ("COMPLIANT", "NON_COMPLIANT", "INSUFFICIENT_DATA"):
        expected = {name: told for name, told in everything.items() if told["ComplianceType"] == kind}
        assert compliance(config, ComplianceTypes=[kind]) == expected
    assert sorted(compliance(config, MFA, "access-keys-rotated")) == ["access-keys-rotated", MFA]
    summary = config.get_compliance_summary_by_config_rule()
    assert fits("GetComplianceSummaryByConfigRule", summary)
    kept = [told["ComplianceType"] for told in everything.values()].count("COMPLIANT")
    assert summary["ComplianceSummary"]["CompliantResourceCount"] == {"CappedCount": kept, "CapExceeded": False}


def test_details_name_each_resource_once(server: RunningServer, iam: Any, config: Any) -> None:
    first = config.get_compliance_details_by_config_rule(ConfigRuleName=MFA)
    assert fits("GetComplianceDetailsByConfigRule", first)
    assert len(first["EvaluationResults"]) == 10
    pages = config.get_paginator("get_compliance_details_by_config_rule").paginate(
        ConfigRuleName=MFA, PaginationConfig={"PageSize": 7}
    )
    results = [result for page in pages for result in page["EvaluationResults"]]
    places = [result["EvaluationResultIdentifier"]["EvaluationResultQualifier"] for result in results]
    assert {place["ResourceType"] for place in places} == {"AWS::IAM::User"}
    users = {user["UserId"] for user in iam.list_users()["Users"]}
    assert sorted(place["ResourceId"] for place in places) == sorted(users)
    assert {(result["ComplianceType"], result["Annotation"]) for result in results} == {
        ("NON_COMPLIANT", "it has no MFA device")
    }
    assert config.get_compliance_details_by_config_rule(ConfigRuleName=MFA, ComplianceTypes=["COMPLIANT"]) | {
        "ResponseMetadata": None
    } == {"EvaluationResults": [], "ResponseMetadata": None}
    (account,) = config.get_compliance_details_by_config_rule(ConfigRuleName="iam-password-policy")["EvaluationResults"]
    place = account["EvaluationResultIdentifier"]["EvaluationResultQualifier"]
    assert (place["ResourceType"], place["ResourceId"]) == ("AWS::::Account", server.account_id)


def test_what_is_suppressed_does_not_comply_all_the_same(server: RunningServer, config: Any) -> None:
    before = compliance(config, "iam-password-policy")
    hub = server.client("securityhub", server.admin)
    wanted = {"ComplianceSecurityControlId": [{"Value": "IAM.7", "Comparison": "EQUALS"}]}
    (finding,) = hub.get_findings(Filters=wanted)["Findings"]
    named = {"Id": finding["Id"], "ProductArn": finding["ProductArn"]}
    hub.batch_update_findings(FindingIdentifiers=[named], Workflow={"Status": "SUPPRESSED"})
    assert compliance(config, "iam-password-policy") == before
    assert before["iam-password-policy"]["ComplianceType"] == "NON_COMPLIANT"


def test_a_rule_that_breaks_says_so_and_keeps_what_it_said(server: RunningServer, config: Any) -> None:
    def check(_facts: AccountFacts) -> Any:
        raise ZeroDivisionError

    def breaking(control: Control) -> Control:
        names = Control.__slots__
        return Control(**{name: getattr(control, name) for name in names} | {"check": check})  # type: ignore[arg-type] # of all types

    before = compliance(config, MFA)
    evaluate(server, [breaking(control) if control.key == MFA else control for control in CONTROLS])
    (status,) = config.describe_config_rule_evaluation_status(ConfigRuleNames=[MFA])["ConfigRulesEvaluationStatus"]
    assert (status["LastErrorCode"], "LastSuccessfulEvaluationTime" in status) == ("ZeroDivisionError", False)
    assert compliance(config, MFA) == before
    hub = server.client("securityhub", server.admin)
    wanted = {"ComplianceSecurityControlId": [{"Value": "IAM.19", "Comparison": "EQUALS"}]}
    finding = hub.get_findings(Filters=wanted, MaxResults=1)["Findings"][0]
    assert finding["Compliance"]["StatusReasons"] == [
        {
            "ReasonCode": "CONTROL_NOT_EVALUATED",
            "Description": "The control could not be evaluated: ZeroDivisionError",
        }
    ]
    evaluate(server)
    answer = config.describe_config_rule_evaluation_status()
    assert fits("DescribeConfigRuleEvaluationStatus", answer)
    assert len(answer["ConfigRulesEvaluationStatus"]) == len(RULES)
    assert not [status for status in answer["ConfigRulesEvaluationStatus"] if "LastErrorCode" in status]


def test_nothing_records_configurations(config: Any) -> None:
    assert config.describe_configuration_recorders()["ConfigurationRecorders"] == []
    assert config.describe_configuration_recorder_status()["ConfigurationRecordersStatus"] == []
    for call in (config.describe_configuration_recorders, config.describe_configuration_recorder_status):
        code, message, status = refused(lambda call=call: call(ConfigurationRecorderNames=["default"]))
        assert (code, status) == ("NoSuchConfigurationRecorderException", 400)
        assert message == "Cannot find configuration recorder with the specified name 'default'."


def test_what_cannot_be_asked(config: Any) -> None:
    no_rule = (
        "NoSuchConfigRuleException",
        "The ConfigRule 'no-such' provided in the request is invalid. Please check the configRule name",
        400,
    )
    named, details = {"ConfigRuleNames": ["no-such"]}, {"ConfigRuleName": MFA}
    assert refused(lambda: config.describe_config_rules(**named)) == no_rule
    assert refused(lambda: config.describe_compliance_by_config_rule(**named)) == no_rule
    assert refused(lambda: config.describe_config_rule_evaluation_status(**named)) == no_rule
    assert refused(lambda: config.get_compliance_details_by_config_rule(ConfigRuleName="no-such")) == no_rule
    for call in (
        lambda: config.describe_config_rules(NextToken="x"),
        lambda: config.describe_compliance_by_config_rule(NextToken="x"),
        lambda: config.get_compliance_details_by_config_rule(**details, NextToken="x"),
    ):
        assert refused(call)[0] == "InvalidNextTokenException"
    token = config.describe_config_rules()["NextToken"]
    assert refused(lambda: config.describe_compliance_by_config_rule(NextToken=token))[0] == "InvalidNextTokenException"
    no_data = {**details, "ComplianceTypes": ["INSUFFICIENT_DATA"]}
    assert refused(lambda: config.get_compliance_details_by_config_rule(**no_data))[0] == (
        "InvalidParameterValueException"
    )
    assert refused(lambda: config.get_compliance_details_by_config_rule(**details, Limit=101))[0] == (
        "ValidationException"
    )


def test_one_rule_can_be_allowed_alone(server: RunningServer, iam: Any, config: Any) -> None:
    (rule,) = config.describe_config_rules(ConfigRuleNames=[MFA])["ConfigRules"]
    statement = {"Effect": "Allow", "Action": "config:Get*", "Resource": rule["ConfigRuleArn"]}
    iam.create_user(UserName="auditor")
    document = json.dumps({"Version": "2012-10-17", "Statement": statement})
    iam.put_user_policy(UserName="auditor", PolicyName="own", PolicyDocument=document)
    auditor = server.client("config", Credentials.of(iam.create_access_key(UserName="auditor")["AccessKey"]))
    assert auditor.get_compliance_details_by_config_rule(ConfigRuleName=MFA)["EvaluationResults"]
    other = {"ConfigRuleName": "access-keys-rotated"}
    assert refused(lambda: auditor.get_compliance_details_by_config_rule(**other))[0] == "AccessDeniedException"
    assert refused(auditor.describe_config_rules)[0] == "AccessDeniedException"


def test_nothing_is_told_unsigned(server: RunningServer) -> None:
    headers = [
        ("Host", "config.us-east-1.amazonaws.com"),
        ("Content-Type", "application/x-amz-json-1.1"),
        ("X-Amz-Target", "StarlingDoveService.DescribeConfigRules"),
    ]
    answer = send(server, b"{}", headers=headers)
    assert (answer.status, json.loads(answer.body)["__type"]) == (403, "MissingAuthenticationTokenException")
