"""Rules: the controls that AWS Config has a managed rule for, called by their keys.

Source: https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from ostiary.governance.controls import Control, Status
from ostiary.governance.findings import list_controls
from ostiary.services.config.errors import no_such_rule
from ostiary.values.identifiers import AccountId

_REGION = "us-east-1"
"""IAM's own."""


class Compliance(Enum):
    """Whether something complies, by Config's words."""

    COMPLIANT = "COMPLIANT"
    NON_COMPLIANT = "NON_COMPLIANT"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    INSUFFICIENT_DATA = "INSUFFICIENT_DATA"


OF_STATUS: Mapping[str, Compliance] = {
    Status.PASSED.value: Compliance.COMPLIANT,
    Status.FAILED.value: Compliance.NON_COMPLIANT,
    Status.NOT_AVAILABLE.value: Compliance.INSUFFICIENT_DATA,
}
"""What a control's word for a resource is in Config."""


def rule_id(name: str) -> str:
    """Return the ID of the rule called so; one that there is not has one too."""
    return f"config-rule-{hashlib.sha256(name.encode(errors='surrogatepass')).hexdigest()[:6]}"


def rule_arn(account: AccountId, name: str) -> str:
    """Return the ARN of the rule called so."""
    return f"arn:aws:config:{_REGION}:{account}:config-rule/{rule_id(name)}"


def get_rule(name: str) -> Control:
    """Return the rule called so.

    Raises:
        Fault: `NoSuchConfigRuleException`, there is none.
    """
    control = list_controls().get(name)
    if control is None or control.config_rule is None:
        raise no_such_rule(name)
    return control


def requested_rules(parameters: Mapping[str, Any]) -> Sequence[Control]:
    """Return the rules that a call names, or else all, by their names.

    Raises:
        Fault: `NoSuchConfigRuleException`, there is no rule of a name.
    """
    names = parameters.get("ConfigRuleNames")
    rules = [each for each in list_controls().values() if each.config_rule] if not names else map(get_rule, names)
    return sorted(dict.fromkeys(rules), key=lambda control: control.key)


def compliance_of(statuses: Iterable[str]) -> Compliance:
    """Return whether a rule is kept by resources of which it says this, each status once."""
    found = set(statuses)
    if Status.FAILED.value in found:
        return Compliance.NON_COMPLIANT
    return Compliance.COMPLIANT if Status.PASSED.value in found else Compliance.INSUFFICIENT_DATA
