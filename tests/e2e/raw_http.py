"""Requests as bytes: what no client library would send."""

import http.client
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as SigningCredentials

from tests.conftest import Credentials, RunningServer

FORM = "application/x-www-form-urlencoded; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    status: int
    content_type: str
    body: bytes

    @property
    def code(self) -> str | None:
        """The error code, from a body that must be an AWS error document."""
        root = ET.fromstring(self.body)  # noqa: S314 - our own server's answer
        return next((element.text for element in root.iter() if element.tag.rpartition("}")[2] == "Code"), None)


def send(
    server: RunningServer,
    body: bytes = b"",
    *,
    method: str = "POST",
    target: str = "/",
    headers: Iterable[tuple[str, str]] = (),
) -> Answer:
    """Send one request with exactly these headers (and a Content-Length) and return the answer."""
    connection = http.client.HTTPConnection(urlsplit(server.endpoint).netloc, timeout=20)
    connection.putrequest(method, target, skip_host=any(name.lower() == "host" for name, _ in headers))
    for name, value in headers:
        connection.putheader(name, value)
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    answer = Answer(response.status, response.headers.get("Content-Type", ""), response.read())
    connection.close()
    return answer


def signed_headers(
    server: RunningServer,
    credentials: Credentials,
    body: bytes,
    *,
    content_type: str = FORM,
    service: str = "iam",
    at: datetime | None = None,
) -> list[tuple[str, str]]:
    """Return the headers that make `body` a properly signed POST, as of the moment `at`."""
    request = AWSRequest("POST", server.endpoint + "/", data=body, headers={"Content-Type": content_type})
    signer = SigV4Auth(
        SigningCredentials(credentials.access_key_id, credentials.secret_access_key), service, "us-east-1"
    )
    moment = (at or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    request.context["timestamp"] = moment
    request.headers["X-Amz-Date"] = moment
    canonical = signer.canonical_request(request)
    signature = signer.signature(signer.string_to_sign(request, canonical), request)
    names = signer.signed_headers(signer.headers_to_sign(request))
    request.headers["Authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={signer.scope(request)}, SignedHeaders={names}, Signature={signature}"
    )
    return [(name, value) for name, value in request.headers.items()]
