"""Does what is due, in a thread of its own; of several processes on one database, one does each job at a time."""

import logging
import threading
from collections.abc import Sequence
from datetime import datetime

from ostiary.directory.jobs import is_due, take_job
from ostiary.server.jobs.job import Job
from ostiary.server.state import State
from ostiary.server.telemetry import metrics

_log = logging.getLogger(__name__)

_SECONDS_BETWEEN_LOOKS = 1.0


class Schedule:
    """Looks every second which jobs are due, and does them one after the other."""

    def __init__(self, state: State, jobs: Sequence[Job]) -> None:
        self._state = state
        self._jobs = jobs
        self._next_look: dict[str, datetime] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End once the job that is being done is done."""
        self._stopping.set()
        self._thread.join()

    def do_what_is_due(self) -> None:
        """Do each job that is due and that nobody else does."""
        for job in self._jobs:
            now = self._state.clock()
            if self._stopping.is_set():
                return
            # Whether it is due is asked for as often as it can be; idle servers are to be idle.
            if now < self._next_look.get(job.name, now):
                continue
            self._next_look[job.name] = now + job.every
            try:
                self._do_if_due(job, now)
            except Exception:  # noqa: BLE001 - logged; this thread must live on, whatever it is
                # The others must be done all the same, and this one again at its next time.
                metrics.job_ran(job.name, succeeded=False, now=now)
                _log.exception("the job %s was not done", job.name)

    def _run(self) -> None:
        while not self._stopping.wait(_SECONDS_BETWEEN_LOOKS):
            self.do_what_is_due()

    def _do_if_due(self, job: Job, now: datetime) -> None:
        with self._state.reading() as directory:
            if not is_due(directory, job.name, now=now):
                return
            if job.is_needed is not None and not job.is_needed(directory, now):
                return
        with self._state.writing() as directory:
            if not take_job(directory, job.name, now=now, next_due=now + job.every):
                return
        job.run(self._state, now)
        metrics.job_ran(job.name, succeeded=True, now=self._state.clock())
