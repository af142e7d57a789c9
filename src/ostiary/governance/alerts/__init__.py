"""Alerts: which of the events that are recorded people are told of, and in what words."""

from ostiary.governance.alerts.kinds import KINDS, TEST, Kind
from ostiary.governance.alerts.raising import raise_alerts

__all__ = ["KINDS", "TEST", "Kind", "raise_alerts"]
