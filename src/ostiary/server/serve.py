"""Running the server: one process, or several on one listening socket."""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn
from uvicorn.supervisors import Multiprocess

from ostiary.server.app import App
from ostiary.server.console import Console
from ostiary.server.data_directory import DataDirectory
from ostiary.server.discovery import Discovery
from ostiary.server.errors import SetupError
from ostiary.server.http_protocol import BoundedHttpProtocol
from ostiary.server.pipeline import Pipeline
from ostiary.server.vault import open_vault
from ostiary.values.clock import system_clock
from ostiary.values.settings import DEFAULT_SETTINGS, Settings, parse_settings

# How worker processes are told what to serve; set by `serve`, never by people.
_WORKER_DATA = "OSTIARY_WORKER_DATA"
_WORKER_DATABASE = "OSTIARY_WORKER_DATABASE"
_WORKER_SETTINGS = "OSTIARY_WORKER_SETTINGS"

_BACKLOG = 2048
_MOST_CONNECTIONS = 1_000
"""Beyond these, connections are answered 503 at once."""


class _Server(uvicorn.Server):
    """Says when it is ready to answer."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()


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
        SetupError: the master key is missing or wrong.
        StoreError: the database cannot be used.
    """
    host = listening.getsockname()[0]
    shown_host = f"[{host}]" if ":" in host else host
    endpoint = f"http://{shown_host}:{listening.getsockname()[1]}"
    # On SIGINT the server finishes its calls and raises it once more, for whoever started it; that is the end here.
    with suppress(KeyboardInterrupt):
        if workers == 1:
            _Server(server_config(make_worker_app(home, settings)), lambda: on_ready(endpoint)).run(sockets=[listening])
        else:
            os.environ[_WORKER_DATA] = str(home.path)
            if home.database_url is not None:
                os.environ[_WORKER_DATABASE] = home.database_url
            os.environ[_WORKER_SETTINGS] = settings.to_json()
            config = server_config("ostiary.server.serve:app_from_environment", workers)
            on_ready(endpoint)
            Multiprocess(config, sockets=[listening]).run()


def make_worker_app(home: DataDirectory, settings: Settings = DEFAULT_SETTINGS) -> App:
    """Return the application on an installation.

    Raises:
        SetupError: the master key is missing or wrong.
        StoreError: the database cannot be used.
    """
    store = home.open_store()
    store.require_schema()
    vault = open_vault(home.master_key())
    return App(
        Pipeline(store, vault, system_clock, settings),
        Discovery(store, vault, settings),
        Console(store, vault, system_clock, settings),
    )


def app_from_environment() -> App:
    """Return the application for a worker process; `serve` has set the environment."""
    home = DataDirectory(Path(os.environ[_WORKER_DATA]), os.environ.get(_WORKER_DATABASE))
    return make_worker_app(home, parse_settings(os.environ[_WORKER_SETTINGS]))


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
