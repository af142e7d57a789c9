"""A real server for tests to talk to: real keys, real signatures, loopback only."""

import os
import shutil
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
import uvicorn
from botocore.config import Config
from hypothesis import settings

from ostiary.directory import keys
from ostiary.directory.directory import Directory
from ostiary.server.data_directory import DataDirectory
from ostiary.server.serve import make_worker_app, server_config
from ostiary.server.setup import SetupRequest, SetupResult, set_up_account
from ostiary.server.vault import Vault, open_vault
from ostiary.store import Store
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccountId
from ostiary.values.settings import Settings
from ostiary.wire.model import OWN_MODELS

# The machine may be busy, so no example is failed for its time. In CI the examples are the same each time: what chance
# finds is found, and kept, by whoever works on the code.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# No test may pick up credentials or settings of whoever runs it.
for variable in [name for name in os.environ if name.startswith(("AWS_", "OSTIARY_"))]:
    del os.environ[variable]
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
os.environ["AWS_DATA_PATH"] = str(OWN_MODELS)
os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull

# A session reads a service's model once, which takes ten times as long as the rest of a client; it is no thread's own.
_session = boto3.session.Session()
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Credentials:
    access_key_id: str
    secret_access_key: str
    session_token: str | None = None

    @staticmethod
    def of(answer: dict[str, Any]) -> "Credentials":
        """Take them from an answer of CreateAccessKey or AssumeRole."""
        return Credentials(answer["AccessKeyId"], answer["SecretAccessKey"], answer.get("SessionToken"))


@dataclass(frozen=True)
class RunningServer:
    endpoint: str
    data: Path
    setup: SetupResult

    @property
    def account_id(self) -> str:
        return self.setup.account_id

    @property
    def admin(self) -> Credentials:
        return Credentials(self.setup.admin.access_key_id, self.setup.admin.secret_access_key)

    def create_root_key(self) -> Credentials:
        """Make an access key for the root user, as a signed-in root user would."""
        with self.changing() as directory:
            key, secret = keys.create_access_key(directory, self.setup.account_id, None, now=system_clock())
        return Credentials(key.access_key_id, secret.reveal())

    @contextmanager
    def changing(self) -> Iterator[Directory]:
        """Change the state behind the server's back, as another process on the same database would."""
        with self._opened() as (store, vault), store.write() as connection:
            yield Directory(connection, vault.sealer, vault.tokens)

    @contextmanager
    def reading(self) -> Iterator[Directory]:
        """Read the state straight from the database."""
        with self._opened() as (store, vault), store.read() as connection:
            yield Directory(connection, vault.sealer, vault.tokens)

    @contextmanager
    def _opened(self) -> Iterator[tuple[Store, Vault]]:
        home = DataDirectory(self.data)
        with closing(home.open_store()) as store:
            yield store, open_vault(home.master_key())

    def client(self, service: str, credentials: Credentials, *, region: str = "us-east-1", **options: Any) -> Any:
        with _one_at_a_time:
            return _session.client(
                service,
                endpoint_url=self.endpoint,
                region_name=region,
                aws_access_key_id=credentials.access_key_id,
                aws_secret_access_key=credentials.secret_access_key,
                aws_session_token=credentials.session_token,
                config=Config(retries={"total_max_attempts": 1}, **options),
            )


def set_up_in(data: Path, account_id: str | None = None) -> SetupResult:
    """Set an account up in a directory that is not there yet."""
    home = DataDirectory(data)
    home.create()
    return set_up_account(home, SetupRequest(account_id=AccountId(account_id) if account_id else None), system_clock)


@pytest.fixture(scope="session")
def set_up_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SetupResult]:
    """A fresh account to be copied: to hash its passwords takes longer than all the rest of starting a server."""
    data = tmp_path_factory.mktemp("set-up") / "data"
    return data, set_up_in(data)


@pytest.fixture(scope="session")
def stopping() -> Iterator[list[threading.Thread]]:
    """The threads of servers that have been told to stop: nobody waits for them before the tests end."""
    threads: list[threading.Thread] = []
    yield threads
    for thread in threads:
        thread.join(10)


@pytest.fixture(scope="module")
def start_server(
    tmp_path_factory: pytest.TempPathFactory,
    set_up_once: tuple[Path, SetupResult],
    stopping: list[threading.Thread],
) -> Iterator[Callable[..., RunningServer]]:
    """Start servers, each with a fresh account; all stop when the module's tests end.

    Accounts have the same number, keys and passwords, unless a number is given.
    """
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(account_id: str | None = None, **settings: Any) -> RunningServer:
        data = tmp_path_factory.mktemp("server") / "data"
        if account_id:
            setup = set_up_in(data, account_id)
        else:
            original, setup = set_up_once
            shutil.copytree(original, data)
        listening = socket.create_server(("127.0.0.1", 0))
        settings.setdefault("public_url", f"http://localhost:{listening.getsockname()[1]}")
        server = uvicorn.Server(server_config(make_worker_app(DataDirectory(data), Settings(**settings))))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.01)
            assert thread.is_alive(), "the server did not start"
        running.append((server, thread))
        return RunningServer(f"http://127.0.0.1:{listening.getsockname()[1]}", data, setup)

    yield start
    for server, thread in running:
        server.should_exit = True
        stopping.append(thread)


@pytest.fixture(scope="module")
def server(start_server: Callable[..., RunningServer]) -> RunningServer:
    """A server with a fresh account for the tests of one module."""
    return start_server()


@pytest.fixture(scope="module")
def account_id(server: RunningServer) -> str:
    return server.account_id


@pytest.fixture(scope="module")
def iam(server: RunningServer) -> Any:
    """IAM, called by the administrator."""
    return server.client("iam", server.admin)


@pytest.fixture(scope="module")
def sts(server: RunningServer) -> Any:
    """STS, called by the administrator."""
    return server.client("sts", server.admin)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Heed interruptions: what runs in the background of a script ignores them, and so would what it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
