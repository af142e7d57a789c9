"""The one border where errors of every layer become what a caller is told."""

import logging

from ostiary.credentials import CredentialError
from ostiary.directory.errors import DirectoryError
from ostiary.server.recorder import RecordingFailed
from ostiary.services.iam.errors import fault_of as directory_fault
from ostiary.store import StoreUnavailable
from ostiary.values.fault import Fault
from ostiary.wire import WireError

_log = logging.getLogger(__name__)


def fault_of(error: Exception, request_id: str) -> Fault:
    """Return the fault that stands for `error`.

    An error that nobody foresaw becomes `InternalFailure`, which says nothing; its details go to the log with the
    request's ID.
    """
    match error:
        case Fault():
            return error
        case CredentialError() | WireError():
            return Fault(error.code, error.message, status=error.status)
        case DirectoryError():
            return directory_fault(error)
        case StoreUnavailable() | RecordingFailed():
            _log.error("request %s: %s", request_id, error)
            return Fault(
                "ServiceUnavailable",
                "The request has failed due to a temporary failure of the server.",
                status=503,
                receiver=True,
            )
        case _:
            _log.error("request %s failed", request_id, exc_info=error)
            return Fault(
                "InternalFailure",
                "The request processing has failed because of an unknown error, exception or failure.",
                status=500,
                receiver=True,
            )
