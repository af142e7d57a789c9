"""A server in a process of its own, with all that it writes."""

import http.client
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ostiary.server.data_directory import DataDirectory
from ostiary.server.setup import SetupRequest, set_up_account
from ostiary.values.clock import system_clock
from tests.conftest import RunningServer

TOKEN = "0123456789abcdef-test"


@dataclass(frozen=True)
class Process:
    server: RunningServer
    process: subprocess.Popen[str]
    log: Path

    def get(self, path: str, *, token: str | None = None) -> tuple[int, str]:
        return get(self.server, path, **({} if token is None else {"Authorization": f"Bearer {token}"}))


def get(server: RunningServer, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(server.endpoint).netloc, timeout=20)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    answer = response.status, response.read().decode()
    connection.close()
    return answer


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Process]:
    """Run a server on a new account, with metrics for `TOKEN`, until it answers."""
    home = DataDirectory(folder / "data")
    home.create()
    setup = set_up_account(home, SetupRequest(), system_clock)
    (folder / "token").write_text(TOKEN + "\n")
    command = [Path(sys.executable).parent / "ostiary", "serve", "--data", home.path, "--port", "0"]
    command += ["--metrics-token-file", folder / "token", *options]
    log = folder / "log"
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
    assert process.stdout
    try:
        endpoint = next(line for line in process.stdout if line.startswith("Endpoint")).split()[1]
        yield Process(RunningServer(endpoint, home.path, setup), process, log)
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()
