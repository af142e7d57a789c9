"""What is answered under `/console`: which endpoint a request is for, or which file."""

import ipaddress
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from ostiary.server.console.catalogue import catalogue_answer, is_catalogue
from ostiary.server.console.desk import Desk, Endpoint
from ostiary.server.console.enrolment import enrol_app, enrol_passkey, offer_app, offer_passkey
from ostiary.server.console.exchange import encode_json, open_exchange
from ostiary.server.console.files import BUILT_FILES, page_or_asset
from ostiary.server.console.login import grant
from ostiary.server.console.login_tokens import end, give_tokens
from ostiary.server.console.must_wait import MustWait
from ostiary.server.console.new_password import choose_password
from ostiary.server.console.page_security import SECURITY_HEADERS
from ostiary.server.console.passkey_sign_in import ask_for_passkey, enter_passkey
from ostiary.server.console.root_reset import reset_root_password
from ostiary.server.console.sessions import give_credentials, show_session, sign_out
from ostiary.server.console.sign_in import enter_code, sign_in
from ostiary.server.faults import fault_of
from ostiary.server.telemetry import Answered, Stopwatch, metrics, sign_in_outcome, tell
from ostiary.server.vault import Vault
from ostiary.store import Store
from ostiary.values.call import HttpRequest
from ostiary.values.clock import Clock
from ostiary.values.fault import Fault
from ostiary.values.settings import Settings
from ostiary.wire import EncodedResponse

_ROOT = "/console"

_WITH_COOKIES: Mapping[tuple[str, str], Endpoint] = MappingProxyType(
    {
        ("GET", "/console/session"): show_session,
        ("POST", "/console/sign-in"): sign_in,
        ("POST", "/console/sign-in/code"): enter_code,
        ("POST", "/console/sign-in/passkey/options"): ask_for_passkey,
        ("POST", "/console/sign-in/passkey"): enter_passkey,
        ("POST", "/console/sign-in/password"): choose_password,
        ("POST", "/console/sign-in/enrol/totp"): offer_app,
        ("POST", "/console/sign-in/enrol/totp/confirm"): enrol_app,
        ("POST", "/console/sign-in/enrol/passkey/options"): offer_passkey,
        ("POST", "/console/sign-in/enrol/passkey"): enrol_passkey,
        ("POST", "/console/sign-in/root-reset"): reset_root_password,
        ("POST", "/console/login/grant"): grant,
        ("POST", "/console/sign-out"): sign_out,
        ("POST", "/console/credentials"): give_credentials,
    }
)
"""What pages ask, in the name of whoever sits before them."""

_WITHOUT_COOKIES: Mapping[tuple[str, str], Endpoint] = MappingProxyType(
    {
        ("POST", "/console/login/token"): give_tokens,
        ("POST", "/console/login/end"): end,
    }
)
"""What programs ask, that bring their own proof."""


def is_console(path: str) -> bool:
    """Tell whether a path is one of the console's."""
    return path == _ROOT or path.startswith(f"{_ROOT}/")


class Console:
    """Answers under `/console`. Thread-safe."""

    def __init__(self, store: Store, vault: Vault, clock: Clock, settings: Settings) -> None:
        self._desk = Desk(store, vault, clock, settings)
        self._files = settings.console_files or BUILT_FILES

    def answer(self, request: HttpRequest) -> EncodedResponse:
        """Return the answer to a request; whatever goes wrong is an answer too. Called from worker threads."""
        stopwatch = Stopwatch()
        request_id = str(uuid.uuid4())
        fault: Fault | None = None
        try:
            answer = self._answer(request, request_id)
        except Exception as error:  # noqa: BLE001 - the border: every error becomes an answer, unforeseen ones are logged
            metrics.count_failure(error)
            fault = fault_of(error, request_id)
            _count_sign_in(request, fault)
            wait = {"retryAfter": error.seconds} if isinstance(error, MustWait) else {}
            answer = encode_json(fault.status, {"error": fault.code, "message": fault.message, **wait})
        tell(
            Answered(
                request_id=request_id,
                service="console",
                operation=_name_of(request),
                is_served=True,
                status=answer.status,
                fault=fault,
                source_address=request.client_address,
                seconds=stopwatch.seconds(),
            )
        )
        return answer

    def _answer(self, request: HttpRequest, request_id: str) -> EncodedResponse:
        desk, asked = self._desk, (request.method, request.path)
        if endpoint := _WITH_COOKIES.get(asked):
            exchange = open_exchange(request, origin=desk.settings.origin, request_id=request_id, now=desk.clock())
            answer = endpoint(desk, exchange)
            _count_sign_in(request, None, answer.body)
            return answer.encode()
        if endpoint := _WITHOUT_COOKIES.get(asked):
            exchange = open_exchange(request, origin=None, request_id=request_id, now=desk.clock())
            return endpoint(desk, exchange).encode()
        if request.method not in {"GET", "HEAD"}:
            raise Fault("NotFound", "There is nothing of that method here.", status=HTTPStatus.NOT_FOUND)
        if is_catalogue(request.path):
            return catalogue_answer(request)
        if _is_asked_by_address(request) and desk.settings.is_reached_by_name:
            return self._to_origin(request)
        return page_or_asset(self._files, request)

    def _to_origin(self, request: HttpRequest) -> EncodedResponse:
        """Send a browser that came by address to the same page by name: passkeys belong to names."""
        query = f"?{request.query}" if request.query else ""
        where = f"{self._desk.settings.origin}{request.path}{query}"
        return EncodedResponse(HTTPStatus.TEMPORARY_REDIRECT, (("location", where), *SECURITY_HEADERS), b"")


def _name_of(request: HttpRequest) -> str:
    """Return what a request is counted as: one of the endpoints, or `page` for the rest; paths are anybody's."""
    asked = (request.method, request.path)
    is_endpoint = asked in _WITH_COOKIES or asked in _WITHOUT_COOKIES
    return request.path.removeprefix(f"{_ROOT}/") if is_endpoint else "page"


def _count_sign_in(request: HttpRequest, fault: Fault | None, body: Mapping[str, Any] = MappingProxyType({})) -> None:
    asked = (request.method, request.path)
    outcome = sign_in_outcome(request.path, body, fault) if asked in _WITH_COOKIES else None
    if outcome is not None:
        metrics.sign_in_ended(outcome)


def _is_asked_by_address(request: HttpRequest) -> bool:
    """Tell whether a request was sent to this machine by its address, as the endpoint is printed."""
    host = request.header("host") or ""
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
