"""Memory, time and files of each worker process, and what becomes of the numbers of one that is gone."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import mark_process_dead
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector


class WorkerProcesses(Collector):
    """Shows what `ProcessCollector` shows of one process, of each worker, told apart by the label `pid`."""

    def __init__(self, folder: Path) -> None:
        """Look at the workers that share a folder.

        Args:
            folder: the folder; the name of each file in it ends in the ID of the process that writes it.
        """
        self._folder = folder
        every = {int(file.stem.rpartition("_")[2]) for file in folder.glob("*_*.db")}
        self._alive = sorted(filter(_is_alive, every))
        self._dead = every - {*self._alive}

    def forget_dead(self) -> None:
        """Drop what was true only while a worker lived; what it counted stays."""
        for process in self._dead:
            # Another scrape may have done it meanwhile.
            with suppress(FileNotFoundError):
                mark_process_dead(process, str(self._folder))  # type: ignore[no-untyped-call] # the library has it so

    def collect(self) -> Iterator[Metric]:
        """Return the figures, a family for each."""
        families: dict[str, Metric] = {}
        for process in self._alive:
            for found in ProcessCollector(pid=lambda process=process: process, registry=None).collect():  # type: ignore[misc] # bound early
                family = families.setdefault(found.name, Metric(found.name, found.documentation, found.type))
                for sample in found.samples:
                    family.add_sample(sample.name, {"pid": str(process)}, sample.value)
        yield from families.values()


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        # It lives, and is somebody else's by now.
        return False
    return True
