"""Heeds the ages at which access keys are to be warned of and deactivated."""

from datetime import datetime, timedelta

from ostiary.directory.directory import Directory
from ostiary.governance import enforce_key_limits, find_accounts_with_aged_keys
from ostiary.server.jobs.job import Job
from ostiary.server.state import State

_AT_ONCE = 100
"""Keys in one transaction, beside which calls go on."""


def _is_needed(directory: Directory, now: datetime) -> bool:
    return bool(find_accounts_with_aged_keys(directory, now))


def _run(state: State, now: datetime) -> None:
    with state.reading() as directory:
        accounts = find_accounts_with_aged_keys(directory, now)
    for account in accounts:
        more = True
        while more:
            with state.writing() as directory:
                more = enforce_key_limits(directory, account, now=now, most=_AT_ONCE) == _AT_ONCE


JOB = Job("key-age", timedelta(minutes=1), _run, _is_needed)
