"""What becomes of a finding, by Security Hub's rules for workflow statuses."""

from datetime import timedelta

import pytest

from ostiary.directory.findings import KeptFinding, Workflow
from ostiary.governance.controls import Status
from ostiary.governance.findings import looked_into
from ostiary.governance.findings.lifecycle import newly_fails, next_finding
from tests.directory.facts import NOW
from tests.governance.findings.saying import ALICE, GRAVE, say

LATER = NOW + timedelta(days=1)
P, F, N = Status.PASSED, Status.FAILED, Status.NOT_AVAILABLE
NEW, NOTIFIED, SUPPRESSED, RESOLVED = Workflow.NEW, Workflow.NOTIFIED, Workflow.SUPPRESSED, Workflow.RESOLVED


def kept(status: Status, workflow: Workflow, *, archived: bool = False) -> KeptFinding:
    first = next_finding(None, say(status), now=NOW)
    assert first is not None
    looked = looked_into(first, workflow=workflow, note="why", note_by="me", now=NOW)
    if not archived:
        return looked
    gone = next_finding(looked, None, now=NOW)
    assert gone is not None
    return gone


@pytest.mark.parametrize(("status", "workflow"), [(P, RESOLVED), (F, NEW), (N, NEW)])
def test_a_first_finding(status: Status, workflow: Workflow) -> None:
    made = next_finding(None, say(status), now=NOW)
    assert made is not None
    assert (made.control, made.resource_arn, made.status) == (GRAVE.key, ALICE, status.value)
    assert (made.workflow, made.archived, made.note) == (workflow, False, None)
    assert made.first_observed_at == made.updated_at == NOW


@pytest.mark.parametrize(
    ("before", "workflow", "after", "expected"),
    [
        # What passes is done with.
        (F, NEW, P, RESOLVED),
        (F, NOTIFIED, P, RESOLVED),
        (N, NEW, P, RESOLVED),
        # What fails again is new.
        (P, RESOLVED, F, NEW),
        (P, NOTIFIED, F, NEW),
        (P, RESOLVED, N, NEW),
        (P, NEW, F, NEW),
        # As long as it fails, what somebody said of it stands.
        (F, NOTIFIED, F, NOTIFIED),
        (F, RESOLVED, F, RESOLVED),
        (F, RESOLVED, N, RESOLVED),
        (N, NOTIFIED, F, NOTIFIED),
        (P, NOTIFIED, P, NOTIFIED),
        # What is suppressed stays so.
        (F, SUPPRESSED, P, SUPPRESSED),
        (P, SUPPRESSED, F, SUPPRESSED),
        (F, SUPPRESSED, N, SUPPRESSED),
    ],
)
def test_workflow_follows_status(before: Status, workflow: Workflow, after: Status, expected: Workflow) -> None:
    found = next_finding(kept(before, workflow), say(after), now=LATER)
    assert found is not None
    assert (found.status, found.workflow, found.note) == (after.value, expected, "why")
    assert found.updated_at == (NOW if before is after else LATER)
    assert found.first_observed_at == NOW


@pytest.mark.parametrize("workflow", Workflow)
@pytest.mark.parametrize(("status", "expected"), [(P, RESOLVED), (F, NEW), (N, NEW)])
def test_what_comes_back_is_new_unless_it_was_suppressed(
    workflow: Workflow, status: Status, expected: Workflow
) -> None:
    found = next_finding(kept(F, workflow, archived=True), say(status), now=LATER)
    assert found is not None
    assert (found.archived, found.updated_at) == (False, LATER)
    assert found.workflow is (SUPPRESSED if workflow is SUPPRESSED else expected)


def test_what_is_gone_is_archived_once_and_else_as_it_was() -> None:
    before = kept(F, SUPPRESSED)
    gone = next_finding(before, None, now=LATER)
    assert gone is not None
    assert (gone.archived, gone.updated_at) == (True, LATER)
    assert (gone.status, gone.workflow, gone.note) == (F.value, SUPPRESSED, "why")
    assert next_finding(gone, None, now=LATER + timedelta(days=1)) == gone
    assert next_finding(None, None, now=NOW) is None


def test_a_reason_changes_without_an_update() -> None:
    before = kept(F, NEW)
    found = next_finding(before, say(F, reason="a day older"), now=LATER)
    assert found is not None
    assert (found.reason, found.updated_at, found.workflow) == ("a day older", NOW, NEW)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, F, True),
        (None, P, False),
        (kept(P, RESOLVED), F, True),
        (kept(N, NEW), F, True),
        (kept(F, NEW), F, False),
        (kept(F, RESOLVED), F, False),
        (kept(F, NEW, archived=True), F, True),
        (kept(P, SUPPRESSED), F, False),
        (kept(F, NEW), P, False),
    ],
)
def test_what_newly_fails(before: KeptFinding | None, after: Status, *, expected: bool) -> None:
    found = next_finding(before, say(after), now=LATER)
    assert found is not None
    assert newly_fails(before, found) is expected


def test_looking_into_a_finding_is_no_update_of_it() -> None:
    before = kept(F, NEW)
    assert looked_into(before, workflow=NOTIFIED, note=None, note_by=None, now=LATER).note == "why"
    noted = looked_into(before, workflow=None, note="because", note_by="you", now=LATER)
    assert (noted.workflow, noted.note, noted.note_by, noted.noted_at) == (NEW, "because", "you", LATER)
    assert noted.updated_at == NOW
