"""What becomes of a finding when its control is asked again.

Source: https://docs.aws.amazon.com/securityhub/latest/userguide/findings-workflow-status.html
"""

from dataclasses import replace
from datetime import datetime

from ostiary.directory.findings import KeptFinding, Workflow, finding_id
from ostiary.governance.controls import Finding, Status

_PASSED = Status.PASSED.value


def next_finding(kept: KeptFinding | None, said: Finding | None, *, now: datetime) -> KeptFinding | None:
    """Return a finding as it is from now on; the same when nothing changes.

    * Who passes is done with: its workflow becomes RESOLVED. Whoever fails again, or comes back, is NEW.
    * What somebody suppressed stays so, whatever is found.

    Args:
        kept: the finding until now; None when there is none.
        said: what the control says of the resource; None when it says nothing, since the resource is gone.
        now: when it was asked.
    """
    if said is None:
        return None if kept is None else kept if kept.archived else replace(kept, archived=True, updated_at=now)
    status = said.status.value
    if kept is None:
        return KeptFinding(
            finding_id=finding_id(said.control.key, said.resource_arn),
            control=said.control.key,
            resource_arn=said.resource_arn,
            resource_type=said.resource_type,
            status=status,
            reason=said.reason,
            workflow=Workflow.RESOLVED if status == _PASSED else Workflow.NEW,
            note=None,
            note_by=None,
            noted_at=None,
            archived=False,
            first_observed_at=now,
            updated_at=now,
        )
    changed = kept.archived or kept.status != status
    return replace(
        kept,
        status=status,
        reason=said.reason,
        workflow=_workflow(kept, status),
        archived=False,
        updated_at=now if changed else kept.updated_at,
    )


def looked_into(
    kept: KeptFinding, *, workflow: Workflow | None, note: str | None, note_by: str | None, now: datetime
) -> KeptFinding:
    """Return a finding of which somebody says how far it was looked into, writes a note, or both; None leaves one be.

    When it was updated stays as it is: that is about what controls find.
    """
    changed = kept if workflow is None else replace(kept, workflow=workflow)
    return changed if note is None else replace(changed, note=note, note_by=note_by, noted_at=now)


def newly_fails(before: KeptFinding | None, after: KeptFinding) -> bool:
    """Tell whether a resource fails now that did not before, and nobody said that it may."""
    failed = Status.FAILED.value
    if after.status != failed or after.archived or after.workflow is Workflow.SUPPRESSED:
        return False
    return before is None or before.archived or before.status != failed


def _workflow(kept: KeptFinding, status: str) -> Workflow:
    if kept.workflow is Workflow.SUPPRESSED:
        return Workflow.SUPPRESSED
    if status == _PASSED:
        # Only on its way there: what somebody says of it afterwards stands.
        return Workflow.RESOLVED if kept.status != _PASSED or kept.archived else kept.workflow
    return Workflow.NEW if kept.status == _PASSED or kept.archived else kept.workflow
