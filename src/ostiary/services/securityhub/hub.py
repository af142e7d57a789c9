"""The hub, its standards and its controls: what they are does not change with the account."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import accounts
from ostiary.directory.directory import Directory
from ostiary.governance.controls import Control, Severity
from ostiary.governance.findings import control_id, find_control, list_controls
from ostiary.services.securityhub.errors import invalid_input, not_found
from ostiary.services.securityhub.naming import REGION, control_arn, hub_arn, remediation_url
from ostiary.services.securityhub.pages import cut_page
from ostiary.services.securityhub.standards import STANDARDS, Standard
from ostiary.services.securityhub.view import moment_text
from ostiary.values.call import AuthorizedCall
from ostiary.values.identifiers import AccountId

Output = Mapping[str, Any]

_MOST_CONTROLS = 100
_PROVIDER = "AWS"


def describe_hub(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the account's hub: it is there since the account is.

    Raises:
        Fault: `ResourceNotFoundException`, another one is asked for.
    """
    arn = hub_arn(call.account)
    if call.parameters.get("HubArn", arn) != arn:
        raise not_found(f"There is no hub {call.parameters['HubArn']} in account {call.account}.")
    return {
        "HubArn": arn,
        "SubscribedAt": moment_text(accounts.get_account(directory, call.account).created_at),
        "AutoEnableControls": True,
        "ControlFindingGenerator": "SECURITY_CONTROL",
    }


def describe_standards(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the standards that there are controls of."""
    shapes = [
        {
            "StandardsArn": each.arn,
            "Name": each.name,
            "Description": f"{each.name}, as far as it is about IAM.",
            "EnabledByDefault": True,
            "Provider": _PROVIDER,
            "StandardsManagedBy": {"Company": "AWS", "Product": "Security Hub"},
        }
        for each in _of_providers(call)
    ]
    return cut_page(call, directory, shapes, "Standards")


def get_enabled_standards(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the account's subscriptions: all there are, or those asked for."""
    wanted = call.parameters.get("StandardsSubscriptionArns")
    shapes = [
        {
            "StandardsSubscriptionArn": each.subscription_arn(call.account),
            "StandardsArn": each.arn,
            "StandardsInput": {},
            "StandardsStatus": "READY",
            "StandardsControlsUpdatable": "NOT_READY_FOR_UPDATES",
            "Provider": _PROVIDER,
        }
        for each in _of_providers(call)
        if wanted is None or each.subscription_arn(call.account) in wanted
    ]
    return cut_page(call, directory, shapes, "StandardsSubscriptions")


def describe_standards_controls(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the controls of one of the account's standards.

    Raises:
        Fault: `ResourceNotFoundException`, the account has no such subscription.
    """
    arn = call.parameters["StandardsSubscriptionArn"]
    standard = next((each for each in STANDARDS if each.subscription_arn(call.account) == arn), None)
    if standard is None:
        raise not_found(f"There is no subscription {arn} in account {call.account}.")
    since = accounts.get_account(directory, call.account).created_at
    shapes = [
        {
            "StandardsControlArn": f"arn:aws:securityhub:{REGION}:{call.account}:control/{standard.path}/"
            f"{control_id(control)}",
            "ControlStatus": "ENABLED",
            "ControlStatusUpdatedAt": since,
            "ControlId": control_id(control),
            **_told(control),
            "RelatedRequirements": list(standard.requirements_of(control)),
        }
        for control in list_controls().values()
        if standard.has(control)
    ]
    return cut_page(call, directory, shapes, "Controls")


def list_security_control_definitions(call: AuthorizedCall, directory: Directory) -> Output:
    """Return what the controls are: all, or those of a standard.

    Raises:
        Fault: `InvalidInputException`, there is no such standard.
    """
    arn = call.parameters.get("StandardsArn")
    standard = next((each for each in STANDARDS if each.arn == arn), None)
    if arn is not None and standard is None:
        raise invalid_input(f"There is no standard {arn}.")
    shapes = [
        {
            "SecurityControlId": control_id(control),
            **_told(control),
            "CurrentRegionAvailability": "AVAILABLE",
            "CustomizableProperties": [],
            "Provider": _PROVIDER,
        }
        for control in list_controls().values()
        if (standard is None or standard.has(control)) and _is_asked_for(call.parameters)
    ]
    return cut_page(call, directory, shapes, "SecurityControlDefinitions")


def batch_get_security_controls(call: AuthorizedCall, _directory: Directory) -> Output:
    """Return controls by their IDs or ARNs; tell which of them there are not.

    Raises:
        Fault: `InvalidInputException`, none or too many are named.
    """
    ids = call.parameters["SecurityControlIds"]
    if not 1 <= len(ids) <= _MOST_CONTROLS:
        raise invalid_input(f"SecurityControlIds must have from 1 to {_MOST_CONTROLS} items.")
    found = {name: _find_control(call.account, name) for name in ids}
    return {
        "SecurityControls": [_control_shape(call.account, control) for control in found.values() if control],
        "UnprocessedIds": [
            {
                "SecurityControlId": name,
                "ErrorCode": "NOT_FOUND",
                "ErrorReason": f"There is no security control {name}.",
            }
            for name, control in found.items()
            if control is None
        ],
    }


def _control_shape(account: AccountId, control: Control) -> Output:
    return {
        "SecurityControlId": control_id(control),
        "SecurityControlArn": control_arn(account, control),
        **_told(control),
        "SecurityControlStatus": "ENABLED",
        "UpdateStatus": "READY",
        "Parameters": {},
        "Provider": _PROVIDER,
    }


def _told(control: Control) -> Output:
    # Ratings end at LOW, though the severity of findings does not.
    rating = Severity.LOW if control.severity is Severity.INFORMATIONAL else control.severity
    return {
        "Title": control.title,
        "Description": control.description,
        "RemediationUrl": remediation_url(control),
        "SeverityRating": rating.value,
    }


def _find_control(account: AccountId, name: str) -> Control | None:
    return find_control(name.removeprefix(f"arn:aws:securityhub:{REGION}:{account}:security-control/"))


def _of_providers(call: AuthorizedCall) -> tuple[Standard, ...]:
    return STANDARDS if _is_asked_for(call.parameters) else ()


def _is_asked_for(parameters: Mapping[str, Any]) -> bool:
    return _PROVIDER in parameters.get("Providers", [_PROVIDER])
