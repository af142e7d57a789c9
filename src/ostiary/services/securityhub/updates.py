"""What people make of findings: a workflow status and a note, kept whatever controls find afterwards.

Source: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.directory.findings import KeptFinding, Step, Workflow, keep_steps
from ostiary.governance.findings import looked_into
from ostiary.services.securityhub.errors import invalid_input
from ostiary.services.securityhub.identifiers import find_identified
from ostiary.values.call import AuthorizedCall

Output = Mapping[str, Any]

_MOST_FINDINGS = 100
_LONGEST_TEXT = 512
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
"""A zero, and half a character, as JSON can spell it."""
_SETTABLE = frozenset({"FindingIdentifiers", "Note", "Workflow"})
_DUPLICATE = ("DuplicatedFindingIdentifier", "Finding Identifier is duplicated")
_NOT_FOUND = ("FindingNotFound", "Finding Not Found")


def batch_update_findings(call: AuthorizedCall, directory: Directory) -> Output:
    """Set the workflow status or the note of findings; tell which of them there are not.

    Raises:
        Fault: `InvalidInputException`, something else is to be set, nothing is, or too many findings are named.
    """
    _require_settable(call.parameters)
    identifiers = call.parameters["FindingIdentifiers"]
    kept = find_identified(directory, call.account, identifiers)
    times = Counter((each["Id"], each["ProductArn"]) for each in identifiers)
    found = {names: kept[names] for names, number in times.items() if number == 1 and names in kept}
    steps = [Step(finding, _updated(finding, call)) for finding in found.values()]
    keep_steps(directory, call.account, steps, by=call.caller.arn, now=call.now)
    return {
        "ProcessedFindings": [_identifier(names) for names in found],
        "UnprocessedFindings": [
            _unprocessed(names, _DUPLICATE if number > 1 else _NOT_FOUND)
            for names, number in times.items()
            if names not in found
        ],
    }


def _require_settable(parameters: Mapping[str, Any]) -> None:
    if others := sorted(parameters.keys() - _SETTABLE):
        raise invalid_input(f"{others[0]} cannot be set: the findings here have a Workflow and a Note.")
    note, workflow = parameters.get("Note"), parameters.get("Workflow", {}).get("Status")
    if note is None and workflow is None:
        raise invalid_input("Workflow.Status or Note must be given.")
    if note is not None and any(len(text) > _LONGEST_TEXT for text in note.values()):
        raise invalid_input(f"Note.Text and Note.UpdatedBy must not be longer than {_LONGEST_TEXT} characters.")
    if note is not None and any(_UNKEEPABLE.search(text) for text in note.values()):
        raise invalid_input("Note.Text and Note.UpdatedBy must be of whole characters.")
    if not 1 <= len(parameters["FindingIdentifiers"]) <= _MOST_FINDINGS:
        raise invalid_input(f"FindingIdentifiers must have from 1 to {_MOST_FINDINGS} items.")


def _updated(finding: KeptFinding, call: AuthorizedCall) -> KeptFinding:
    note, workflow = call.parameters.get("Note", {}), call.parameters.get("Workflow", {}).get("Status")
    return looked_into(
        finding,
        workflow=None if workflow is None else Workflow(workflow),
        note=note.get("Text"),
        note_by=note.get("UpdatedBy"),
        now=call.now,
    )


def _identifier(names: tuple[str, str]) -> Output:
    return {"Id": names[0], "ProductArn": names[1]}


def _unprocessed(names: tuple[str, str], error: tuple[str, str]) -> Output:
    return {"FindingIdentifier": _identifier(names), "ErrorCode": error[0], "ErrorMessage": error[1]}
