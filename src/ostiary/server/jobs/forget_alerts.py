"""Deletes alerts that every channel got and nobody needs any more; the trail tells of the same for longer."""

from datetime import datetime, timedelta

from ostiary.directory.alerts import forget_alerts, has_forgettable_alerts
from ostiary.directory.directory import Directory
from ostiary.server.jobs.job import Job
from ostiary.server.state import State

_KEPT = timedelta(days=90)
_PORTION = 500


def _run(state: State, now: datetime) -> None:
    deleted = _PORTION
    while deleted == _PORTION:
        # A portion at a time, so that no change waits for long.
        with state.writing() as directory:
            deleted = forget_alerts(directory, now - _KEPT, most=_PORTION)


def _is_needed(directory: Directory, now: datetime) -> bool:
    return has_forgettable_alerts(directory, now - _KEPT)


JOB = Job("forget_alerts", timedelta(days=1), _run, _is_needed)
