"""Accounts are looked at when they changed and each hour, and what controls say is kept without changing them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ostiary.audit import find_events
from ostiary.credentials import MasterKey
from ostiary.directory import accounts, keys, users
from ostiary.directory.findings import (
    KeptFinding,
    Step,
    Workflow,
    finding_id,
    get_findings,
    glance_at_findings,
    keep_steps,
    list_finding_changes,
)
from ostiary.directory.pages import PageRequest
from ostiary.governance.controls import CONTROLS, AccountFacts, Control
from ostiary.governance.findings import begin_evaluation, find_standing, looked_into
from ostiary.server.jobs import evaluate_controls as module
from ostiary.server.jobs.evaluate_controls import JOB, evaluate_controls
from ostiary.server.state import State
from ostiary.server.vault import open_vault
from ostiary.store import open_store
from tests.directory.facts import ACCOUNT, OTHER_ACCOUNT

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
ROTATED, ROOT_MFA = "access-keys-rotated", "root-account-mfa-enabled"


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    store = open_store(f"sqlite:///{tmp_path}/store.db")
    store.create_schema()
    made = State(store, open_vault(MasterKey.generate()), lambda: NOON)
    with made.writing() as directory:
        for account in (ACCOUNT, OTHER_ACCOUNT):
            accounts.create_account(
                directory, account, root_email=f"{account}@x.example", root_password_hash="-", now=NOON
            )
    yield made
    store.close()


def due(state: State, now: datetime) -> bool:
    assert JOB.is_needed is not None
    with state.reading() as directory:
        return JOB.is_needed(directory, now)


def add_user_with_key(state: State, *, made: datetime) -> None:
    with state.writing() as directory:
        alice = users.create_user(directory, ACCOUNT, "alice", now=made)
        keys.create_access_key(directory, ACCOUNT, alice, now=made)
        accounts.raise_revision(directory, ACCOUNT)


def finding(state: State, control: str, resource: str = ALICE) -> KeptFinding:
    with state.reading() as directory:
        (found,) = get_findings(directory, ACCOUNT, [finding_id(control, resource)]).values()
    return found


def events(state: State, name: str) -> list[dict[str, Any]]:
    with state.reading() as directory:
        found = find_events(directory.connection, ACCOUNT)
    return [event for event in found if event["eventName"] == name]


def revision(state: State) -> int:
    with state.reading() as directory:
        return accounts.list_revisions(directory)[ACCOUNT]


def look(state: State, now: datetime) -> None:
    JOB.run(state, now)


def test_each_account_is_looked_at_once_and_then_each_hour(state: State) -> None:
    assert due(state, NOON)
    look(state, NOON)
    assert not due(state, NOON + HOUR - SECOND)
    assert due(state, NOON + HOUR)
    with state.reading() as directory:
        for account in (ACCOUNT, OTHER_ACCOUNT):
            standing = find_standing(directory, account)
            assert standing is not None
            assert (standing.evaluated_at, standing.failures) == (NOON, {})
            assert list(glance_at_findings(directory, account))


def test_a_change_is_looked_at_after_a_pause(state: State) -> None:
    look(state, NOON)
    add_user_with_key(state, made=NOON - timedelta(days=91))
    assert not due(state, NOON + 4 * SECOND)
    later = NOON + timedelta(minutes=5)
    assert due(state, later)
    look(state, later)
    assert finding(state, ROTATED).status == "FAILED"
    assert not due(state, later + timedelta(minutes=5))


def test_looking_changes_no_account(state: State) -> None:
    before = revision(state)
    look(state, NOON)
    look(state, NOON + HOUR)
    assert revision(state) == before


def test_what_fails_at_first_is_told_once_and_what_fails_later_by_itself(state: State) -> None:
    look(state, NOON)
    (first,) = events(state, "ControlsFirstEvaluated")
    assert first["requestParameters"]["failing"]["critical"] >= 1
    assert first["userIdentity"]["invokedBy"] == first["eventSource"] == "ostiary.amazonaws.com"
    assert events(state, "FindingFailed") == []
    with state.writing() as directory:
        keys.create_access_key(directory, ACCOUNT, None, now=NOON)
        accounts.raise_revision(directory, ACCOUNT)
    look(state, NOON + HOUR)
    (failed,) = events(state, "FindingFailed")
    parameters = failed["requestParameters"]
    assert parameters["control"] == "IAM.4"
    assert parameters["resource"] == f"arn:aws:iam::{ACCOUNT}:root"
    assert parameters["severity"] == "CRITICAL"
    assert parameters["title"] == "The root user should have no access key"
    look(state, NOON + 2 * HOUR)
    assert len(events(state, "FindingFailed")) == 1
    assert len(events(state, "ControlsFirstEvaluated")) == 1


def test_what_is_mild_is_kept_and_told_nobody(state: State) -> None:
    look(state, NOON)
    add_user_with_key(state, made=NOON - timedelta(days=91))
    look(state, NOON + HOUR)
    assert finding(state, ROTATED).status == "FAILED"
    assert events(state, "FindingFailed") == []


def test_keys_grow_old_without_a_change(state: State) -> None:
    add_user_with_key(state, made=NOON)
    look(state, NOON)
    assert finding(state, ROTATED).status == "PASSED"
    look(state, NOON + timedelta(days=91))
    assert finding(state, ROTATED).status == "FAILED"


def test_a_suppressed_finding_stays_so_and_tells_nobody_when_it_fails_again(state: State) -> None:
    look(state, NOON)
    root = f"arn:aws:iam::{ACCOUNT}:root"
    before = finding(state, ROOT_MFA, root)
    after = looked_into(before, workflow=Workflow.SUPPRESSED, note="no root here", note_by="me", now=NOON)
    with state.writing() as directory:
        keep_steps(directory, ACCOUNT, [Step(before, after)], by=ALICE, now=NOON)
    for hours in (1, 2):
        look(state, NOON + hours * HOUR)
    kept = finding(state, ROOT_MFA, root)
    assert (kept.workflow, kept.note, kept.status) == (Workflow.SUPPRESSED, "no root here", "FAILED")


def test_what_is_gone_is_archived_and_after_a_month_forgotten(state: State) -> None:
    add_user_with_key(state, made=NOON)
    look(state, NOON)
    kept = finding(state, ROTATED)
    with state.writing() as directory:
        alice = users.get_user(directory, ACCOUNT, "alice")
        (key,) = keys.list_access_keys(directory, ACCOUNT, alice, PageRequest()).items
        keys.delete_access_key(directory, ACCOUNT, alice, key.access_key_id)
        users.delete_user(directory, alice)
        accounts.raise_revision(directory, ACCOUNT)
    look(state, NOON + HOUR)
    assert finding(state, ROTATED).archived
    look(state, NOON + HOUR + timedelta(days=30))
    assert finding(state, ROTATED).archived
    look(state, NOON + 2 * HOUR + timedelta(days=30))
    with state.reading() as directory:
        assert get_findings(directory, ACCOUNT, [kept.finding_id]) == {}
        assert list_finding_changes(directory, ACCOUNT, kept.finding_id) == ()


def breaking(control: Control) -> Control:
    def check(_facts: AccountFacts) -> Any:
        raise ZeroDivisionError

    return replace(control, check=check)


def test_a_control_that_breaks_is_told_of_once_and_the_others_go_on(state: State) -> None:
    add_user_with_key(state, made=NOON)
    look(state, NOON)
    broken = [breaking(each) if each.key == ROTATED else each for each in CONTROLS]
    for hours in (1, 2):
        evaluate_controls(state, ACCOUNT, broken, now=NOON + timedelta(days=91, hours=hours))
    assert finding(state, ROTATED).status == "PASSED"
    assert not finding(state, ROTATED).archived
    assert finding(state, "iam-user-unused-credentials-check").status == "FAILED"
    (told,) = events(state, "ControlNotEvaluated")
    assert told["requestParameters"] == {"control": ROTATED}
    assert told["errorMessage"] == "The control could not be evaluated: ZeroDivisionError"
    with state.reading() as directory:
        standing = find_standing(directory, ACCOUNT)
    assert standing is not None
    assert standing.failures == {ROTATED: "ZeroDivisionError"}
    look(state, NOON + timedelta(days=92))
    assert finding(state, ROTATED).status == "FAILED"


def test_an_account_that_cannot_be_looked_at_does_not_keep_others_from_it(
    state: State, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    facts = module.account_facts

    def fails_for_one(directory: Any, account: Any, *, now: datetime) -> AccountFacts:
        if account == ACCOUNT:
            raise ZeroDivisionError
        return facts(directory, account, now=now)

    monkeypatch.setattr(module, "account_facts", fails_for_one)
    look(state, NOON)
    assert f"the controls of account {ACCOUNT} were not evaluated" in caplog.text
    with state.reading() as directory:
        assert find_standing(directory, ACCOUNT) is None
        assert find_standing(directory, OTHER_ACCOUNT) is not None
    monkeypatch.undo()
    assert not due(state, NOON + timedelta(minutes=9))
    look(state, NOON + timedelta(minutes=10))
    with state.reading() as directory:
        assert find_standing(directory, ACCOUNT) is not None


def test_an_account_is_looked_at_by_one_at_a_time(state: State) -> None:
    with state.writing() as directory:
        assert begin_evaluation(directory, ACCOUNT, now=NOON)
    evaluate_controls(state, ACCOUNT, CONTROLS, now=NOON + SECOND)
    with state.reading() as directory:
        assert find_standing(directory, ACCOUNT) is None


def test_nothing_is_written_of_what_is_as_before(state: State) -> None:
    look(state, NOON)
    with state.reading() as directory:
        ids = [glance.finding_id for glance in glance_at_findings(directory, ACCOUNT)]
        before = get_findings(directory, ACCOUNT, ids)
    look(state, NOON + HOUR)
    with state.reading() as directory:
        assert get_findings(directory, ACCOUNT, ids) == before
        assert all(len(list_finding_changes(directory, ACCOUNT, each)) == 1 for each in ids)
