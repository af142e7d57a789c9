"""The one border where errors of every layer become what a caller is told."""

import logging

from ostiary.credentials import CredentialError
from ostiary.directory.errors import DirectoryError
from ostiary.server.recorder import RecordingFailed
from ostiary.services.iam.errors import fault_of as directory_fault
from ostiary.store import StoreUnavailable
from ostiary.values.fault import Fault
from ostiary.wire import EncodedResponse, FaultForm, WireError, encode_fault

AUTHORIZATION_MESSAGE_HEADER = "x-ostiary-authorization-message"
"""Carries what DecodeAuthorizationMessage decodes: the sentences of IAM and STS have no place for it."""

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


def answer_fault(form: FaultForm, fault: Fault, request_id: str) -> EncodedResponse:
    """Return the answer that carries a fault, as for `encode_fault`, with the encoded message of a refusal."""
    answer = encode_fault(form, fault, request_id)
    if fault.authorization_message is None:
        return answer
    header = (AUTHORIZATION_MESSAGE_HEADER, fault.authorization_message)
    return EncodedResponse(answer.status, (*answer.headers, header), answer.body)
