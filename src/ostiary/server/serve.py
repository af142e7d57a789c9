"""Running the server: one process, or several on one listening socket."""

import logging
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from ostiary.server.alerting import Courier, Plan, read_plan
from ostiary.server.app import App
from ostiary.server.console import Console
from ostiary.server.data_directory import DataDirectory
from ostiary.server.discovery import Discovery
from ostiary.server.errors import SetupError
from ostiary.server.http_protocol import BoundedHttpProtocol
from ostiary.server.jobs import JOBS, Schedule
from ostiary.server.jobs.keep_heads import keep_heads
from ostiary.server.pipeline import Pipeline
from ostiary.server.state import State
from ostiary.server.telemetry import MetricsPage, Readiness, configure_logging, read_metrics_token, room_for_metrics
from ostiary.server.trail_heads import TrailHeads
from ostiary.server.vault import open_vault
from ostiary.store import StoreError
from ostiary.values.clock import Clock, system_clock
from ostiary.values.settings import DEFAULT_SETTINGS, Settings, parse_settings

_log = logging.getLogger(__name__)

# How worker processes are told what to serve; set by `serve`, never by people.
_WORKER_DATA = "OSTIARY_WORKER_DATA"
_WORKER_DATABASE = "OSTIARY_WORKER_DATABASE"
_WORKER_SETTINGS = "OSTIARY_WORKER_SETTINGS"

_BACKLOG = 2048
_MOST_CONNECTIONS = 1_000
"""Beyond these, connections are answered 503 at once."""


class _Server(uvicorn.Server):
    """Says when it is ready to answer, and tells its application when it is told to stop."""

    def __init__(self, app: App, on_ready: Callable[[], None]) -> None:
        super().__init__(server_config(app))
        self._on_ready = on_ready
        self._app = app

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal to stop."""
        self._app.note_stop()
        super().handle_exit(sig, frame)


def serve(
    home: DataDirectory,
    *,
    listening: socket.socket,
    workers: int,
    settings: Settings = DEFAULT_SETTINGS,
    on_ready: Callable[[str], None],
) -> None:
    """Serve until told to stop (SIGINT or SIGTERM), then finish the calls that are being carried out.

    Args:
        home: the installation, locked for this process; it must have an account.
        listening: where it listens, as `listen` made it.
        workers: how many processes answer.
        settings: what else the operator chose.
        on_ready: called with the endpoint's URL once calls are answered.

    Raises:
        SetupError: the master key, the metrics' token or the alerts' settings are missing or wrong.
        StoreError: the database cannot be used.
    """
    configure_logging(settings)
    if settings.metrics_token_file is not None:
        # Before there are workers, that it can be said once.
        read_metrics_token(settings.metrics_token_file)
    if settings.alerts is not None:
        read_plan(settings.alerts)
    host = listening.getsockname()[0]
    shown_host = f"[{host}]" if ":" in host else host
    endpoint = f"http://{shown_host}:{listening.getsockname()[1]}"
    shared_metrics = workers > 1 and settings.metrics_token_file is not None
    # On SIGINT the server finishes its calls and raises it once more, for whoever started it; that is the end here.
    with suppress(KeyboardInterrupt), room_for_metrics(shared=shared_metrics):
        if workers == 1:
            _Server(make_worker_app(home, settings), lambda: on_ready(endpoint)).run(sockets=[listening])
        else:
            os.environ[_WORKER_DATA] = str(home.path)
            if home.database_url is not None:
                os.environ[_WORKER_DATABASE] = home.database_url
            os.environ[_WORKER_SETTINGS] = settings.to_json()
            config = server_config("ostiary.server.serve:app_from_environment", workers)
            on_ready(endpoint)
            Multiprocess(config, sockets=[listening]).run()


def make_worker_app(home: DataDirectory, settings: Settings = DEFAULT_SETTINGS, clock: Clock = system_clock) -> App:
    """Return the application on an installation.

    Raises:
        SetupError: the master key is missing or wrong.
        StoreError: the database cannot be used.
    """
    store = home.open_store()
    store.require_schema()
    vault = open_vault(home.master_key())
    pipeline = Pipeline(store, vault, clock, settings)
    token_file = settings.metrics_token_file
    state = State(store, vault, clock, settings, TrailHeads(home.path, vault.sealer))
    return App(
        pipeline,
        Discovery(store, vault, settings),
        Console(store, vault, clock, settings),
        Schedule(state, JOBS),
        Courier(state, read_plan(settings.alerts) if settings.alerts else Plan()),
        keep_heads=lambda: _keep_heads(state),
        readiness=Readiness(store, pipeline.is_recording),
        metrics_page=MetricsPage(read_metrics_token(token_file)) if token_file else None,
    )


def _keep_heads(state: State) -> None:
    try:
        keep_heads(state, state.clock())
    except (SetupError, StoreError, OSError) as error:
        # Neither keeps the server from starting or stopping; while it runs, the job of that fails until it is mended.
        _log.error("where the trails end was not kept outside of the database: %s", error)


def app_from_environment() -> App:
    """Return the application for a worker process; `serve` has set the environment."""
    home = DataDirectory(Path(os.environ[_WORKER_DATA]), os.environ.get(_WORKER_DATABASE))
    settings = parse_settings(os.environ[_WORKER_SETTINGS])
    configure_logging(settings)
    app = make_worker_app(home, settings)
    # The server that asks for it handles its signals by now; the application is to know of them too.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _noting_stop(app, signal.getsignal(number)))
    return app


def _noting_stop(app: App, handle: Any) -> Callable[[int, FrameType | None], None]:
    def handle_stop(number: int, frame: FrameType | None) -> None:
        app.note_stop()
        handle(number, frame)

    return handle_stop


def server_config(app: App | str, workers: int = 1) -> uvicorn.Config:
    """Return how HTTP is served: an application, or the name of what makes one in each of several workers."""
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        workers=workers,
        http=BoundedHttpProtocol,
        ws="none",
        lifespan="on",
        loop="uvloop",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=10,
        backlog=_BACKLOG,
        limit_concurrency=_MOST_CONNECTIONS,
    )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Args:
        host: the address to listen on.
        port: the port; 0 takes a free one.

    Raises:
        SetupError: the port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise SetupError(f"cannot listen on {host} port {port}: {error.strerror}") from error
    listening.listen(_BACKLOG)
    listening.set_inheritable(True)
    return listening
