"""AWS Config's operations, each with what it needs.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsconfig.html
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.services.config.compliance import (
    describe_compliance_by_config_rule,
    get_compliance_details_by_config_rule,
    get_compliance_summary_by_config_rule,
)
from ostiary.services.config.descriptions import (
    describe_config_rule_evaluation_status,
    describe_config_rules,
    describe_configuration_recorder_status,
    describe_configuration_recorders,
)
from ostiary.services.config.rules import rule_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.operation import Need, Operation

Output = Mapping[str, Any]
_Perform = Callable[[AuthorizedCall, Directory], Output]


def _needs_rule(_directory: Directory, caller: Caller, parameters: Mapping[str, Any]) -> Iterable[Need]:
    yield Need("config:GetComplianceDetailsByConfigRule", rule_arn(caller.account, parameters["ConfigRuleName"]))


def _reading(name: str, perform: _Perform) -> Operation:
    def needs(_directory: Directory, _caller: Caller, _parameters: Mapping[str, Any]) -> Iterable[Need]:
        yield Need(f"config:{name}", "*")

    return Operation("config", name, needs, perform, writes=False)


OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        operation.name: operation
        for operation in (
            _reading("DescribeComplianceByConfigRule", describe_compliance_by_config_rule),
            _reading("DescribeConfigRuleEvaluationStatus", describe_config_rule_evaluation_status),
            _reading("DescribeConfigRules", describe_config_rules),
            _reading("DescribeConfigurationRecorderStatus", describe_configuration_recorder_status),
            _reading("DescribeConfigurationRecorders", describe_configuration_recorders),
            Operation(
                "config",
                "GetComplianceDetailsByConfigRule",
                _needs_rule,
                get_compliance_details_by_config_rule,
                writes=False,
            ),
            _reading("GetComplianceSummaryByConfigRule", get_compliance_summary_by_config_rule),
        )
    }
)
"""Each operation served, by the name that the API gives it."""
