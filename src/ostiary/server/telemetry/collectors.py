"""The metrics themselves, in the form of Prometheus' client library.

Source: https://prometheus.io/docs/practices/naming/ and https://prometheus.github.io/client_python/multiprocess/
"""

import platform
from collections.abc import Iterator

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from ostiary.server.telemetry.worker_metrics import shared_folder
from ostiary.server.telemetry.worker_processes import WorkerProcesses
from ostiary.values.version import VERSION

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Collectors:
    """Everything that is counted, and how it is shown."""

    def __init__(self) -> None:
        # When a series began is of no use to who scrapes in this form, and would be half of all lines.
        disable_created_metrics()  # type: ignore[no-untyped-call] # the library has it so
        registry = self._registry = CollectorRegistry()
        self._of_calls: dict[tuple[str, str, str], tuple[Counter, Histogram]] = {}
        self._calls = Counter(
            "ostiary_calls", "Calls answered.", ("service", "operation", "outcome"), registry=registry
        )
        self._seconds = Histogram(
            "ostiary_call_duration_seconds",
            "From when a call was read to when its answer was made.",
            ("service", "operation"),
            buckets=_SECONDS,
            registry=registry,
        )
        self.sign_ins = Counter("ostiary_sign_ins", "Attempts at the sign-in page.", ("outcome",), registry=registry)
        self.events = Counter("ostiary_events_written", "Events of calls written to the trail.", registry=registry)
        self.unwritten = Counter(
            "ostiary_events_unwritten", "Events that could not be written; their calls were refused.", registry=registry
        )
        self.waiting = Gauge(
            "ostiary_recorder_waiting",
            "Events and uses of keys that wait to be written.",
            multiprocess_mode="livesum",
            registry=registry,
        )
        self.jobs = Counter("ostiary_job_runs", "Runs of background jobs.", ("job", "outcome"), registry=registry)
        self.job_success = Gauge(
            "ostiary_job_last_success_timestamp_seconds",
            "When a background job last did its work.",
            ("job",),
            multiprocess_mode="max",
            registry=registry,
        )
        self.alerts = Counter("ostiary_alerts", "Alerts raised.", ("kind",), registry=registry)
        self.deliveries = Counter(
            "ostiary_alert_deliveries", "Attempts to deliver an alert.", ("outcome",), registry=registry
        )
        self.database_errors = Counter(
            "ostiary_database_errors",
            "Errors of the database that kept calls from being carried out.",
            registry=registry,
        )

    def count_call(self, service: str, operation: str, outcome: str, seconds: float) -> None:
        """Count one call."""
        counted = service, operation, outcome
        if (found := self._of_calls.get(counted)) is None:
            # Kept, since to look them up takes as long as to count.
            found = self._calls.labels(*counted), self._seconds.labels(service, operation)
            self._of_calls[counted] = found
        calls, durations = found
        calls.inc()
        durations.observe(seconds)

    def exposition(self) -> tuple[str, bytes]:
        """Return the media type and the text; with several workers, of all of them."""
        shown = CollectorRegistry()
        shown.register(_Build())
        folder = shared_folder()
        if folder is None:
            ProcessCollector(registry=shown)
            return CONTENT_TYPE_LATEST, generate_latest(self._registry) + generate_latest(shown)
        workers = WorkerProcesses(folder)
        workers.forget_dead()
        shown.register(workers)
        MultiProcessCollector(shown, path=str(folder))  # type: ignore[no-untyped-call] # the library has it so
        return CONTENT_TYPE_LATEST, generate_latest(shown)


class _Build(Collector):
    def collect(self) -> Iterator[Metric]:
        family = GaugeMetricFamily("ostiary_build_info", "What is running; always 1.", labels=("version", "python"))
        family.add_metric((VERSION, platform.python_version()), 1)
        yield family
