"""HTTP/1.1 with bounds: uvicorn's own protocol reads request lines and headers however long they are and take."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD_BYTES = 64 * 1024
"""Request line and headers; a session token takes up to 48 KiB of it."""

_HEAD_SECONDS = 15.0
"""How long a client may take over a request's head, from the connection or the last answer's next byte on."""


class BoundedHttpProtocol(HttpToolsProtocol):
    """Ends connections whose request head is too long or too slow."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head_bytes = 0
        self._ends = 0
        """Goes up whenever a head or a body ends."""
        self._reading_head = True
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Start waiting for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came, and look at how much of it is still head."""
        if self._patience is None and self._reading_head:
            self._wait()
        ends = self._ends
        super().data_received(data)
        # Where a head or a body ended in these bytes, they are not all of one unfinished head.
        if self._reading_head and self._ends == ends:
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES and not self.transport.is_closing():
                self.send_400_response("Request line and headers are too long.")

    def on_headers_complete(self) -> None:
        """Note that the head is there."""
        self._ends += 1
        self._reading_head = False
        self._head_bytes = 0
        self._stop_waiting()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that a next request may begin."""
        self._ends += 1
        self._reading_head = True
        super().on_message_complete()

    def _wait(self) -> None:
        self._patience = self.loop.call_later(_HEAD_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self) -> None:
        self._patience = None
        if not self.transport.is_closing():
            self.transport.close()
