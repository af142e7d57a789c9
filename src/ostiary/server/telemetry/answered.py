"""What is told of a request once it is answered: a count, and a line in the log if those are wanted."""

import logging
from typing import NamedTuple

from ostiary.server.telemetry import metrics
from ostiary.server.telemetry.outcome import outcome_of
from ostiary.values.caller import Caller
from ostiary.values.fault import Fault

ACCESS_LOGGER = "ostiary.access"

_log = logging.getLogger(ACCESS_LOGGER)
_OTHER = "other"


class Answered(NamedTuple):
    """A request and how it ended. Nothing of its query, headers and body is in here, nor of the answer's.

    A named tuple, since one is made for every call.
    """

    request_id: str
    service: str | None
    """The signing name, or one of ours: `console`, `discovery`, `metrics`; None where it cannot be told."""
    operation: str | None
    """As it was called, which may be anything."""
    is_served: bool
    """Service and operation are among those that are served."""
    status: int
    """As it was sent."""
    source_address: str
    seconds: float
    caller: Caller | None = None
    """Who called, once that was proven."""
    fault: Fault | None = None

    def fields(self) -> dict[str, str | int | float | None]:
        """Return what the log says, in order."""
        return {
            "request_id": self.request_id,
            "service": self.service,
            "operation": self.operation,
            "account": self.caller.account if self.caller else None,
            "principal": self.caller.arn if self.caller else None,
            "status": self.status,
            "error_code": self.fault.code if self.fault else None,
            "milliseconds": round(self.seconds * 1_000, 1),
            "source_address": self.source_address,
        }


def tell(answered: Answered) -> None:
    """Count a request, and log it if access lines are wanted."""
    service, operation = answered.service, answered.operation
    if not answered.is_served or service is None or operation is None:
        service = operation = _OTHER
    # A fault has the same status in all protocols; JSON ones send 400 for most.
    status = answered.fault.status if answered.fault else answered.status
    metrics.call_answered(service, operation, outcome_of(status), answered.seconds)
    if _log.isEnabledFor(logging.INFO):
        # In place of `_log.info`, which spends more on finding out whose line this is than the rest of it takes.
        _log.handle(_log.makeRecord(ACCESS_LOGGER, logging.INFO, __file__, 0, answered, (), None))
