"""A load generator that costs little: requests are signed beforehand and sent on kept-alive connections."""

import socket
import threading
import time
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import urlencode

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from benches.servers import Target

VERSIONS = {"iam": "2010-05-08", "sts": "2011-06-15"}


def signed(target: Target, action: str, service: str = "iam", **parameters: str) -> bytes:
    """Return the bytes of a call that botocore signed."""
    body = urlencode({"Action": action, "Version": VERSIONS[service], **parameters})
    request = AWSRequest(
        "POST",
        f"http://127.0.0.1:{target.port}/",
        data=body,
        headers={"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"},
    )
    SigV4Auth(Credentials(target.access_key_id, target.secret_access_key), service, "us-east-1").add_auth(request)
    headers = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
    head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{target.port}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    return (head + body).encode()


class _Connection:
    def __init__(self, port: int) -> None:
        self._port = port
        self._open()

    def _open(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self._port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb")

    def call(self, request: bytes) -> int:
        """Send one request and return the status of its answer."""
        self._socket.sendall(request)
        status = int(self._file.readline().split()[1])
        length, stays_open = 0, True
        while (line := self._file.readline()) not in {b"\r\n", b""}:
            name, _, value = line.lower().partition(b":")
            if name == b"content-length":
                length = int(value)
            if name == b"connection" and b"close" in value:
                stays_open = False
        self._file.read(length)
        if not stays_open:
            self.close()
            self._open()
        return status

    def close(self) -> None:
        self._file.close()
        self._socket.close()


def first_answer(target: Target, request: bytes) -> bool:
    """Tell whether the server answers the call with success by now."""
    try:
        connection = _Connection(target.port)
    except OSError:
        return False
    try:
        return connection.call(request) == HTTPStatus.OK
    except (OSError, IndexError):
        return False
    finally:
        connection.close()


def calls_per_second(
    target: Target, requests: Iterable[bytes], connections: int, expected: int = HTTPStatus.OK
) -> float:
    """Send all requests over so many connections and return the rate; every answer must have the expected status."""
    waiting, lock, statuses = list(requests), threading.Lock(), []
    total = len(waiting)

    def work() -> None:
        connection = _Connection(target.port)
        while True:
            with lock:
                if not waiting:
                    break
                request = waiting.pop()
            statuses.append(connection.call(request))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(connections)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - start
    failed = [status for status in statuses if status != expected]
    if failed or len(statuses) != total:
        raise RuntimeError(f"{target.name}: {len(failed)} of {total} calls failed: {sorted(set(failed))}")
    return total / elapsed
