"""Keeping what controls said: what differs from before is found first, and written in portions."""

from collections.abc import Collection
from datetime import datetime

from ostiary.audit import BACKGROUND
from ostiary.directory.directory import Directory
from ostiary.directory.findings import Glance, Step, get_findings, glance_at_findings, keep_steps
from ostiary.governance.findings.evaluation import Evaluation
from ostiary.governance.findings.events import GRAVE, describe_failure
from ostiary.governance.findings.lifecycle import newly_fails, next_finding
from ostiary.governance.findings.naming import list_controls
from ostiary.governance.recording import record_events
from ostiary.values.identifiers import AccountId


def find_outdated(directory: Directory, account: AccountId, evaluation: Evaluation) -> tuple[str, ...]:
    """Return the IDs of the findings that are no longer, or not yet, as an evaluation has them."""
    outdated = []
    known = set()
    for glance in glance_at_findings(directory, account):
        known.add(glance.finding_id)
        if _differs(glance, evaluation):
            outdated.append(glance.finding_id)
    return (*outdated, *(each for each in evaluation.said if each not in known))


def keep_findings(
    directory: Directory,
    account: AccountId,
    evaluation: Evaluation,
    ids: Collection[str],
    *,
    now: datetime,
    is_first: bool,
) -> None:
    """Bring findings to what an evaluation says of them, with an event of each that newly and gravely fails.

    They are read anew, since somebody may have suppressed one meanwhile.

    Args:
        directory: a writing transaction.
        account: whose.
        evaluation: what controls said.
        ids: of those findings that are to be kept now.
        now: when the controls were asked.
        is_first: nobody knows this account yet, so that nothing of it newly fails.
    """
    kept = get_findings(directory, account, ids)
    steps = []
    for each in ids:
        before = kept.get(each)
        after = next_finding(before, evaluation.said.get(each), now=now)
        if after is not None and after != before:
            steps.append(Step(before, after))
    keep_steps(directory, account, steps, by=BACKGROUND, now=now)
    if not is_first:
        record_events(
            directory,
            [
                describe_failure(account, control, step.after, now=now)
                for step in steps
                if newly_fails(step.before, step.after)
                and (control := list_controls()[step.after.control]).severity in GRAVE
            ],
        )


def _differs(glance: Glance, evaluation: Evaluation) -> bool:
    said = evaluation.said.get(glance.finding_id)
    if said is None:
        return not glance.archived and glance.control not in evaluation.failures
    return glance.archived or (glance.status, glance.reason) != (said.status.value, said.reason)
