"""`GET /metrics`: the numbers, for who has the token.

Source: https://datatracker.ietf.org/doc/html/rfc6750 (section 2.1, the header and what a token is made of)
"""

import re
from hmac import compare_digest
from http import HTTPStatus
from pathlib import Path

from ostiary.server.errors import SetupError
from ostiary.server.telemetry import metrics
from ostiary.values.call import HttpRequest
from ostiary.wire import EncodedResponse

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{16,1024}=*")
_TEXT = ("content-type", "text/plain; charset=utf-8")
_KEPT_BY_NOBODY = ("cache-control", "no-store")

_REFUSED = EncodedResponse(
    HTTPStatus.UNAUTHORIZED,
    (_TEXT, _KEPT_BY_NOBODY, ("www-authenticate", 'Bearer realm="metrics"')),
    b"The metrics' token is missing or wrong.\n",
)
_NOT_READ = EncodedResponse(
    HTTPStatus.METHOD_NOT_ALLOWED, (_TEXT, _KEPT_BY_NOBODY, ("allow", "GET, HEAD")), b"Metrics are only read.\n"
)


class MetricsPage:
    """Shows the numbers. Thread-safe."""

    def __init__(self, token: str) -> None:
        self._expected = token.encode()
        metrics.keep_metrics()

    def answer(self, request: HttpRequest) -> EncodedResponse:
        """Return the numbers, or the refusal of who does not have the token."""
        scheme, _, presented = (request.header("authorization") or "").partition(" ")
        if not compare_digest(presented.strip().encode(), self._expected) or scheme.lower() != "bearer":
            return _REFUSED
        if request.method not in {"GET", "HEAD"}:
            return _NOT_READ
        media_type, text = metrics.exposition()
        return EncodedResponse(HTTPStatus.OK, (("content-type", media_type), _KEPT_BY_NOBODY), text)


def read_metrics_token(file: Path) -> str:
    """Return the token that a file holds; white space around it does not count.

    Raises:
        SetupError: the file cannot be read, or holds nothing that can be a token and hard to guess.
    """
    try:
        token = file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SetupError(f"cannot read the metrics' token {file}: {error.strerror}") from error
    except UnicodeDecodeError:
        token = ""
    if not _TOKEN.fullmatch(token):
        raise SetupError(
            f"not a token: {file} must hold 16 or more letters, digits or -._~+/, as `openssl rand -hex 32` has"
        )
    return token
