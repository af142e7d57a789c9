"""The ASGI application: HTTP in, the pipeline in a worker thread, HTTP out."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ostiary.server.pipeline import Pipeline
from ostiary.values.call import HttpRequest
from ostiary.values.version import VERSION
from ostiary.wire import MAX_BODY_BYTES, EncodedResponse

_THREADS = 8

_NO_CONSOLE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Ostiary</title></head>
<body style="font-family: sans-serif; max-width: 40em; margin: 4em auto; line-height: 1.5">
<h1>Ostiary is running</h1>
<p>The web console is not part of this version yet. Everything it will show is there through the API: point the AWS
CLI or an SDK at this address with <code>AWS_ENDPOINT_URL</code> and an access key.</p>
</body>
</html>
"""


class ApiEndpoint:
    """Carries API calls between HTTP and the pipeline, on every path that nothing else has."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="call")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        try:
            body = await _read_body(receive)
        except ClientDisconnect:
            return
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._threads, self._pipeline.answer, _request(scope, body))
        await _send(send, answer)

    def close(self) -> None:
        """Finish the calls that are being carried out."""
        self._threads.shutdown()


def make_app(pipeline: Pipeline) -> Starlette:
    """Return the application that serves `pipeline`; it closes the pipeline when it stops."""
    api = ApiEndpoint(pipeline)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        api.close()
        pipeline.close()

    app = Starlette(
        routes=[
            Route("/health", _health),
            Route("/console", _console),
            Route("/console/{rest:path}", _console),
        ],
        lifespan=lifespan,
    )
    # Calls come to any path: Starlette's own 404 would be no answer that an SDK understands.
    app.router.default = api
    app.router.redirect_slashes = False
    return app


async def _health(_request: Request) -> Response:
    return JSONResponse({"status": "ok", "version": VERSION})


async def _console(_request: Request) -> Response:
    return HTMLResponse(_NO_CONSOLE, status_code=501)


async def _read_body(receive: Receive) -> bytes:
    """Return the body, cut one byte beyond what any call may have: enough to see that it is too large."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
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


async def _send(send: Send, answer: EncodedResponse) -> None:
    headers = [
        *((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers),
        (b"content-length", str(len(answer.body)).encode()),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
