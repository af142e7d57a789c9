"""Keeps the record of reads and refusals, many in one commit.

A change's event commits with the change and does not come here. What comes here is written by one thread in batches,
each gathered for a moment. Refusals and new credentials wait for their batch and cut the gathering short; other reads
do not wait, so a crash may lose the events of those answered in its last moment. While events cannot be written, no
reads are answered.
"""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from sqlalchemy import Connection

from ostiary.audit import AuditEvent
from ostiary.directory.directory import Directory
from ostiary.directory.last_used import Use, record_uses
from ostiary.governance import record_events
from ostiary.server.telemetry import metrics
from ostiary.store import Store, StoreUnavailable

_log = logging.getLogger(__name__)

_MOST_WAITING = 10_000
_MOST_PER_COMMIT = 1_000
_GATHERING_SECONDS = 0.05


class RecordingFailed(Exception):  # noqa: N818 - named after what happened
    """Events are not being written, so what they are about may not be answered."""


@dataclass(frozen=True, slots=True)
class _Entry:
    event: AuditEvent | None
    use: Use | None
    written: Future[None] = field(default_factory=Future)


class Recorder:
    """Writes events and the last use of keys and roles, in the order they come."""

    def __init__(self, store: Store, directory_on: Callable[[Connection], Directory]) -> None:
        """Start the writing thread.

        Args:
            store: where to write.
            directory_on: makes a directory on a transaction.
        """
        self._store = store
        self._directory_on = directory_on
        self._waiting: queue.Queue[_Entry | None] = queue.Queue(_MOST_WAITING)
        self._hurry = threading.Event()
        self._failed = False
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def record(self, event: AuditEvent, use: Use | None, *, wait: bool) -> None:
        """Take an event to be written.

        Args:
            event: the event.
            use: the use of an access key or a role to be kept with it.
            wait: return only when it is written.

        Raises:
            RecordingFailed: it was not written (with `wait`), or those before it were not.
        """
        entry = _Entry(event, use)
        self._waiting.put(entry)
        metrics.recorder_waiting(self._waiting.qsize())
        if wait:
            self._hurry.set()
            entry.written.result()
        elif self._failed:
            raise RecordingFailed

    def note_use(self, use: Use | None) -> None:
        """Take the use of a key or role by a call whose event is written already, with the change that it made."""
        if use is not None:
            self._waiting.put(_Entry(None, use))

    def is_writing(self, seconds: float) -> bool:
        """Tell whether events can be written, by writing none; what takes longer than so many seconds cannot."""
        entry = _Entry(None, None)
        try:
            self._waiting.put(entry, timeout=seconds)
            self._hurry.set()
            entry.written.result(seconds)
        except (queue.Full, TimeoutError, RecordingFailed):
            return False
        return True

    def close(self) -> None:
        """Write what is waiting and stop."""
        self._waiting.put(None)
        self._hurry.set()
        self._thread.join()

    def _run(self) -> None:
        open_ = True
        while open_:
            batch = [self._waiting.get()]
            self._hurry.wait(_GATHERING_SECONDS)
            self._hurry.clear()
            while len(batch) < _MOST_PER_COMMIT and not self._waiting.empty():
                batch.append(self._waiting.get())
            metrics.recorder_waiting(self._waiting.qsize())
            open_ = None not in batch
            self._write([entry for entry in batch if entry is not None])

    def _write(self, entries: list[_Entry]) -> None:
        if not entries:
            return
        try:
            with self._store.write() as connection:
                directory = self._directory_on(connection)
                record_events(directory, [entry.event for entry in entries if entry.event])
                record_uses(directory, [entry.use for entry in entries if entry.use])
        except Exception as error:  # noqa: BLE001 - logged; this thread must live on, whatever it is
            if len(entries) > 1 and not isinstance(error, StoreUnavailable):
                # It may be one of them alone that cannot be written; the others must not be lost for it.
                half = len(entries) // 2
                self._write(entries[:half])
                self._write(entries[half:])
                return
            # Those who wait are told, and reads are refused until events can be written again; but not for one event
            # that cannot be: whoever found out how to make such a one would keep everybody from reading.
            _log.exception("%d events could not be written", len(entries))
            metrics.recording_failed(sum(entry.event is not None for entry in entries))
            metrics.count_failure(error)
            self._failed = isinstance(error, StoreUnavailable)
            for entry in entries:
                entry.written.set_exception(RecordingFailed())
        else:
            self._failed = False
            metrics.events_written(sum(entry.event is not None for entry in entries))
            for entry in entries:
                entry.written.set_result(None)
