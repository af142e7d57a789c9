"""Asks the controls of each account that changed, and of every account each hour, and keeps what they say."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from ostiary.audit import AuditEvent
from ostiary.directory import accounts
from ostiary.directory.directory import Directory
from ostiary.directory.findings import delete_archived_findings, has_archived_findings
from ostiary.governance import record_events
from ostiary.governance.controls import Control, account_facts
from ostiary.governance.findings import (
    Evaluation,
    Standing,
    begin_evaluation,
    describe_breakage,
    describe_first_evaluation,
    end_evaluation,
    evaluate_account,
    find_outdated,
    find_standing,
    keep_findings,
    list_accounts_due,
    list_controls,
    list_failing,
)
from ostiary.server.jobs.job import Job
from ostiary.server.state import State
from ostiary.server.telemetry import Stopwatch
from ostiary.values.identifiers import AccountId

_log = logging.getLogger(__name__)

_AT_ONCE = 250
"""Findings in one transaction, beside which calls go on."""

_ARCHIVED_FOR = timedelta(days=30)
"""As long as Security Hub keeps what is archived."""


def _is_needed(directory: Directory, now: datetime) -> bool:
    return bool(list_accounts_due(directory, now=now))


def _run(state: State, now: datetime) -> None:
    with state.reading() as directory:
        due = list_accounts_due(directory, now=now)
    for account in due:
        try:
            evaluate_controls(state, account, tuple(list_controls().values()), now=now)
        except Exception:  # noqa: BLE001 - logged; the other accounts must be looked at all the same
            _log.exception("the controls of account %s were not evaluated", account)


def evaluate_controls(state: State, account: AccountId, controls: Sequence[Control], *, now: datetime) -> None:
    """Ask controls of an account and keep what they say; nothing is done when somebody else is at it.

    What they are asked of is one snapshot, in a transaction that holds up nobody. What changed is written in portions,
    and none of it counts as a change to the account.
    """
    stopwatch = Stopwatch()
    with state.writing() as directory:
        if not begin_evaluation(directory, account, now=now):
            return
    with state.reading() as directory:
        # First of all, since it fixes what the transaction sees.
        revision = accounts.list_revisions(directory)[account]
        standing = find_standing(directory, account)
        facts = account_facts(directory, account, now=now)
    evaluation = evaluate_account(facts, controls)
    with state.reading() as directory:
        outdated = find_outdated(directory, account, evaluation)
    for start in range(0, len(outdated), _AT_ONCE):
        with state.writing() as directory:
            some = outdated[start : start + _AT_ONCE]
            keep_findings(directory, account, evaluation, some, now=now, is_first=standing is None)
    _forget_archived(state, account, now)
    with state.writing() as directory:
        record_events(directory, _events(account, standing, evaluation, now))
        end_evaluation(
            directory,
            account,
            revision=revision,
            failures=evaluation.failures,
            now=now,
            took=timedelta(seconds=stopwatch.seconds()),
        )


def _events(account: AccountId, standing: Standing | None, evaluation: Evaluation, now: datetime) -> list[AuditEvent]:
    broken_before = standing.failures if standing else {}
    events = [
        describe_breakage(account, control, error, now=now)
        for control, error in evaluation.failures.items()
        if control not in broken_before
    ]
    if standing is None:
        events.append(describe_first_evaluation(account, list_failing(evaluation), now=now))
    return events


def _forget_archived(state: State, account: AccountId, now: datetime) -> None:
    before = now - _ARCHIVED_FOR
    with state.reading() as directory:
        more = has_archived_findings(directory, account, before=before)
    while more:
        with state.writing() as directory:
            more = delete_archived_findings(directory, account, before=before, most=_AT_ONCE) == _AT_ONCE


JOB = Job("evaluate-controls", timedelta(seconds=5), _run, _is_needed)
