"""The servers under measurement: Ostiary and moto_server, both with one worker, in processes of their own."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Target:
    name: str
    port: int
    access_key_id: str
    secret_access_key: str


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "OSTIARY_"))}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> float:
    """Return how long it took until `condition` held."""
    start = time.perf_counter()
    while not condition():
        if time.perf_counter() - start > seconds:
            raise TimeoutError("the server did not answer")
        time.sleep(0.002)
    return time.perf_counter() - start


@dataclass(frozen=True)
class Server:
    """How one of the servers is started."""

    target: Target
    command: list[str]


@contextmanager
def ostiary() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as data:
        made = subprocess.run(
            [BIN / "ostiary", "init", "--data", data, "--format", "json"], check=True, capture_output=True
        )
        admin = json.loads(made.stdout)["admin"]
        port = free_port()
        yield Server(
            Target("ostiary", port, admin["access_key_id"], admin["secret_access_key"]),
            [str(BIN / "ostiary"), "serve", "--data", data, "--port", str(port)],
        )


@contextmanager
def moto() -> Iterator[Server]:
    port = free_port()
    # moto takes any key and decides nothing; these only have to look like a key.
    yield Server(Target("moto", port, "AKIAQYLPMN5HIIIIIIII", "moto"), [str(BIN / "moto_server"), "-p", str(port)])
