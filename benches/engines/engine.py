"""What the benchmark asks of each engine."""

from collections.abc import Callable
from typing import Protocol

from benches.rules import Workload

Call = Callable[[], object]
"""Decides one request; all that can be made ready beforehand has been."""


class Engine(Protocol):
    """One engine, with the workloads translated into its own form."""

    name: str
    note: str
    """What is translated in which way, where the engine's language has no word for it."""

    def calls(self, workload: Workload) -> list[Call]:
        """Return a call for each request, in their order."""

    def allowed(self, answer: object) -> bool:
        """Return what a call's answer means."""
