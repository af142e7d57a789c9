"""The threads that deliver: one looks for what is due, and each channel has one that sends.

So a channel that takes its time holds up nobody but itself.
"""

import logging
import threading
import time

from ostiary.directory.alert_deliveries import due_channels
from ostiary.server.alerting.delivery import deliver_next, dispatch_new, settle_unknown_channels
from ostiary.server.alerting.plan import Channel, Plan, Retries
from ostiary.server.state import State

_log = logging.getLogger(__name__)

_SECONDS_BETWEEN_LOOKS = 1.0
_SECONDS_TO_STOP = 2.0


class Courier:
    """Delivers alerts for as long as a server runs."""

    def __init__(self, state: State, plan: Plan) -> None:
        self._state = state
        self._plan = plan
        self._stopping = threading.Event()
        self._senders = {channel.name: _Sender(state, channel, plan.retries) for channel in plan.channels}
        self._thread = threading.Thread(target=self._run, name="alerts", daemon=True)
        self._unknown_settled = False

    def start(self) -> None:
        """Begin."""
        for sender in self._senders.values():
            sender.start()
        self._thread.start()

    def stop(self) -> None:
        """End; an attempt that takes longer than a moment is left behind, and made again after the next start."""
        self._stopping.set()
        end = time.monotonic() + _SECONDS_TO_STOP
        for sender in self._senders.values():
            sender.stop()
        for thread in (self._thread, *(sender.thread for sender in self._senders.values())):
            thread.join(max(0.0, end - time.monotonic()))

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._look()
            except Exception:  # noqa: BLE001 - logged; see below
                # This thread must live on, whatever it is; nothing is lost meanwhile.
                _log.exception("alerts are not being sent")
            self._stopping.wait(_SECONDS_BETWEEN_LOOKS)

    def _look(self) -> None:
        if not self._unknown_settled:
            settle_unknown_channels(self._state, self._plan)
            self._unknown_settled = True
        dispatch_new(self._state, self._plan)
        if not self._senders:
            return
        with self._state.reading() as directory:
            due = due_channels(directory, now=self._state.clock())
        for name in due & self._senders.keys():
            self._senders[name].wake()


class _Sender:
    """Sends to one channel whatever is due, when it is woken."""

    def __init__(self, state: State, channel: Channel, retries: Retries) -> None:
        self._state = state
        self._channel = channel
        self._retries = retries
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self.thread = threading.Thread(target=self._run, name=f"alerts-{channel.name}", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def wake(self) -> None:
        self._woken.set()

    def stop(self) -> None:
        self._stopping.set()
        self._woken.set()

    def _run(self) -> None:
        while self._woken.wait() and not self._stopping.is_set():
            self._woken.clear()
            try:
                while not self._stopping.is_set() and deliver_next(self._state, self._channel, self._retries):
                    pass
            except Exception:  # noqa: BLE001 - logged; see below
                # As above; what was being sent is sent again, marked as another attempt.
                _log.exception("the channel %s is not being sent to", self._channel.name)
