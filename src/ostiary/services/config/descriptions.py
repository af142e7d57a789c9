"""What the rules are and how asking them went; and that nothing records configurations."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import accounts
from ostiary.directory.directory import Directory
from ostiary.governance.controls import Control
from ostiary.governance.findings import find_standing
from ostiary.services.config.errors import no_such_recorder
from ostiary.services.config.pages import cut_page
from ostiary.services.config.rules import requested_rules, rule_arn, rule_id
from ostiary.values.call import AuthorizedCall

Output = Mapping[str, Any]

_LONGEST_DESCRIPTION = 256
_MOST_STATUSES = 50
_MODE, _VISIBILITY = "DETECTIVE", "EXTERNAL"


def describe_config_rules(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the rules that are asked for.

    Raises:
        Fault: `NoSuchConfigRuleException`, there is no rule of a name; `InvalidNextTokenException`, the token is none.
    """
    asked = call.parameters.get("Filters", {})
    has_any = asked.get("EvaluationMode", _MODE) == _MODE
    has_any = has_any and asked.get("RuleEvaluationVisibility", _VISIBILITY) == _VISIBILITY
    shapes = [_rule_shape(call, rule) for rule in requested_rules(call.parameters)] if has_any else []
    return cut_page(call, directory, shapes, "ConfigRules")


def describe_config_rule_evaluation_status(call: AuthorizedCall, directory: Directory) -> Output:
    """Return of each rule that is asked for when it was last asked, and whether it broke.

    Raises:
        Fault: `NoSuchConfigRuleException`, there is no rule of a name; `InvalidNextTokenException`, the token is none.
    """
    standing = find_standing(directory, call.account)
    since = accounts.get_account(directory, call.account).created_at
    shapes = []
    for rule in requested_rules(call.parameters):
        shape: dict[str, Any] = {
            "ConfigRuleName": rule.key,
            "ConfigRuleArn": rule_arn(call.account, rule.key),
            "ConfigRuleId": rule_id(rule.key),
            "FirstActivatedTime": since,
            "FirstEvaluationStarted": standing is not None,
        }
        if standing is not None:
            error = standing.failures.get(rule.key)
            outcome = "Failed" if error else "Successful"
            shape |= {
                f"Last{outcome}InvocationTime": standing.evaluated_at,
                f"Last{outcome}EvaluationTime": standing.evaluated_at,
            }
            if error:
                shape |= {"LastErrorCode": error, "LastErrorMessage": "The rule could not be evaluated."}
        shapes.append(shape)
    size = call.parameters.get("Limit") or _MOST_STATUSES
    return cut_page(call, directory, shapes, "ConfigRulesEvaluationStatus", size)


def describe_configuration_recorders(call: AuthorizedCall, _directory: Directory) -> Output:
    """Return no configuration recorder: rules are asked of the account itself, not of records of it.

    Raises:
        Fault: `NoSuchConfigurationRecorderException`, one is asked for.
    """
    _require_no_name(call.parameters)
    return {"ConfigurationRecorders": []}


def describe_configuration_recorder_status(call: AuthorizedCall, _directory: Directory) -> Output:
    """Return the status of no configuration recorder.

    Raises:
        Fault: `NoSuchConfigurationRecorderException`, one is asked for.
    """
    _require_no_name(call.parameters)
    return {"ConfigurationRecordersStatus": []}


def _require_no_name(parameters: Mapping[str, Any]) -> None:
    named = [*parameters.get("ConfigurationRecorderNames", ()), *filter(None, [parameters.get("Arn")])]
    if named:
        raise no_such_recorder(named[0])


def _rule_shape(call: AuthorizedCall, rule: Control) -> Output:
    return {
        "ConfigRuleName": rule.key,
        "ConfigRuleArn": rule_arn(call.account, rule.key),
        "ConfigRuleId": rule_id(rule.key),
        "Description": rule.description[:_LONGEST_DESCRIPTION],
        "Scope": {"ComplianceResourceTypes": [rule.resource_type]},
        "Source": {"Owner": "AWS", "SourceIdentifier": rule.config_rule},
        "MaximumExecutionFrequency": "One_Hour",
        "ConfigRuleState": "ACTIVE",
        "EvaluationModes": [{"Mode": _MODE}],
    }
