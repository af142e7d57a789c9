"""Keeps the record of reads and refusals, many in one commit.

A change's event commits with the change and does not come here. What comes here is written by one thread in batches,
each gathered for a moment; a refusal waits for its batch and cuts the gathering short, a read does not wait. So a crash
may lose the events of reads answered in its last moment. While events cannot be written, no reads are answered.
"""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from sqlalchemy import Connection

from ostiary.audit import AuditEvent, write_events
from ostiary.directory import keys
from ostiary.directory.directory import Directory
from ostiary.directory.keys import KeyUse
from ostiary.store import Store, StoreError

_log = logging.getLogger(__name__)

_MOST_WAITING = 10_000
_MOST_PER_COMMIT = 1_000
_GATHERING_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class _Entry:
    event: AuditEvent
    key_use: KeyUse | None
    written: Future[None] = field(default_factory=Future)


class Recorder:
    """Writes events and the last use of keys, in the order they come."""

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
        self._failure: StoreError | None = None
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def record(self, event: AuditEvent, key_use: KeyUse | None = None, *, wait: bool) -> None:
        """Take an event to be written.

        Args:
            event: the event.
            key_use: the use of an access key to be kept with it.
            wait: return only when it is written.

        Raises:
            StoreError: it was not written (with `wait`), or those before it were not.
        """
        entry = _Entry(event, key_use)
        self._waiting.put(entry)
        if wait:
            self._hurry.set()
            entry.written.result()
        elif self._failure is not None:
            raise self._failure

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
            open_ = None not in batch
            self._write([entry for entry in batch if entry is not None])

    def _write(self, entries: list[_Entry]) -> None:
        if not entries:
            return
        # Of several uses of one key in a batch the last stands for all.
        uses = {entry.key_use.access_key_id: entry.key_use for entry in entries if entry.key_use}
        try:
            with self._store.write() as connection:
                write_events(connection, [entry.event for entry in entries])
                keys.record_uses(self._directory_on(connection), uses.values())
        except StoreError as error:
            _log.exception("%d events could not be written", len(entries))
            self._failure = error
            for entry in entries:
                entry.written.set_exception(error)
        else:
            self._failure = None
            for entry in entries:
                entry.written.set_result(None)
