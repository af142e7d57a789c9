"""Does what is due, each job in a thread of its own; of several processes on one database, one does it at a time."""

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
    """Looks every second which jobs are due, and does them; one that takes long holds up no other."""

    def __init__(self, state: State, jobs: Sequence[Job]) -> None:
        self._state = state
        self._jobs = jobs
        self._next_look: dict[str, datetime] = {}
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(job,), name=f"job {job.name}", daemon=True) for job in jobs
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End once the jobs that are being done are done."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def do_what_is_due(self) -> None:
        """Do each job that is due and that nobody else does."""
        for job in self._jobs:
            self._look_after(job)

    def _run(self, job: Job) -> None:
        while not self._stopping.wait(_SECONDS_BETWEEN_LOOKS):
            self._look_after(job)

    def _look_after(self, job: Job) -> None:
        now = self._state.clock()
        # Whether it is due is asked for as often as it can be; idle servers are to be idle.
        if now < self._next_look.get(job.name, now):
            return
        self._next_look[job.name] = now + job.every
        try:
            self._do_if_due(job, now)
        except Exception:  # noqa: BLE001 - logged; this thread must live on, whatever it is
            # The job is done again at its next time.
            metrics.job_ran(job.name, succeeded=False, now=now)
            _log.exception("the job %s was not done", job.name)

    def _do_if_due(self, job: Job, now: datetime) -> None:
        with self._state.reading() as directory:
            if not is_due(directory, job.name, now=now, every=job.every):
                return
            if job.is_needed is not None and not job.is_needed(directory, now):
                return
        with self._state.writing() as directory:
            if not take_job(directory, job.name, now=now, next_due=now + job.every):
                return
        job.run(self._state, now)
        metrics.job_ran(job.name, succeeded=True, now=self._state.clock())
