"""Findings looked for, looked into, and their history."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from ostiary.audit import BACKGROUND
from ostiary.directory.directory import Directory
from ostiary.directory.finding_search import Found, search_findings
from ostiary.directory.findings import FindingChange, list_finding_changes
from ostiary.governance.findings import find_standing, list_controls
from ostiary.services.securityhub.asff import finding_shape
from ostiary.services.securityhub.errors import invalid_input
from ostiary.services.securityhub.filters import narrow, requested_filters
from ostiary.services.securityhub.identifiers import find_identified
from ostiary.services.securityhub.pages import cut_page, next_token, requested_place, requested_size
from ostiary.services.securityhub.sorting import requested_order
from ostiary.services.securityhub.view import View, record_state
from ostiary.values.call import AuthorizedCall

Output = Mapping[str, Any]

_PATHS = {
    "status": "Compliance.Status",
    "workflow": "Workflow.Status",
    "note": "Note.Text",
    "note_by": "Note.UpdatedBy",
    "archived": "RecordState",
}
"""Where the format has what changes of a finding."""


def get_findings(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the account's findings that are asked for, in the order asked for.

    Raises:
        Fault: `InvalidInputException`, a filter, the order or the token is none.
    """
    size, place = requested_size(call.parameters), requested_place(call, directory)
    found = list(islice(_search(call, directory, place), size + 1))
    token = next_token(call, directory, found[size - 1][0].place) if len(found) > size else None
    return {"Findings": [finding_shape(view) for _, view in found[:size]], "NextToken": token}


def get_finding_history(call: AuthorizedCall, directory: Directory) -> Output:
    """Return what changed of a finding, the latest first; nothing of one that the account does not have.

    Raises:
        Fault: `InvalidInputException`, the time ends before it starts, or the token is none.
    """
    identifier = call.parameters["FindingIdentifier"]
    named = (identifier["Id"], identifier["ProductArn"])
    start, end = call.parameters.get("StartTime"), call.parameters.get("EndTime")
    if start is not None and end is not None and start > end:
        raise invalid_input("StartTime must not be after EndTime.")
    finding = find_identified(directory, call.account, [identifier]).get(named)
    changes = list_finding_changes(directory, call.account, finding.finding_id) if finding else ()
    records = [
        {"FindingIdentifier": identifier, **_record_shape(change)}
        for change in reversed(changes)
        if (start is None or start <= change.changed_at) and (end is None or change.changed_at <= end)
    ]
    return cut_page(call, directory, records, "Records")


def _search(call: AuthorizedCall, directory: Directory, place: Any) -> Iterator[tuple[Found, View]]:
    filters, order = requested_filters(call.parameters, now=call.now), requested_order(call.parameters)
    sought = narrow(call.account, filters, call.parameters, now=call.now)
    standing = find_standing(directory, call.account)
    if sought is None or standing is None:
        return
    for found in search_findings(directory, call.account, sought, order=order, after=place):
        control = list_controls()[found.finding.control]
        error = standing.failures.get(control.key)
        view = View(call.account, control, found.finding, standing.evaluated_at, error)
        if all(each.matches(view) for each in filters):
            yield found, view


def _record_shape(change: FindingChange) -> Output:
    is_first = change.number == 1
    by_itself = change.changed_by == BACKGROUND
    return {
        "UpdateTime": change.changed_at,
        "FindingCreated": is_first,
        "UpdateSource": {
            "Type": "BATCH_IMPORT_FINDINGS" if by_itself else "BATCH_UPDATE_FINDINGS",
            "Identity": change.changed_by,
        },
        "Updates": []
        if is_first
        else [
            {"UpdatedField": _PATHS[name], "OldValue": _text(name, old), "NewValue": _text(name, new)}
            for name, (old, new) in change.changes.items()
        ],
    }


def _text(name: str, value: object) -> str | None:
    if value is None:
        return None
    return record_state(archived=bool(value)) if name == "archived" else str(value)
