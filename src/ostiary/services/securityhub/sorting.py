"""What findings can be sorted by."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ostiary.directory.finding_search import SortedBy
from ostiary.governance.controls import Control, Status
from ostiary.governance.findings import control_id, list_controls
from ostiary.services.securityhub.errors import invalid_input
from ostiary.services.securityhub.view import NORMALIZED

_Order = Callable[[bool], tuple[SortedBy, ...]]
"""From whether it is descending, what that is in the database."""


def _column(name: str) -> _Order:
    return lambda descending: (SortedBy(name, descending),)


def _severity(descending: bool) -> tuple[SortedBy, ...]:  # noqa: FBT001 - as all orders are called
    ranks = {key: NORMALIZED[control.severity] for key, control in list_controls().items()}
    others = {status.value: 1 for status in Status if status is not Status.PASSED}
    # What passes is the least grave, whatever its control; among itself it is in no order.
    return SortedBy("status", descending, others), SortedBy("control", descending, ranks)


def _by_control(text: Callable[[Control], str]) -> _Order:
    def order(descending: bool) -> tuple[SortedBy, ...]:  # noqa: FBT001 - as all orders are called
        texts = {key: text(control) for key, control in list_controls().items()}
        places = {value: place for place, value in enumerate(sorted(set(texts.values())))}
        return (SortedBy("control", descending, {key: places[value] for key, value in texts.items()}),)

    return order


SORTABLE: Mapping[str, _Order] = MappingProxyType(
    {
        "ComplianceSecurityControlId": _by_control(control_id),
        "ComplianceStatus": _column("status"),
        "CreatedAt": _column("first_observed_at"),
        "FirstObservedAt": _column("first_observed_at"),
        "GeneratorId": _by_control(control_id),
        "RecordState": _column("archived"),
        "ResourceId": _column("resource_arn"),
        "ResourceType": _column("resource_type"),
        "SeverityLabel": _severity,
        "SeverityNormalized": _severity,
        "Title": _by_control(lambda control: control.title),
        "UpdatedAt": _column("updated_at"),
        "WorkflowStatus": _column("workflow"),
    }
)
"""By the attribute, what sorting by it is."""


def requested_order(parameters: Mapping[str, Any]) -> Sequence[SortedBy]:
    """Return what a call wants findings to be sorted by, ascending where it does not say.

    Raises:
        Fault: `InvalidInputException`, they cannot be sorted by that.
    """
    order: list[SortedBy] = []
    for criterion in parameters.get("SortCriteria", ()):
        field = criterion.get("Field")
        if field not in SORTABLE:
            raise invalid_input(f"SortCriteria.Field must be one of {', '.join(SORTABLE)}.")
        order += SORTABLE[field](criterion.get("SortOrder") == "desc")
    if len(order) > len(SORTABLE):
        raise invalid_input(f"SortCriteria can have at most {len(SORTABLE)} fields.")
    return order
