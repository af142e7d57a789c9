"""How time is taken: engines in turn, round by round, on a stream of different requests."""

import gc
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice

from benches.engines.engine import Call

ROUNDS = 21
_SECONDS_A_TURN = 0.02
_FEWEST_CALLS = 3
_MOST_CALLS = 20_000


class Stream:
    """One engine's calls, again and again in their order, so that no request is ever the same as the one before."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self._calls = cycle(calls)
        self._size = _FEWEST_CALLS
        self.turns: list[float] = []
        """Seconds a call, for each turn so far."""

    def take_turn(self) -> None:
        self.turns.append(self._run())

    def settle_size(self) -> None:
        """Find out how many calls a turn is to have."""
        self._size = min(max(int(_SECONDS_A_TURN / self._run()), _FEWEST_CALLS), _MOST_CALLS)

    @property
    def median(self) -> float:
        return statistics.median(self.turns)

    def _run(self) -> float:
        batch = list(islice(self._calls, self._size))
        start = time.perf_counter()
        for call in batch:
            call()
        return (time.perf_counter() - start) / len(batch)


def take_rounds(streams: Sequence[Stream], rounds: int = ROUNDS) -> None:
    """Give each stream a turn in each round, another one first each time, so that what else goes on meets all."""
    with undisturbed():
        for stream in streams:
            stream.settle_size()
        for number in range(rounds):
            first = number % len(streams)
            for stream in (*streams[first:], *streams[:first]):
                stream.take_turn()


def times_faster(slow: Stream, fast: Stream) -> float:
    """Return the median, over the rounds, of how many times as long the slow one took."""
    return statistics.median(a / b for a, b in zip(slow.turns, fast.turns, strict=True))


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep the garbage collector, whose runs fall on whoever comes by, out of a measurement."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
