"""Deletes the events that an account's settings say are kept no longer."""

import logging
from datetime import datetime, timedelta

from ostiary.audit import TrailDamaged
from ostiary.directory.accounts import list_accounts_with_trail_retention
from ostiary.directory.directory import Directory
from ostiary.server.jobs.job import Job
from ostiary.server.state import State
from ostiary.server.trail_pruning import prune_trail

_log = logging.getLogger(__name__)


def _is_needed(directory: Directory, _now: datetime) -> bool:
    return bool(list_accounts_with_trail_retention(directory))


def _run(state: State, now: datetime) -> None:
    with state.reading() as directory:
        accounts = list_accounts_with_trail_retention(directory)
    for account in accounts:
        days = account.trail_retention_days
        if days is None:
            continue
        try:
            for _ in prune_trail(state, account.account, now - timedelta(days=days), now=now, retention_days=days):
                pass
        except TrailDamaged as error:
            # What may be evidence is not deleted by a job.
            _log.warning("the trail of account %s: %s", account.account, error)


JOB = Job("prune-trail", timedelta(hours=1), _run, _is_needed)
