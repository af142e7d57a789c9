"""One request to a sign-in endpoint, and its answer: JSON in and out, on the console's own origin only."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any, TypeGuard

from ostiary.server.console.page_security import SECURITY_HEADERS
from ostiary.values.call import HttpRequest
from ostiary.values.fault import Fault
from ostiary.wire import EncodedResponse

MAX_BODY_BYTES = 64 * 1024
_LONGEST_TEXT = 1_024
_UNFIT = re.compile("[\0\ud800-\udfff]")
"""Half a character, as JSON can spell it, is in no encoding; a zero is in no text of PostgreSQL's."""
_SAFE_SITES = frozenset({"same-origin", "none"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request that was let through: its body is JSON, and it came from a page of ours."""

    request: HttpRequest
    request_id: str
    now: datetime
    body: Mapping[str, Any] = field(repr=False)

    @property
    def user_agent(self) -> str:
        """What sent it, as it says."""
        return self.request.header("user-agent") or ""

    def text(self, name: str, *, longest: int = _LONGEST_TEXT) -> str:
        """Return a member of the body that has to be a text which is not empty.

        Raises:
            Fault: `ValidationError`, it is not.
        """
        value = self.body.get(name)
        if not is_text(value, longest):
            raise Fault("ValidationError", f"`{name}` must be a text of 1 to {longest} characters.")
        return value

    def document(self, name: str, *, longest: int) -> str:
        """Return the JSON of a member of the body that has to be an object.

        Raises:
            Fault: `ValidationError`, it is none, or one of more characters.
        """
        value = self.body.get(name)
        try:
            text = json.dumps(value) if isinstance(value, dict) else ""
        except RecursionError as error:
            raise Fault("ValidationError", f"`{name}` is nested too deeply.") from error
        if not 0 < len(text) <= longest:
            raise Fault("ValidationError", f"`{name}` must be an object of at most {longest} characters.")
        return text

    def cookie(self, name: str) -> str | None:
        """Return the value of a cookie; None as well when there are two of the name, since one is not ours."""
        found = [
            value
            for header, text in self.request.headers
            if header == "cookie"
            for pair in text.split(";")
            for key, _, value in [pair.strip().partition("=")]
            if key == name
        ]
        return found[0] if len(found) == 1 else None


def is_text(value: object, longest: int) -> TypeGuard[str]:
    """Tell whether a member of a body is a text that is neither empty nor too long, of whole characters."""
    return isinstance(value, str) and 0 < len(value) <= longest and _UNFIT.search(value) is None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sign-in endpoint says."""

    body: Mapping[str, Any] = field(default_factory=dict, repr=False)
    cookies: tuple[str, ...] = field(default=(), repr=False)

    def encode(self) -> EncodedResponse:
        """Return it as bytes."""
        return encode_json(HTTPStatus.OK, self.body, tuple(("set-cookie", cookie) for cookie in self.cookies))


def encode_json(status: int, body: Mapping[str, Any], headers: tuple[tuple[str, str], ...] = ()) -> EncodedResponse:
    """Return an answer in JSON that nobody keeps."""
    fixed = (("content-type", "application/json"), ("cache-control", "no-store"), *SECURITY_HEADERS)
    return EncodedResponse(status, (*fixed, *headers), json.dumps(body).encode())


def open_exchange(request: HttpRequest, *, origin: str | None, request_id: str, now: datetime) -> Exchange:
    """Let a request through that a page of ours sent, or a program of ours.

    Args:
        request: as it came.
        origin: the console's origin, for what acts with a browser's cookies: browsers name where a POST comes from, so
            no other site can send one in somebody's name. None for what brings its own proof.
        request_id: what it is called in the log.
        now: the time.

    Raises:
        Fault: it is not from there, or its body is no object in JSON.
    """
    if request.header("sec-fetch-site") not in {None, *_SAFE_SITES}:
        raise _foreign()
    if request.method != "POST":
        return Exchange(request, request_id, now, {})
    if origin is not None and request.header("origin") != origin:
        raise _foreign(origin)
    # A form of another site cannot have this type without asking first.
    if (request.header("content-type") or "").partition(";")[0].strip() != "application/json":
        raise Fault("UnsupportedMediaType", "The body must be JSON.", status=415)
    if len(request.body) > MAX_BODY_BYTES:
        raise Fault("RequestEntityTooLarge", "The body is too large.", status=413)
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Fault("ValidationError", "The body is not JSON.") from error
    if not isinstance(body, dict):
        raise Fault("ValidationError", "The body must be an object.")
    return Exchange(request, request_id, now, body)


def _foreign(origin: str | None = None) -> Fault:
    where = f" The console is at {origin}; `ostiary serve --public-url` says where it is." if origin else ""
    return Fault("AccessDenied", f"The request does not come from a page of this console.{where}", status=403)
