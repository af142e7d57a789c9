"""Whatever happens to findings, replaying what was kept of it gives what they are."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ostiary.audit import BACKGROUND
from ostiary.directory.directory import Directory
from ostiary.directory.findings import (
    FOLLOWED,
    KeptFinding,
    Step,
    Workflow,
    finding_id,
    get_findings,
    keep_steps,
    list_finding_changes,
)
from ostiary.governance.controls import Status
from ostiary.governance.findings import Evaluation, find_outdated, keep_findings, looked_into
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT
from tests.governance.findings.saying import ALICE, BOB, GRAVE, MILD, say

PLACES = [(control, arn) for control in (GRAVE, MILD) for arn in (ALICE, BOB)]
IDS = [finding_id(control.key, arn) for control, arn in PLACES]

verdicts = st.tuples(*[st.none() | st.sampled_from(Status)] * len(PLACES))
"""What each control says of each resource; None when the resource is not there."""
looks = st.tuples(st.sampled_from(IDS), st.none() | st.sampled_from(Workflow), st.none() | st.sampled_from(["a", "b"]))


@contextmanager
def undone(directory: Directory) -> Iterator[None]:
    with directory.connection.begin_nested() as begun:
        yield
        begun.rollback()


def evaluated(said: tuple[Status | None, ...]) -> Evaluation:
    findings = [say(status, control, arn) for (control, arn), status in zip(PLACES, said, strict=True) if status]
    return Evaluation({finding_id(each.control.key, each.resource_arn): each for each in findings}, {})


def replayed(directory: Directory, finding: KeptFinding) -> Mapping[str, Any]:
    state: dict[str, Any] = dict.fromkeys(FOLLOWED)
    changes = list_finding_changes(directory, ACCOUNT, finding.finding_id)
    assert [change.number for change in changes] == list(range(1, len(changes) + 1))
    assert [change.changed_at for change in changes] == sorted(change.changed_at for change in changes)
    for change in changes:
        assert change.changes
        for name, (before, after) in change.changes.items():
            assert state[name] == before != after
            state[name] = after
    return state


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(verdicts | looks, max_size=8))
def test_replaying_the_changes_gives_the_present_state(directory: Directory, happened: list[tuple[Any, ...]]) -> None:
    with undone(directory):
        latest: tuple[Status | None, ...] = (None,) * len(PLACES)
        for days, event in enumerate(happened):
            now = NOW + timedelta(days=days)
            if len(event) == len(PLACES):
                latest, evaluation = event, evaluated(event)
                outdated = find_outdated(directory, ACCOUNT, evaluation)
                keep_findings(directory, ACCOUNT, evaluation, outdated, now=now, is_first=days == 0)
                assert find_outdated(directory, ACCOUNT, evaluation) == ()
            else:
                name, workflow, note = event
                before = get_findings(directory, ACCOUNT, [name]).get(name)
                if before is not None:
                    after = looked_into(before, workflow=workflow, note=note, note_by="me", now=now)
                    keep_steps(directory, ACCOUNT, [Step(before, after)], by=BOB, now=now)
        kept = get_findings(directory, ACCOUNT, IDS)
        for name, status in zip(IDS, latest, strict=True):
            assert (name in kept and not kept[name].archived) is (status is not None)
            assert status is None or kept[name].status == status.value
        for finding in kept.values():
            state = replayed(directory, finding)
            assert state == {
                "status": finding.status,
                "workflow": finding.workflow.value,
                "note": finding.note,
                "note_by": finding.note_by,
                "archived": finding.archived,
            }
        assert get_findings(directory, OTHER_ACCOUNT, IDS) == {}


def test_each_change_tells_who_made_it(directory: Directory) -> None:
    evaluation = evaluated((Status.FAILED, None, None, None))
    keep_findings(directory, ACCOUNT, evaluation, IDS[:1], now=NOW, is_first=True)
    (before,) = get_findings(directory, ACCOUNT, IDS).values()
    after = looked_into(before, workflow=Workflow.SUPPRESSED, note="a test account", note_by="security", now=NOW)
    keep_steps(directory, ACCOUNT, [Step(before, after)], by=BOB, now=NOW)
    first, second = list_finding_changes(directory, ACCOUNT, IDS[0])
    assert (first.changed_by, second.changed_by) == (BACKGROUND, BOB)
    assert first.changes == {"status": (None, "FAILED"), "workflow": (None, "NEW"), "archived": (None, False)}
    assert second.changes == {
        "workflow": ("NEW", "SUPPRESSED"),
        "note": (None, "a test account"),
        "note_by": (None, "security"),
    }


def test_what_was_said_meanwhile_is_not_undone(directory: Directory) -> None:
    """Somebody suppresses a finding between an evaluation and its being kept."""
    evaluation = evaluated((Status.PASSED, None, None, None))
    keep_findings(directory, ACCOUNT, evaluation, IDS[:1], now=NOW, is_first=True)
    later = evaluated((Status.FAILED, None, None, None))
    outdated = find_outdated(directory, ACCOUNT, later)
    (before,) = get_findings(directory, ACCOUNT, outdated).values()
    after = looked_into(before, workflow=Workflow.SUPPRESSED, note=None, note_by=None, now=NOW)
    keep_steps(directory, ACCOUNT, [Step(before, after)], by=BOB, now=NOW)
    keep_findings(directory, ACCOUNT, later, outdated, now=NOW, is_first=False)
    (kept,) = get_findings(directory, ACCOUNT, outdated).values()
    assert (kept.status, kept.workflow) == ("FAILED", Workflow.SUPPRESSED)


def test_what_a_broken_control_said_before_stands(directory: Directory) -> None:
    evaluation = evaluated((Status.FAILED, Status.PASSED, Status.FAILED, Status.PASSED))
    keep_findings(directory, ACCOUNT, evaluation, IDS, now=NOW, is_first=True)
    broken = Evaluation({}, {GRAVE.key: "ValueError"})
    outdated = find_outdated(directory, ACCOUNT, broken)
    assert set(outdated) == set(IDS[2:])
    keep_findings(directory, ACCOUNT, broken, outdated, now=NOW, is_first=False)
    kept = get_findings(directory, ACCOUNT, IDS)
    assert [kept[name].archived for name in IDS] == [False, False, True, True]
