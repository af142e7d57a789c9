"""Evaluations of a running server's account, when a test wants one rather than when the server does."""

import itertools
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta

from ostiary.governance.controls import Control
from ostiary.governance.findings import list_controls
from ostiary.server.data_directory import DataDirectory
from ostiary.server.jobs.evaluate_controls import evaluate_controls
from ostiary.server.state import State
from ostiary.server.vault import open_vault
from ostiary.values.clock import system_clock
from tests.conftest import RunningServer

_hours = itertools.count(1)


def evaluate(server: RunningServer, controls: Sequence[Control] | None = None) -> None:
    """Ask controls of the server's account. Each time it is an hour later, so that the server's own job is not due."""
    home = DataDirectory(server.data)
    now = system_clock() + timedelta(hours=next(_hours))
    with closing(home.open_store()) as store:
        state = State(store, open_vault(home.master_key()), system_clock)
        asked = tuple(list_controls().values()) if controls is None else controls
        evaluate_controls(state, server.setup.account_id, asked, now=now)
