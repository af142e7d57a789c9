"""Sending alerts to where people look: channels, their settings, and the threads that deliver."""

from ostiary.server.alerting.courier import Courier
from ostiary.server.alerting.plan import Channel, Plan
from ostiary.server.alerting.settings_file import read_plan

__all__ = ["Channel", "Courier", "Plan", "read_plan"]
