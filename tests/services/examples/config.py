"""One call of each of Config's operations that are served."""

from tests.services.examples.stage import Example

EXAMPLES: dict[str, Example] = {
    "config:DescribeComplianceByConfigRule": lambda _: {"ConfigRuleNames": ["access-keys-rotated"]},
    "config:DescribeConfigRuleEvaluationStatus": lambda _: {},
    "config:DescribeConfigRules": lambda _: {},
    "config:DescribeConfigurationRecorderStatus": lambda _: {},
    "config:DescribeConfigurationRecorders": lambda _: {},
    "config:GetComplianceDetailsByConfigRule": lambda _: {"ConfigRuleName": "access-keys-rotated"},
    "config:GetComplianceSummaryByConfigRule": lambda _: {},
}
