"""Security Hub's operations, each with what it needs.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.services.securityhub.findings import get_finding_history, get_findings
from ostiary.services.securityhub.hub import (
    batch_get_security_controls,
    describe_hub,
    describe_standards,
    describe_standards_controls,
    get_enabled_standards,
    list_security_control_definitions,
)
from ostiary.services.securityhub.naming import hub_arn
from ostiary.services.securityhub.updates import batch_update_findings
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.operation import ContextValue, Need, Operation

Output = Mapping[str, Any]
_Needs = Callable[[Directory, Caller, Mapping[str, Any]], Iterable[Need]]

_SET = "securityhub:ASFFSyntaxPath"
"""The condition keys that tell what of a finding is set, and to what.

Source: https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
"""


def _on_hub(action: str) -> _Needs:
    return lambda _directory, caller, _parameters: [Need(action, hub_arn(caller.account))]


def _on_everything(action: str) -> _Needs:
    return lambda _directory, _caller, _parameters: [Need(action, "*")]


def _to_update(_directory: Directory, caller: Caller, parameters: Mapping[str, Any]) -> Iterable[Need]:
    given = {"Workflow": parameters.get("Workflow", {}), "Note": parameters.get("Note", {})}
    context: dict[str, ContextValue] = {
        f"{_SET}/{name}.{member}": value for name, members in given.items() for member, value in members.items()
    }
    yield Need("securityhub:BatchUpdateFindings", hub_arn(caller.account), context)


def _to_get_controls(_directory: Directory, caller: Caller, _parameters: Mapping[str, Any]) -> Iterable[Need]:
    yield Need("securityhub:BatchGetSecurityControls", "*")
    yield Need("securityhub:DescribeStandardsControls", hub_arn(caller.account))


def _operation(
    name: str, needs: _Needs, perform: Callable[[AuthorizedCall, Directory], Output], *, writes: bool = False
) -> Operation:
    # What is made of findings changes what nobody may do.
    return Operation("securityhub", name, needs, perform, writes=writes, changes_access=False)


def _reading_hub(name: str, perform: Callable[[AuthorizedCall, Directory], Output]) -> Operation:
    return _operation(name, _on_hub(f"securityhub:{name}"), perform)


OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        operation.name: operation
        for operation in (
            _operation("BatchGetSecurityControls", _to_get_controls, batch_get_security_controls),
            _operation("BatchUpdateFindings", _to_update, batch_update_findings, writes=True),
            _reading_hub("DescribeHub", describe_hub),
            _reading_hub("DescribeStandards", describe_standards),
            _reading_hub("DescribeStandardsControls", describe_standards_controls),
            _reading_hub("GetEnabledStandards", get_enabled_standards),
            _reading_hub("GetFindingHistory", get_finding_history),
            _reading_hub("GetFindings", get_findings),
            _operation(
                "ListSecurityControlDefinitions",
                _on_everything("securityhub:ListSecurityControlDefinitions"),
                list_security_control_definitions,
            ),
        )
    }
)
"""Each operation served, by the name that the API gives it."""
