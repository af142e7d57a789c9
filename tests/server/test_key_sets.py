"""Key sets of providers that take their time, or send the server elsewhere."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ostiary.directory.issuer_keys import IssuerBusy, IssuerUnreachable
from ostiary.server import key_set_fetch
from ostiary.server.key_sets import KeySets, key_set_file
from tests.server.test_key_set_fetch import certify_host, new_key

Answering = Callable[[socket.socket, bytes], None]


@contextmanager
def listening(answer: Answering, tls: ssl.SSLContext | None = None) -> Iterator[tuple[int, list[bytes]]]:
    """Listen on loopback; give the port and the requests that came."""
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                stream, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve_one, args=(stream,), daemon=True).start()

    def serve_one(stream: socket.socket) -> None:
        try:
            with tls.wrap_socket(stream, server_side=True) if tls else stream as wrapped:
                asked.append(wrapped.recv(4096))
                answer(wrapped, asked[-1])
        except OSError:
            pass

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1], asked
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def body(stream: socket.socket, document: object) -> None:
    text = json.dumps(document).encode()
    stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(text), text))


def drip(stream: socket.socket, _request: bytes) -> None:
    stream.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        time.sleep(0.1)
        stream.sendall(b"x-%d: more\r\n" % number)


def test_a_provider_that_drips_is_cut_off() -> None:
    with listening(drip) as (port, _), patch.object(key_set_fetch, "_SECONDS", 0.5):
        begun = time.monotonic()
        with pytest.raises(IssuerUnreachable):
            KeySets(None)(f"http://127.0.0.1:{port}", ())
        assert time.monotonic() - begun < 5


def test_slow_providers_hold_up_half_of_the_threads_at_most() -> None:
    with (
        listening(drip) as (port, asked),
        patch.object(key_set_fetch, "_SECONDS", 1.5),
        ThreadPoolExecutor(8) as pool,
    ):
        key_sets = KeySets(None)
        calls = [pool.submit(key_sets, f"http://127.0.0.1:{port}", ()) for _ in range(8)]
        ends = [type(call.exception()) for call in calls]
    assert ends.count(IssuerBusy) == 4
    assert ends.count(IssuerUnreachable) == 4
    assert len(asked) == 1


def test_a_provider_elsewhere_does_not_reach_what_listens_here_alone(tmp_path: Path) -> None:
    key = new_key()
    certificate = certify_host("localhost", key)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "pem").write_bytes(pem + certificate.public_bytes(Encoding.PEM))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "pem")
    found: dict[str, str] = {}
    with (
        listening(lambda stream, _: body(stream, {"keys": []})) as (here, asked),
        listening(lambda stream, _: body(stream, found), tls) as (elsewhere, _),
    ):
        issuer = f"https://localhost:{elsewhere}"
        found |= {"issuer": issuer, "jwks_uri": f"http://127.0.0.1:{here}/shutdown?now=1"}
        with pytest.raises(IssuerUnreachable, match="is not https"):
            KeySets(None)(issuer, (certificate.fingerprint(hashes.SHA1()).hex(),))  # noqa: S303 - as IAM has it
        assert asked == []


@pytest.mark.parametrize(
    ("issuer", "name"),
    [
        ("https://idp.internal/realm", "idp.internal%2Frealm.json"),
        ("https://idp.internal_realm", "idp.internal_realm.json"),
        ("http://127.0.0.1:8080", "127.0.0.1%3A8080.json"),
        ("https://idp.internal/../../secret", "idp.internal%2F..%2F..%2Fsecret.json"),
    ],
)
def test_no_two_issuers_share_a_file_and_none_leaves_the_directory(issuer: str, name: str) -> None:
    assert key_set_file(issuer) == name
