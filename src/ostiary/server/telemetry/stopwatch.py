"""How long something takes; no time of day, and so no business of the clock's."""

import time


class Stopwatch:
    """Runs from when it is made."""

    __slots__ = ("_start",)

    def __init__(self) -> None:
        self._start = time.perf_counter()

    def seconds(self) -> float:
        """Return how long it has run."""
        return time.perf_counter() - self._start
