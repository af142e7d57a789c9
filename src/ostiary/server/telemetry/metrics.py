"""What is counted of a server, in this process. Until `keep_metrics` is called, counting does nothing.

INVARIANT: labels come from short lists of ours; no principal, name, key or account is one, so that neither does anybody
learn of them here nor can anybody make up labels without end. tests/server/telemetry/test_metrics.py holds it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ostiary.store import StoreUnavailable

if TYPE_CHECKING:
    from ostiary.server.telemetry.collectors import Collectors


@dataclass(slots=True)
class _Kept:
    collectors: "Collectors | None" = None


_kept = _Kept()


def keep_metrics() -> None:
    """Begin to count; from then on for as long as the process lives."""
    # The library takes a while to import, and most servers count nothing.
    from ostiary.server.telemetry.collectors import Collectors  # noqa: PLC0415 - see above

    if _kept.collectors is None:
        _kept.collectors = Collectors()


def exposition() -> tuple[str, bytes]:
    """Return the numbers in Prometheus' text form, with the media type first; of all workers, if there are several."""
    keep_metrics()
    collectors = _kept.collectors
    return collectors.exposition() if collectors else ("text/plain", b"")


def call_answered(service: str, operation: str, outcome: str, seconds: float) -> None:
    """Count a call.

    Args:
        service: the signing name of a service that is served, `console`, or `other`.
        operation: an operation that is served, or `other`.
        outcome: one of `outcome.py`.
        seconds: how long it took, from when it was read to when its answer was made.
    """
    if _kept.collectors:
        _kept.collectors.count_call(service, operation, outcome, seconds)


def sign_in_ended(outcome: str) -> None:
    """Count an attempt at the sign-in page, by one of the outcomes of `sign_in_outcome`."""
    if _kept.collectors:
        _kept.collectors.sign_ins.labels(outcome).inc()


def events_written(count: int) -> None:
    """Count events of calls that are in the trail."""
    if _kept.collectors:
        _kept.collectors.events.inc(count)


def recorder_waiting(count: int) -> None:
    """Note how many events and uses wait to be written."""
    if _kept.collectors:
        _kept.collectors.waiting.set(count)


def recording_failed(count: int) -> None:
    """Count events that could not be written; the calls that they are about were refused."""
    if _kept.collectors:
        _kept.collectors.unwritten.inc(count)


def job_ran(job: str, *, succeeded: bool, now: datetime) -> None:
    """Count a run of a background job.

    Args:
        job: the job's name, one of the few there are.
        succeeded: it did what it was to do.
        now: when it ended.
    """
    if _kept.collectors:
        _kept.collectors.jobs.labels(job, "ok" if succeeded else "failed").inc()
        if succeeded:
            _kept.collectors.job_success.labels(job).set(now.timestamp())


def alert_raised(kind: str) -> None:
    """Count an alert, by one of the few kinds there are."""
    if _kept.collectors:
        _kept.collectors.alerts.labels(kind).inc()


def alert_delivered(outcome: str) -> None:
    """Count an attempt to deliver an alert, by how it ended: one of a few words such as `ok` and `failed`."""
    if _kept.collectors:
        _kept.collectors.deliveries.labels(outcome).inc()


def count_failure(error: Exception) -> None:
    """Count what kept a call, or the recorder, from its work, if it is an error of the database."""
    if _kept.collectors and isinstance(error, StoreUnavailable):
        _kept.collectors.database_errors.inc()
