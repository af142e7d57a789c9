"""Connections to others' servers that end when their time is over, whatever the other side does."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


def end_in(seconds: float) -> float:
    """Return the end of a time that begins now, as the functions here take it."""
    return time.monotonic() + seconds


def seconds_until(end: float) -> float:
    """Return how much time is left.

    Raises:
        TimeoutError: none is.
    """
    seconds = end - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("it takes too long")
    return seconds


def open_connection(host: str, port: int, end: float) -> socket.socket:
    """Return a connection to the first of a host's addresses that takes one, all within the time that is left.

    Raises:
        OSError: none does.
    """
    failed: OSError = OSError(f"{host} has no address")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        stream = socket.socket(family, kind, protocol)
        try:
            stream.settimeout(seconds_until(end))
            stream.connect(address)
        except OSError as error:
            stream.close()
            failed = error
            continue
        return stream
    raise failed


@contextmanager
def cut_off_at(end: float, stream: socket.socket) -> Iterator[None]:
    """Shut a connection down when the time is over, whatever is done with it.

    A socket's own timeout begins anew with each byte, so that a host which sends one now and then holds its reader.
    """
    with stream.dup() as watched:
        timer = threading.Timer(seconds_until(end), _shut_down, (watched,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            # Else it might shut down another connection, which has the number that is free again.
            timer.join()


def _shut_down(stream: socket.socket) -> None:
    with suppress(OSError):
        stream.shutdown(socket.SHUT_RDWR)
