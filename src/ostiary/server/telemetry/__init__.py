"""What a server tells its operator: numbers to watch, lines in a log, and whether it can be sent calls."""

from ostiary.server.telemetry import metrics
from ostiary.server.telemetry.answered import Answered, tell
from ostiary.server.telemetry.logs import configure_logging
from ostiary.server.telemetry.metrics_page import MetricsPage, read_metrics_token
from ostiary.server.telemetry.readiness import Readiness
from ostiary.server.telemetry.sign_ins import sign_in_outcome
from ostiary.server.telemetry.stopwatch import Stopwatch
from ostiary.server.telemetry.worker_metrics import room_for_metrics

__all__ = [
    "Answered",
    "MetricsPage",
    "Readiness",
    "Stopwatch",
    "configure_logging",
    "metrics",
    "read_metrics_token",
    "room_for_metrics",
    "sign_in_outcome",
    "tell",
]
