"""Who complies with which rule. What somebody suppressed does not comply all the same: Config knows nothing of it."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import islice
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.directory.finding_search import Sought, search_findings
from ostiary.directory.findings import KeptFinding, count_findings
from ostiary.governance.controls import Status
from ostiary.governance.findings import Standing, find_standing
from ostiary.services.config.errors import invalid_parameter
from ostiary.services.config.pages import cut_page, next_token, requested_place
from ostiary.services.config.resources import resource_id
from ostiary.services.config.rules import OF_STATUS, Compliance, compliance_of, get_rule, requested_rules
from ostiary.values.call import AuthorizedCall

Output = Mapping[str, Any]

_MOST_COUNTED = 25
_USUAL_LIMIT = 10
_LONGEST_ANNOTATION = 256


def describe_compliance_by_config_rule(call: AuthorizedCall, directory: Directory) -> Output:
    """Return of each rule that is asked for whether all resources keep it, and how many do not.

    Raises:
        Fault: `NoSuchConfigRuleException`, there is no rule of a name; `InvalidNextTokenException`, the token is none.
    """
    rules = requested_rules(call.parameters)
    wanted = call.parameters.get("ComplianceTypes")
    counted = _count_by_rule(call, directory)
    shapes = []
    for rule in rules:
        counts = counted.get(rule.key, {})
        compliance = compliance_of(counts)
        shape: dict[str, Any] = {"ComplianceType": compliance.value}
        if compliance is Compliance.NON_COMPLIANT:
            shape["ComplianceContributorCount"] = _capped(counts[Status.FAILED.value])
        if not wanted or compliance.value in wanted:
            shapes.append({"ConfigRuleName": rule.key, "Compliance": shape})
    return cut_page(call, directory, shapes, "ComplianceByConfigRules")


def get_compliance_summary_by_config_rule(call: AuthorizedCall, directory: Directory) -> Output:
    """Return how many rules are kept, and how many are not."""
    counted = _count_by_rule(call, directory)
    kept = [compliance_of(counted.get(rule.key, {})) for rule in requested_rules({})]
    return {
        "ComplianceSummary": {
            "CompliantResourceCount": _capped(kept.count(Compliance.COMPLIANT)),
            "NonCompliantResourceCount": _capped(kept.count(Compliance.NON_COMPLIANT)),
            "ComplianceSummaryTimestamp": call.now,
        }
    }


def get_compliance_details_by_config_rule(call: AuthorizedCall, directory: Directory) -> Output:
    """Return of each resource that a rule looks at whether it complies.

    Raises:
        Fault: `NoSuchConfigRuleException`, there is no such rule; `InvalidParameterValueException`, it is asked for
            what there is no data of; `InvalidNextTokenException`, the token is none.
    """
    rule = get_rule(call.parameters["ConfigRuleName"])
    sought = Sought(controls={rule.key}, statuses=_requested_statuses(call.parameters), archived={False})
    size = call.parameters.get("Limit") or _USUAL_LIMIT
    place, standing = requested_place(call, directory), find_standing(directory, call.account)
    if standing is None:
        return {"EvaluationResults": []}
    found = list(islice(search_findings(directory, call.account, sought, after=place), size + 1))
    token = next_token(call, directory, found[size - 1].place) if len(found) > size else None
    results = [_result_shape(call, directory, each.finding, standing) for each in found[:size]]
    return {"EvaluationResults": results, "NextToken": token}


def _count_by_rule(call: AuthorizedCall, directory: Directory) -> Mapping[str, Mapping[str, int]]:
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for (control, status), number in count_findings(directory, call.account).items():
        counted[control][status] = number
    return counted


def _requested_statuses(parameters: Mapping[str, Any]) -> set[str]:
    wanted = parameters.get("ComplianceTypes")
    if not wanted:
        return set(OF_STATUS)
    if Compliance.INSUFFICIENT_DATA.value in wanted:
        raise invalid_parameter("INSUFFICIENT_DATA cannot be used to filter by.")
    return {status for status, compliance in OF_STATUS.items() if compliance.value in wanted}


def _result_shape(call: AuthorizedCall, directory: Directory, finding: KeptFinding, standing: Standing) -> Output:
    return {
        "EvaluationResultIdentifier": {
            "EvaluationResultQualifier": {
                "ConfigRuleName": finding.control,
                "ResourceType": finding.resource_type,
                "ResourceId": resource_id(directory, call.account, finding),
                "EvaluationMode": "DETECTIVE",
            },
            "OrderingTimestamp": finding.updated_at,
        },
        "ComplianceType": OF_STATUS[finding.status].value,
        "ResultRecordedTime": finding.updated_at,
        "ConfigRuleInvokedTime": finding.updated_at if finding.control in standing.failures else standing.evaluated_at,
        "Annotation": finding.reason[:_LONGEST_ANNOTATION],
    }


def _capped(number: int) -> Output:
    return {"CappedCount": min(number, _MOST_COUNTED), "CapExceeded": number > _MOST_COUNTED}
