"""What is posted, and what comes of what is answered."""

import hashlib
import hmac
import socket
import ssl
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ostiary.server.alerting.errors import NotDelivered
from ostiary.server.alerting.webhook import Webhook, sign
from tests.credentials.making import make_certificate, rsa_key
from tests.server.alerting.receivers import SECRET, Receiver, dripping, receiving
from tests.server.alerting.telling import ACCOUNT, message

SHORT = timedelta(seconds=5)
SHORTER = timedelta(milliseconds=300)
CUT_OFF = (
    "the receiver takes too long",
    "the receiver cannot be asked: RemoteDisconnected: Remote end closed connection without response",
)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


def hook(url: str, timeout: timedelta = SHORT) -> Webhook:
    return Webhook(urlsplit(url), SECRET, timeout)


def refused(url: str, timeout: timedelta = SHORT) -> NotDelivered:
    with pytest.raises(NotDelivered) as caught:
        hook(url, timeout).send(message())
    return caught.value


def test_a_signed_cloud_event_is_posted(receiver: Receiver) -> None:
    sent = message(attempt=2)
    hook(receiver.url + "?team=a").send(sent)
    (post,) = receiver.posts
    assert post.path == "/hook?team=a"
    assert post.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert post.headers["webhook-id"] == sent.alert.alert_id
    assert post.headers["webhook-timestamp"] == str(int(sent.sent_at.timestamp()))
    # As a receiver works it out.
    signed = f"{sent.alert.alert_id}.{int(sent.sent_at.timestamp())}.".encode() + post.body
    expected = b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
    assert post.headers["webhook-signature"] == f"v1,{expected}"
    event = post.event
    data = event.pop("data")
    assert event == {
        "specversion": "1.0",
        "id": sent.alert.alert_id,
        "source": f"urn:ostiary:account:{ACCOUNT}",
        "type": "ostiary.alert.root-sign-in",
        "subject": f"arn:aws:iam::{ACCOUNT}:root",
        "time": "2026-11-24T12:00:00Z",
        "attempt": 2,
        "datacontenttype": "application/json",
    }
    assert (data["severity"], data["title"]) == ("HIGH", "The root user signed in to the console")
    assert data["event"]["eventName"] == "ConsoleLogin"


def test_the_signature_of_standard_webhooks_own_example() -> None:
    secret = b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    sent_at = datetime.fromtimestamp(1_614_265_330, UTC)
    signature = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", sent_at, b'{"test": 2432232314}')
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_success_is_one(receiver: Receiver, status: int) -> None:
    receiver.status = status
    hook(receiver.url).send(message())


@pytest.mark.parametrize(
    ("status", "is_final"),
    [*((status, False) for status in (301, 302, 307, 400, 401, 404, 408, 429, 500, 503)), (410, True)],
)
def test_anything_else_is_not_and_only_gone_is_for_good(receiver: Receiver, status: int, is_final: bool) -> None:  # noqa: FBT001 - a column of the table
    receiver.status = status
    receiver.headers = {"Location": receiver.url}
    failure = refused(receiver.url)
    assert str(failure) == f"the receiver answers {status}"
    assert failure.is_final is is_final
    # What a redirect points to is not asked.
    assert len(receiver.posts) == 1


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, None),
        ("120", 120),
        ("0", 0),
        ("Tue, 24 Nov 2026 12:05:01 GMT", 300),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
        ("Tue, 24 Nov 2027 12:00:00 GMT", 86_400),
        ("99999999999999999999", None),
        ("9" * 5_000, None),
        ("-1", None),
        ("soon", None),
        ("Tue, 24 Nov 2026 12:05:01 -0000", None),
    ],
)
def test_who_asks_for_time_gets_it(receiver: Receiver, text: str | None, seconds: int | None) -> None:
    receiver.status = 503
    receiver.headers = {"Retry-After": text} if text is not None else {}
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert refused(receiver.url).retry_after == expected


def test_a_receiver_that_hangs_is_cut_off(receiver: Receiver) -> None:
    receiver.hangs = True
    assert str(refused(receiver.url, SHORTER)) in CUT_OFF


@pytest.mark.parametrize("answer", [b"H", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_a_receiver_that_never_ends_is_cut_off(answer: bytes) -> None:
    with dripping(answer) as address:
        assert refused(f"http://{address}/", SHORTER)


def test_a_receiver_that_is_not_there() -> None:
    with receiving() as gone:
        url = gone.url
    assert "the receiver cannot be asked: ConnectionRefusedError" in str(refused(url))


def test_what_is_no_answer() -> None:
    with dripping(b"\0\x1b[31m forged\n") as address:
        assert "the receiver cannot be asked: BadStatusLine" in str(refused(f"http://{address}/"))


@contextmanager
def behind_tls(directory: Path) -> Iterator[str]:
    """Run what speaks TLS with a certificate that nobody vouches for."""
    key = rsa_key()
    pem = directory / "server.pem"
    pem.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + make_certificate(key).encode()
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            stream, _ = listening.accept()
            with stream:
                try:
                    context.wrap_socket(stream, server_side=True).close()
                except OSError:
                    return

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"https://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join()


def test_a_receiver_must_prove_itself(tmp_path: Path) -> None:
    with behind_tls(tmp_path) as url:
        assert str(refused(url)).startswith("the receiver does not prove itself: ")
