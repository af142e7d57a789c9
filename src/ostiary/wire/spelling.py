"""How each kind of service spells the errors that all services share.

Sources: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html,
https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and the common errors in the references of services
that speak JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ostiary.values.fault import Fault
from ostiary.wire.fault_form import REST_JSON, S3, FaultForm
from ostiary.wire.marks import CBOR, JSON


@dataclass(frozen=True, slots=True)
class _Spelling:
    code: str
    message: str | None = None
    """The service's own sentence, where it has one."""
    status: int | None = None


_INTERNAL = _Spelling("InternalError")

_IN_JSON: Mapping[str, _Spelling] = MappingProxyType(
    {
        "AccessDenied": _Spelling("AccessDeniedException"),
        "ExpiredToken": _Spelling("ExpiredTokenException"),
        "IncompleteSignature": _Spelling("IncompleteSignatureException"),
        "InvalidAction": _Spelling("UnknownOperationException"),
        "InvalidClientTokenId": _Spelling("UnrecognizedClientException"),
        "MalformedInput": _Spelling("SerializationException"),
        "MissingAuthenticationToken": _Spelling("MissingAuthenticationTokenException"),
        "ServiceUnavailable": _Spelling("ServiceUnavailableException"),
        "SignatureDoesNotMatch": _Spelling("InvalidSignatureException"),
        "ValidationError": _Spelling("ValidationException"),
    }
)
_BAD_CREDENTIALS = _Spelling("AuthFailure", "AWS was not able to validate the provided access credentials", 401)
_IN_EC2: Mapping[str, _Spelling] = MappingProxyType(
    {
        "AccessDenied": _Spelling("UnauthorizedOperation"),
        "ExpiredToken": _Spelling("RequestExpired", "Request has expired.", 400),
        "InternalFailure": _INTERNAL,
        "InvalidClientTokenId": _BAD_CREDENTIALS,
        "SignatureDoesNotMatch": _BAD_CREDENTIALS,
        "ServiceUnavailable": _Spelling("Unavailable"),
    }
)
_IN_S3: Mapping[str, _Spelling] = MappingProxyType(
    {
        "ExpiredToken": _Spelling("ExpiredToken", "The provided token has expired.", 400),
        "IncompleteSignature": _Spelling("AuthorizationHeaderMalformed"),
        "InternalFailure": _INTERNAL,
        "InvalidClientTokenId": _Spelling(
            "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."
        ),
        "MissingAuthenticationToken": _Spelling("AccessDenied", "Access Denied"),
        "RequestEntityTooLarge": _Spelling("EntityTooLarge", status=400),
    }
)
_BY_PROTOCOL: Mapping[str, Mapping[str, _Spelling]] = MappingProxyType(
    {JSON: _IN_JSON, CBOR: _IN_JSON, REST_JSON: _IN_JSON, "ec2": _IN_EC2, S3: _IN_S3}
)
_BY_SERVICE: Mapping[str, Mapping[str, _Spelling]] = MappingProxyType(
    {
        "securityhub": {"ValidationError": _Spelling("InvalidInputException")},
        "sns": {"AccessDenied": _Spelling("AuthorizationError")},
        "tagging": {"ValidationError": _Spelling("InvalidParameterException")},
    }
)


def spell(fault: Fault, form: FaultForm) -> Fault:
    """Return a fault in the words of the service that it is told in the name of."""
    of_protocol = _BY_PROTOCOL.get(form.protocol, {})
    of_service = _BY_SERVICE.get(form.service or "", {})
    spelling = of_service.get(fault.code) or of_protocol.get(fault.code)
    if spelling is None:
        return fault
    return Fault(
        spelling.code,
        spelling.message or fault.message,
        status=spelling.status or fault.status,
        receiver=fault.receiver,
    )
