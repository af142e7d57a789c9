"""Findings are kept for each account, looked for in an order, and gone through in pages that lose and repeat none."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ostiary.directory.directory import Directory
from ostiary.directory.finding_search import Found, SortedBy, Sought, search_findings
from ostiary.directory.findings import (
    FindingChange,
    KeptFinding,
    Step,
    Workflow,
    count_findings,
    delete_archived_findings,
    finding_id,
    get_findings,
    glance_at_findings,
    has_archived_findings,
    keep_steps,
    list_finding_changes,
)
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT

CONTROLS = ("a", "b", "c")
STATUSES = ("PASSED", "FAILED", "NOT_AVAILABLE")


def make(number: int, **changes: Any) -> KeptFinding:
    control, arn = CONTROLS[number % 3], f"arn:aws:iam::{ACCOUNT}:user/u{number:03}"
    made: dict[str, Any] = {
        "finding_id": finding_id(control, arn),
        "control": control,
        "resource_arn": arn,
        "resource_type": "AWS::IAM::User",
        "status": STATUSES[number % 2],
        "reason": f"because of {number}",
        "workflow": list(Workflow)[number % 4],
        "note": None,
        "note_by": None,
        "noted_at": None,
        "archived": number % 5 == 0,
        "first_observed_at": NOW,
        "updated_at": NOW + timedelta(days=number % 7),
    }
    return KeptFinding(**made | changes)


FINDINGS = [make(number) for number in range(40)]


@pytest.fixture
def kept(directory: Directory) -> Directory:
    keep_steps(directory, ACCOUNT, [Step(None, finding) for finding in FINDINGS], by="test", now=NOW)
    keep_steps(directory, OTHER_ACCOUNT, [Step(None, make(0))], by="test", now=NOW)
    return directory


def found(directory: Directory, sought: Sought = Sought(), **more: Any) -> list[Found]:  # noqa: B008 - frozen
    return list(search_findings(directory, ACCOUNT, sought, **more))


def test_an_id_follows_from_control_and_resource() -> None:
    assert finding_id("a", "b") == finding_id("a", "b")
    assert len({finding_id("a", "b"), finding_id("a", "c"), finding_id("b", "b"), finding_id("ab", "")}) == 4
    assert len(finding_id("a", "b")) == 64


def test_findings_are_as_they_were_kept(kept: Directory) -> None:
    ids = [finding.finding_id for finding in FINDINGS]
    assert get_findings(kept, ACCOUNT, [*ids, "f" * 64]) == dict(zip(ids, FINDINGS, strict=True))
    assert set(get_findings(kept, OTHER_ACCOUNT, ids)) == {ids[0]}
    assert {glance.finding_id for glance in glance_at_findings(kept, ACCOUNT)} == set(ids)


def test_a_step_changes_a_finding_of_its_account_alone(kept: Directory) -> None:
    before = FINDINGS[0]
    after = make(0, status="FAILED", note="n", note_by="me", noted_at=NOW)
    keep_steps(kept, ACCOUNT, [Step(before, after)], by="somebody", now=NOW + timedelta(days=1))
    assert get_findings(kept, ACCOUNT, [before.finding_id])[before.finding_id] == after
    assert get_findings(kept, OTHER_ACCOUNT, [before.finding_id])[before.finding_id] == before
    assert list_finding_changes(kept, ACCOUNT, before.finding_id)[1:] == (
        FindingChange(
            2,
            NOW + timedelta(days=1),
            "somebody",
            {"status": ("PASSED", "FAILED"), "note": (None, "n"), "note_by": (None, "me")},
        ),
    )
    assert len(list_finding_changes(kept, OTHER_ACCOUNT, before.finding_id)) == 1


def test_a_reason_is_kept_and_makes_no_history(kept: Directory) -> None:
    after = make(1, reason="otherwise")
    keep_steps(kept, ACCOUNT, [Step(FINDINGS[1], after)], by="test", now=NOW)
    assert get_findings(kept, ACCOUNT, [after.finding_id])[after.finding_id].reason == "otherwise"
    assert len(list_finding_changes(kept, ACCOUNT, after.finding_id)) == 1


def test_counts_leave_out_what_is_archived(kept: Directory) -> None:
    counted = count_findings(kept, ACCOUNT)
    for (control, status), number in counted.items():
        same = [each for each in FINDINGS if (each.control, each.status, each.archived) == (control, status, False)]
        assert number == len(same)
    assert sum(counted.values()) == sum(not each.archived for each in FINDINGS)


def test_what_was_archived_long_ago_is_deleted_in_portions(kept: Directory) -> None:
    before = NOW + timedelta(days=3)
    old = [each for each in FINDINGS if each.archived and each.updated_at < before]
    assert len(old) > 2
    assert has_archived_findings(kept, ACCOUNT, before=before)
    assert delete_archived_findings(kept, ACCOUNT, before=before, most=2) == 2
    assert delete_archived_findings(kept, ACCOUNT, before=before, most=100) == len(old) - 2
    assert not has_archived_findings(kept, ACCOUNT, before=before)
    left = {glance.finding_id for glance in glance_at_findings(kept, ACCOUNT)}
    assert left == {each.finding_id for each in FINDINGS} - {each.finding_id for each in old}
    assert list_finding_changes(kept, ACCOUNT, old[0].finding_id) == ()
    assert len(get_findings(kept, OTHER_ACCOUNT, [make(0).finding_id])) == 1


def some(values: Any) -> Any:
    return st.none() | st.sets(st.sampled_from(list(values)))


narrowings = st.builds(
    Sought,
    controls=some(CONTROLS),
    statuses=some(STATUSES),
    workflows=some(Workflow),
    archived=some([False, True]),
    ids=some(each.finding_id for each in FINDINGS),
)
orders = st.lists(
    st.builds(SortedBy, st.sampled_from(["status", "updated_at", "workflow", "archived"]), st.booleans())
    | st.builds(SortedBy, st.just("control"), st.booleans(), st.just({"a": 2, "b": 1, "c": 2})),
    max_size=3,
)


def key_of(finding: KeptFinding, by: SortedBy) -> Any:
    value = getattr(finding, by.column)
    value = value.value if isinstance(value, Workflow) else value
    return by.ranks.get(value, 0) if by.ranks else value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(narrowings, orders, st.integers(1, 9))
def test_pages_in_any_order_are_the_whole(kept: Directory, sought: Sought, order: list[SortedBy], size: int) -> None:
    expected = [
        each
        for each in FINDINGS
        if (sought.controls is None or each.control in sought.controls)
        and (sought.statuses is None or each.status in sought.statuses)
        and (sought.workflows is None or each.workflow in sought.workflows)
        and (sought.archived is None or each.archived in sought.archived)
        and (sought.ids is None or each.finding_id in sought.ids)
    ]
    expected.sort(key=lambda each: each.finding_id)
    for by in reversed(order):
        expected.sort(key=lambda each, by=by: key_of(each, by), reverse=by.descending)
    pages: list[KeptFinding] = []
    after = None
    while page := found(kept, sought, order=order, after=after)[:size]:
        pages += [each.finding for each in page]
        after = page[-1].place
    assert pages == expected
