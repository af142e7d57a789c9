"""Numbers of several worker processes: each keeps its own in files of one folder, and any of them shows all.

A scrape reaches whichever worker takes the connection. Counters and histograms are sums over all workers, also over
those that are gone, so that they never go back.
Source: https://prometheus.github.io/client_python/multiprocess/
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""The library looks at it when it is imported, which is in each worker."""


@contextmanager
def room_for_metrics(*, shared: bool) -> Iterator[None]:
    """Give workers that are started in the block a folder to share their numbers in, if they do; gone at its end."""
    # A folder that somebody else set would hold others' numbers.
    os.environ.pop(_VARIABLE, None)
    if not shared:
        yield
        return
    with TemporaryDirectory(prefix="ostiary-metrics-") as folder:
        os.environ[_VARIABLE] = folder
        yield


def shared_folder() -> Path | None:
    """Return the folder that this worker shares its numbers in, or None when it is the only one."""
    folder = os.environ.get(_VARIABLE)
    return None if folder is None else Path(folder)
