"""`GET /ready`: whether this process can be sent calls."""

import json
import threading
from collections.abc import Callable
from http import HTTPStatus

from ostiary.server.telemetry.stopwatch import Stopwatch
from ostiary.store import Store, StoreError
from ostiary.values.call import HttpRequest
from ostiary.wire import EncodedResponse

_HEADERS = (("content-type", "application/json"), ("cache-control", "no-store"))
_READY = EncodedResponse(HTTPStatus.OK, _HEADERS, json.dumps({"status": "ready"}).encode())

_SECONDS = 2.0
"""How long the recorder may take over a batch: a monitor that waits longer counts it as gone anyway."""


class Readiness:
    """Looks at what every call needs. Thread-safe."""

    def __init__(
        self, store: Store, recorder_writes: Callable[[float], bool], *, good_for_seconds: float = 1.0
    ) -> None:
        """Know what to look at.

        Args:
            store: the database.
            recorder_writes: tells whether events can be written, within so many seconds.
            good_for_seconds: how long a look counts: each takes the turn of a change, and everybody may ask.
        """
        self._store = store
        self._recorder_writes = recorder_writes
        self._stopping = False
        self._good_for_seconds = good_for_seconds
        self._looking = threading.Lock()
        self._looked: tuple[Stopwatch, list[str]] | None = None

    def stop(self) -> None:
        """Be ready for nothing more; calls that are being carried out are finished all the same."""
        self._stopping = True

    def answer(self, _request: HttpRequest) -> EncodedResponse:
        """Return 200, or 503 with the names of what is missing: `stopping`, `database`, `recorder`.

        Why is only in the log: everybody may ask.
        """
        missing = self._missing_lately()
        if not missing:
            return _READY
        body = json.dumps({"status": "not ready", "because": missing}).encode()
        return EncodedResponse(HTTPStatus.SERVICE_UNAVAILABLE, _HEADERS, body)

    def _missing_lately(self) -> list[str]:
        """Return what is missing, as a look that is still good says."""
        if self._stopping:
            return ["stopping"]
        with self._looking:
            if self._looked is None or self._looked[0].seconds() >= self._good_for_seconds:
                self._looked = (Stopwatch(), self._missing())
            return self._looked[1]

    def _missing(self) -> list[str]:
        try:
            self._store.require_schema()
        except StoreError:
            return ["database"]
        return [] if self._recorder_writes(_SECONDS) else ["recorder"]
