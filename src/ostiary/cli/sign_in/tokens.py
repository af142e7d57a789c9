"""What `ostiary login` asks of a server: credentials for a code or a refresh token, and the end of a session."""

import http.client
import json
import platform
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from ostiary.cli.sign_in.errors import SignInError
from ostiary.values.version import VERSION

_SERVER = re.compile(r"https?://[A-Za-z0-9.\[\]:_-]+(?:/[A-Za-z0-9._~%/-]*)?")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_OVER = ("invalid_grant", "TOKEN_EXPIRED")
_SECONDS = 30
_USER_AGENT = f"ostiary/{VERSION} ({platform.system()})"
"""By which people know the session in the list of theirs."""
_MOST_ANSWER_BYTES = 65_536


class TokenRefused(SignInError):  # noqa: N818 - named after the answer
    """The server takes the code or refresh token no more."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Short-lived credentials, and what the next ones are had for."""

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime


def parse_server(text: str) -> str:
    """Return a server's address without a slash at its end.

    Raises:
        ValueError: it is no such address, or what is secret would go over a network in the clear.
    """
    if not _SERVER.fullmatch(text):
        raise ValueError("it must be a URL such as https://iam.example.com, without query and fragment")
    parts = urlsplit(text)
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise ValueError("a server on another machine must be an https:// one, since secrets go over the network")
    return text.rstrip("/")


def exchange_code(server: str, code: str, *, verifier: str, redirect_uri: str, now: datetime) -> Tokens:
    """Return credentials for a code that the browser brought.

    Raises:
        TokenRefused: the server does not take it.
        SignInError: the server cannot be asked, or does not answer as one should.
    """
    asked = {"grantType": "authorization_code", "code": code, "codeVerifier": verifier, "redirectUri": redirect_uri}
    return _read_tokens(_ask(server, "token", asked), now)


def refresh(server: str, refresh_token: str, *, now: datetime) -> Tokens:
    """Return new credentials, with the refresh token that takes the place of the one given.

    Raises:
        TokenRefused: the session is over.
        SignInError: the server cannot be asked, or does not answer as one should.
    """
    return _read_tokens(_ask(server, "token", {"grantType": "refresh_token", "refreshToken": refresh_token}), now)


def end_session(server: str, refresh_token: str) -> None:
    """End the session that a refresh token is of.

    Raises:
        SignInError: the server cannot be asked, or does not answer as one should.
    """
    _ask(server, "end", {"refreshToken": refresh_token})


def _ask(server: str, what: str, parameters: Mapping[str, str]) -> Mapping[str, Any]:
    parts = urlsplit(server)
    connection = (
        http.client.HTTPSConnection(parts.netloc, timeout=_SECONDS, context=ssl.create_default_context())
        if parts.scheme == "https"
        else http.client.HTTPConnection(parts.netloc, timeout=_SECONDS)
    )
    try:
        connection.request(
            "POST",
            f"{parts.path}/console/login/{what}",
            body=json.dumps(parameters),
            headers={"Content-Type": "application/json", "Accept": "application/json", "User-Agent": _USER_AGENT},
        )
        response = connection.getresponse()
        body = response.read(_MOST_ANSWER_BYTES + 1)
    except (OSError, http.client.HTTPException) as error:
        raise SignInError(f"cannot reach {server}: {error or type(error).__name__}") from error
    finally:
        connection.close()
    return _read_answer(server, response.status, body)


def _read_answer(server: str, status: int, body: bytes) -> Mapping[str, Any]:
    try:
        answer = json.loads(body[:_MOST_ANSWER_BYTES])
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise SignInError(f"{server} does not answer as an Ostiary server with a console does (status {status})")
    if status == HTTPStatus.OK:
        return answer
    sentence = str(answer.get("message", "it does not say why"))
    over = answer.get("error") in _OVER
    raise (TokenRefused if over else SignInError)(f"{server} refused: {sentence}")


def _read_tokens(answer: Mapping[str, Any], now: datetime) -> Tokens:
    try:
        access = answer["accessToken"]
        values = [access["accessKeyId"], access["secretAccessKey"], access["sessionToken"], answer["refreshToken"]]
        expires_at = now + timedelta(seconds=int(answer["expiresIn"]))
    except (LookupError, TypeError, ValueError, OverflowError):
        values, expires_at = [], now
    if not values or not all(isinstance(value, str) and value for value in values):
        raise SignInError("the server's answer has no credentials in it")
    return Tokens(values[0], values[1], values[2], values[3], expires_at.replace(microsecond=0))
