"""The ASGI application: HTTP in, the pipeline in a worker thread, HTTP out."""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any, TypeVar

from ostiary.server.alerting import Courier
from ostiary.server.console import Console, is_console
from ostiary.server.discovery import Discovery, is_discovery
from ostiary.server.jobs import Schedule
from ostiary.server.pipeline import Pipeline
from ostiary.server.telemetry import Answered, MetricsPage, Readiness, Stopwatch, tell
from ostiary.values.call import HttpRequest
from ostiary.values.fault import Fault
from ostiary.values.version import VERSION
from ostiary.wire import MAX_BODY_BYTES, EncodedResponse, encode_fault

Message = MutableMapping[str, Any]
Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
T = TypeVar("T")

_THREADS = 8
_BODY_SECONDS = 30
_TOO_SLOW = Fault("RequestTimeout", f"The request's body did not come within {_BODY_SECONDS} seconds.", status=408)

_HEALTH = EncodedResponse(
    HTTPStatus.OK,
    (("content-type", "application/json"),),
    json.dumps({"status": "ok", "version": VERSION}).encode(),
)


class _HeaderName(bytes):
    """A header's name in the case that AWS writes it in.

    uvicorn would write it in lower case, which those notice who read headers without looking past their case.
    """

    __slots__ = ()

    def lower(self) -> bytes:
        """Return the name as it is."""
        return self


class App:
    """Answers API calls on every path but the few that people and monitors ask for."""

    def __init__(
        self,
        pipeline: Pipeline,
        discovery: Discovery,
        console: Console,
        schedule: Schedule,
        courier: Courier,
        *,
        keep_heads: Callable[[], None],
        readiness: Readiness,
        metrics_page: MetricsPage | None,
    ) -> None:
        self._pipeline = pipeline
        self._discovery = discovery
        self._console = console
        self._schedule = schedule
        self._courier = courier
        self._keep_heads = keep_heads
        self._readiness = readiness
        self._metrics_page = metrics_page
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="call")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection: a request, or the server's own start and stop."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    def note_stop(self) -> None:
        """Take note that the server is told to stop: it is ready for nothing new from here on."""
        self._readiness.stop()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._keep_heads()
        self._schedule.start()
        self._courier.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        # Calls that are being carried out end first, then what they recorded is written.
        self._schedule.stop()
        self._courier.stop()
        self._threads.shutdown()
        self._pipeline.close()
        self._keep_heads()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                body = await _read_body(receive)
        except TimeoutError:
            request_id = str(uuid.uuid4())
            tell(_beside("api", "unread", scope, _TOO_SLOW.status, _BODY_SECONDS, request_id=request_id))
            await _send(send, encode_fault(None, _TOO_SLOW, request_id))
            return
        if body is None:
            return
        path: str = scope["path"]
        if path == "/health":
            answer = _HEALTH
        elif path == "/ready":
            answer = await self._in_thread(self._readiness.answer, _request(scope, body))
        elif path == "/metrics" and self._metrics_page is not None:
            stopwatch = Stopwatch()
            answer = await self._in_thread(self._metrics_page.answer, _request(scope, body))
            tell(_beside("metrics", "show", scope, answer.status, stopwatch.seconds()))
        elif is_console(path):
            answer = await self._in_thread(self._console.answer, _request(scope, body))
        elif is_discovery(scope["method"], path):
            stopwatch = Stopwatch()
            answer = await self._in_thread(self._discovery.answer, path)
            tell(_beside("discovery", "show", scope, answer.status, stopwatch.seconds()))
        else:
            answer = await self._in_thread(self._pipeline.answer, _request(scope, body))
        await _send(send, answer)

    async def _in_thread(self, work: Callable[[T], EncodedResponse], of: T) -> EncodedResponse:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, of)


async def _read_body(receive: Receive) -> bytes | None:
    """Return the body, or None when the client went away.

    It is cut one byte beyond what any call may have, which is enough to see that it is too large.
    """
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk: bytes = message.get("body", b"")
        if size <= MAX_BODY_BYTES:
            chunks.append(chunk[: MAX_BODY_BYTES + 1 - size])
            size += len(chunks[-1])
        if not message.get("more_body", False):
            return b"".join(chunks)


def _request(scope: Scope, body: bytes) -> HttpRequest:
    client = scope.get("client")
    return HttpRequest(
        method=scope["method"],
        path=scope["raw_path"].decode("latin-1"),
        query=scope["query_string"].decode("latin-1"),
        headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]),
        body=body,
        client_address=client[0] if client else "",
        secure_transport=scope["scheme"] == "https",
    )


def _beside(
    service: str, operation: str, scope: Scope, status: int, seconds: float, *, request_id: str = ""
) -> Answered:
    """Return what is told of a request that is neither a call nor the console's."""
    client = scope.get("client")
    return Answered(
        request_id=request_id or str(uuid.uuid4()),
        service=service,
        operation=operation,
        is_served=True,
        status=status,
        source_address=client[0] if client else "",
        seconds=seconds,
    )


async def _send(send: Send, answer: EncodedResponse) -> None:
    headers = [
        *((_HeaderName(name, "latin-1"), value.encode("latin-1")) for name, value in answer.headers),
        (b"content-length", str(len(answer.body)).encode()),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
