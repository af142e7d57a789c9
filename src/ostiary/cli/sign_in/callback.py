"""The loopback address that the browser is sent back to with a code.

Source: RFC 8252, sections 7.3 (loopback redirect) and 8.10 (one sign-in, one state)
"""

import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from urllib.parse import parse_qs, urlsplit

from ostiary.cli.sign_in.errors import SignInError

_PATH = "/callback"
_MOST_QUERY_CHARACTERS = 4_096
_MOST_ERROR_CHARACTERS = 200
_SILENT_SECONDS = 10
_POLL_SECONDS = 0.05

_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Ostiary</title></head>
<body><h1>{heading}</h1><p>{text}</p></body>
</html>
"""
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    # The page's address holds the code: it is kept nowhere and told to nobody.
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How the sign-in in the browser ended: with a code, or with the reason why there is none."""

    code: str | None = field(default=None, repr=False)
    refusal: str | None = None


class Callback:
    """Waits on a free port of 127.0.0.1 for the browser to come with a code; takes the first one only."""

    def __init__(self, server: "_CallbackServer") -> None:
        self._server = server

    @property
    def redirect_uri(self) -> str:
        """Where the browser is to be sent."""
        return self._server.redirect_uri

    def wait(self, seconds: float) -> str:
        """Return the code that the browser brought.

        Raises:
            SignInError: the sign-in was refused or given up at the page, or nobody came in time.
        """
        try:
            outcome = self._server.outcomes.get(timeout=seconds)
        except Empty:
            raise SignInError("nobody signed in: the time for it is over") from None
        if outcome.code is None:
            raise SignInError(f"not signed in: {outcome.refusal}")
        return outcome.code


@contextmanager
def listen_for_code(expected_state: str) -> Iterator[Callback]:
    """Listen for as long as the block runs.

    Args:
        expected_state: what the browser must bring along, so that nobody else can slip a code of theirs in.
    """
    with _CallbackServer(expected_state) as server:
        thread = threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), name="callback", daemon=True)
        thread.start()
        try:
            yield Callback(server)
        finally:
            server.shutdown()
            thread.join()


class _CallbackServer(ThreadingHTTPServer):
    # Browsers open connections ahead of need and leave them silent, so each connection has its own thread.
    daemon_threads = True

    def __init__(self, expected_state: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.expected_state = expected_state
        self.outcomes: Queue[_Outcome] = Queue(maxsize=1)
        self._taking = threading.Lock()

    @property
    def origin(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def redirect_uri(self) -> str:
        return f"http://{self.origin}{_PATH}"

    def take_turn(self) -> bool:
        """Tell the first who asks that it is the one whose outcome counts."""
        return self._taking.acquire(blocking=False)


class _Handler(BaseHTTPRequestHandler):
    server: _CallbackServer
    timeout = _SILENT_SECONDS
    server_version = "Ostiary"
    sys_version = ""

    def do_GET(self) -> None:
        target = urlsplit(self.path)
        # A page elsewhere that has its name resolved to this machine comes with that name as its host.
        if target.path != _PATH or self.headers.get("Host") != self.server.origin:
            self._answer(HTTPStatus.NOT_FOUND, "Nothing here", "This address only waits for a sign-in.")
            return
        if len(target.query) > _MOST_QUERY_CHARACTERS:
            self._answer(HTTPStatus.REQUEST_URI_TOO_LONG, "Not signed in", "The address is too long.")
            return
        query = {name: values[0] for name, values in parse_qs(target.query).items()}
        if not hmac.compare_digest(query.get("state", "").encode(), self.server.expected_state.encode()):
            self._answer(HTTPStatus.BAD_REQUEST, "Not signed in", "This is not the sign-in that is waited for.")
            return
        outcome = _read_outcome(query)
        if not self.server.take_turn():
            self._answer(HTTPStatus.CONFLICT, "Not signed in", "This sign-in has its answer already.")
            return
        try:
            if outcome.code is None:
                self._answer(HTTPStatus.OK, "Not signed in", "You can close this window; the terminal says why.")
            else:
                self._answer(HTTPStatus.OK, "Signed in", "You can close this window and go back to the terminal.")
        finally:
            # The command may end at once now; the browser has its page by then.
            self.server.outcomes.put(outcome)

    def log_message(self, *_: object) -> None:
        """Say nothing: the address that would be logged holds the code."""

    def _answer(self, status: HTTPStatus, heading: str, text: str) -> None:
        body = _PAGE.format(heading=heading, text=text).encode()
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _read_outcome(query: dict[str, str]) -> _Outcome:
    if code := query.get("code"):
        return _Outcome(code=code)
    told = query.get("error_description") or query.get("error") or "the page sent neither a code nor a reason"
    return _Outcome(refusal=told[:_MOST_ERROR_CHARACTERS])
