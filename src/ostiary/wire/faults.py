"""Faults in bytes, in the form of whichever service a call was for.

Sources: https://smithy.io/2.0/aws/protocols/ and
https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from ostiary.values.fault import Fault
from ostiary.wire import cbor
from ostiary.wire.fault_form import QUERY, QUERY_IN_JSON, REST_JSON, S3, UNKNOWN_FORM, FaultForm
from ostiary.wire.marks import CBOR, JSON
from ostiary.wire.query import encode_json_fault, encode_xml_fault
from ostiary.wire.query.xml import element, escape
from ostiary.wire.response import REQUEST_ID, EncodedResponse
from ostiary.wire.spelling import spell

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ERROR_TYPE = "x-amzn-ErrorType"
_QUERY_ERROR = "x-amzn-query-error"

# What a service's model requires of an error beside its message.
_MORE_IN_REST_JSON: Mapping[tuple[str | None, str], Mapping[str, str]] = MappingProxyType(
    {("access-analyzer", "ValidationException"): {"reason": "fieldValidationFailed"}}
)


def encode_fault(form: FaultForm | None, fault: Fault, request_id: str) -> EncodedResponse:
    """Return the answer to a call that did not succeed.

    Args:
        form: what the request showed of how it is to be answered; None when there was no request to look at.
        fault: what went wrong, in the words of IAM; other services' own are found here.
        request_id: repeated in the body or in a header, as the service does.
    """
    form = form or UNKNOWN_FORM
    answer = _ENCODERS[form.protocol](form, spell(fault, form), request_id)
    if not form.query_compatible:
        return answer
    # The code that the service had while it spoke the query protocol; SDKs prefer it.
    kept_code = (_QUERY_ERROR, f"{fault.code};{'Receiver' if fault.receiver else 'Sender'}")
    return EncodedResponse(answer.status, (*answer.headers, kept_code), answer.body)


def _in_ec2(_form: FaultForm, fault: Fault, request_id: str) -> EncodedResponse:
    error = element("Error", element("Code", escape(fault.code)) + element("Message", escape(fault.message)))
    text = element("Response", element("Errors", error) + element("RequestID", escape(request_id)))
    headers = (("Content-Type", "text/xml;charset=UTF-8"), (REQUEST_ID, request_id))
    return EncodedResponse(fault.status, headers, (_XML + text).encode())


def _in_s3(_form: FaultForm, fault: Fault, request_id: str) -> EncodedResponse:
    host_id = base64.b64encode(hashlib.sha256(request_id.encode()).digest()).decode()
    text = element(
        "Error",
        element("Code", escape(fault.code))
        + element("Message", escape(fault.message))
        + element("RequestId", escape(request_id))
        + element("HostId", host_id),
    )
    headers = (("Content-Type", "application/xml"), ("x-amz-request-id", request_id), ("x-amz-id-2", host_id))
    return EncodedResponse(fault.status, headers, (_XML + text).encode())


def _in_json(form: FaultForm, fault: Fault, request_id: str) -> EncodedResponse:
    body = {"__type": fault.code, "message": fault.message}
    headers = (
        ("Content-Type", f"application/x-amz-json-{form.json_version}"),
        (REQUEST_ID, request_id),
        (_ERROR_TYPE, fault.code),
    )
    return EncodedResponse(fault.status, headers, json.dumps(body).encode())


def _in_rest_json(form: FaultForm, fault: Fault, request_id: str) -> EncodedResponse:
    headers = (("Content-Type", "application/json"), (REQUEST_ID, request_id), (_ERROR_TYPE, fault.code))
    more = _MORE_IN_REST_JSON.get((form.service, fault.code), {})
    return EncodedResponse(fault.status, headers, json.dumps({"message": fault.message, **more}).encode())


def _in_cbor(_form: FaultForm, fault: Fault, request_id: str) -> EncodedResponse:
    return cbor.answer(fault.status, {"__type": fault.code, "message": fault.message}, request_id)


_ENCODERS: Mapping[str, Callable[[FaultForm, Fault, str], EncodedResponse]] = MappingProxyType(
    {
        QUERY: lambda form, fault, request_id: encode_xml_fault(form.namespace, fault, request_id),
        QUERY_IN_JSON: lambda _form, fault, request_id: encode_json_fault(fault, request_id),
        "rest-xml": lambda form, fault, request_id: encode_xml_fault(form.namespace, fault, request_id),
        S3: _in_s3,
        "ec2": _in_ec2,
        JSON: _in_json,
        REST_JSON: _in_rest_json,
        CBOR: _in_cbor,
    }
)
