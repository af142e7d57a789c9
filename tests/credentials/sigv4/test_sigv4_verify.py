"""The rules around a right signature: its time, its scope, what it must cover."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest

from ostiary.credentials import CanonicalStyle, SignatureDoesNotMatch
from ostiary.credentials.sigv4.timestamps import format_timestamp
from ostiary.values.call import HttpRequest
from tests.credentials.sigv4.signing import (
    Unsigned,
    edit_authorization,
    present,
    sign,
    verify,
    with_header,
    without_header,
)

_REQUEST = sign(Unsigned("POST", body=b"Action=ListUsers"))
_GENERIC = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."
)
_QUARTER = timedelta(minutes=15)
_SECOND = timedelta(seconds=1)


def _refusal(request: HttpRequest, **how: object) -> str:
    with pytest.raises(SignatureDoesNotMatch) as refusal:
        verify(request, **how)  # type: ignore[arg-type] # each test passes what `verify` takes
    assert (refusal.value.code, refusal.value.status) == ("SignatureDoesNotMatch", 403)
    return refusal.value.message


def _after(request: HttpRequest, delta: timedelta) -> str:
    return format_timestamp(present(request).timestamp + delta)


def test_another_secret_is_refused() -> None:
    assert _refusal(_REQUEST, secret="x" * 40) == _GENERIC


@pytest.mark.parametrize("late", [timedelta(0), _SECOND, _QUARTER, -_SECOND, -_QUARTER])
def test_a_quarter_of_an_hour_either_way_is_allowed(late: timedelta) -> None:
    verify(_REQUEST, late=late)


def test_a_signature_expires() -> None:
    assert _refusal(_REQUEST, late=_QUARTER + _SECOND) == (
        f"Signature expired: {_after(_REQUEST, timedelta(0))} is now earlier than {_after(_REQUEST, _SECOND)} "
        f"({_after(_REQUEST, _QUARTER + _SECOND)} - 15 min.)"
    )


def test_a_signature_from_the_future_is_not_yet_current() -> None:
    assert _refusal(_REQUEST, late=-_QUARTER - _SECOND) == (
        f"Signature not yet current: {_after(_REQUEST, timedelta(0))} is still later than {_after(_REQUEST, -_SECOND)} "
        f"({_after(_REQUEST, -_QUARTER - _SECOND)} + 15 min.)"
    )


@pytest.mark.parametrize("expires", [1, 60, 3600])
def test_a_presigned_request_is_good_for_a_quarter_of_an_hour_whatever_it_says(expires: int) -> None:
    request = sign(Unsigned(), SigV4QueryAuth, expires=expires)
    verify(request, service="sts", late=_QUARTER)
    assert _refusal(request, service="sts", late=_QUARTER + _SECOND).startswith("Signature expired: ")


def test_a_presigned_request_for_an_object_is_good_for_as_long_as_it_says() -> None:
    request = sign(Unsigned(path="/bucket/key"), S3SigV4QueryAuth, expires=3600)
    how = {"service": "s3", "style": CanonicalStyle.S3, "allow_unsigned_payload": True}
    verify(request, late=timedelta(hours=1), **how)  # type: ignore[arg-type] # see _refusal
    assert _refusal(request, late=timedelta(hours=1) + _SECOND, **how) == (
        f"Signature expired: {_after(request, timedelta(0))} is now earlier than {_after(request, _SECOND)} "
        f"({_after(request, timedelta(hours=1) + _SECOND)} - 3600 sec.)"
    )


def test_the_scope_must_name_the_service() -> None:
    assert _refusal(_REQUEST, service="sts") == "Credential should be scoped to correct service: 'sts'."


def test_the_scope_must_end_right() -> None:
    request = edit_authorization(_REQUEST, "aws4_request", "aws5_request")
    assert _refusal(request) == (
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'."
    )


def test_the_scope_must_be_of_the_same_day() -> None:
    today = present(_REQUEST).date
    request = edit_authorization(_REQUEST, today, "20150830")
    assert _refusal(request) == (
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
        f"'20150830' != '{today}', from '{_after(request, timedelta(0))}'."
    )


def test_all_that_is_wrong_with_a_scope_is_said_at_once() -> None:
    request = edit_authorization(_REQUEST, "iam/aws4_request", "s3/x")
    assert _refusal(request) == (
        "Credential should be scoped to correct service: 'iam'. "
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'x'."
    )


def test_the_scope_is_part_of_what_is_signed() -> None:
    assert _refusal(edit_authorization(_REQUEST, "eu-north-1", "us-east-1")) == _GENERIC


def test_host_must_be_signed() -> None:
    request = edit_authorization(_REQUEST, "SignedHeaders=host;", "SignedHeaders=")
    assert _refusal(request) == "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."


def test_the_date_must_be_signed() -> None:
    request = edit_authorization(_REQUEST, ";x-amz-date", "")
    assert _refusal(request) == "'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization."


@pytest.mark.parametrize("signer", [SigV4Auth, SigV4QueryAuth])
def test_every_x_amz_header_must_be_signed(signer: type) -> None:
    request = with_header(sign(Unsigned(), signer), "x-amz-target", "A.B")
    service = "iam" if signer is SigV4Auth else "sts"
    assert _refusal(request, service=service) == ("'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.")


def test_other_headers_need_not_be_signed() -> None:
    verify(with_header(with_header(_REQUEST, "user-agent", "x"), "x-amzn-trace-id", "Root=1"))


def test_a_signed_header_that_is_missing_is_refused() -> None:
    request = sign(Unsigned(headers=[("My-Header", "")]))
    assert _refusal(without_header(request, "my-header")) == _GENERIC


def test_a_path_that_is_not_rooted_is_refused() -> None:
    assert _refusal(replace(_REQUEST, path=".")) == _GENERIC


def test_the_body_s_true_hash_may_be_stated() -> None:
    verify(sign(Unsigned("PUT", "/bucket/key", body=b"x"), S3SigV4Auth), service="s3", style=CanonicalStyle.S3)


@pytest.mark.parametrize("claim", ["UNSIGNED-PAYLOAD", "0" * 64, "", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"])
@pytest.mark.parametrize("style", CanonicalStyle)
def test_a_body_s_hash_is_computed_not_believed(claim: str, style: CanonicalStyle) -> None:
    # botocore signs the claim as it stands, so all is right with the signature but that the claim is not true.
    request = sign(Unsigned("PUT", "/key", headers=[("X-Amz-Content-SHA256", claim)], body=b"x"))
    assert _refusal(request, style=style) == _GENERIC


class _SignsTheTruth(SigV4Auth):  # type: ignore[misc] # botocore ships no types
    """Signs what the body's hash is, whatever the header says."""

    def canonical_request(self, request: AWSRequest) -> str:
        stated: str = super().canonical_request(request)
        return f"{stated.rpartition(chr(10))[0]}\n{self.payload(request)}"


def test_a_false_statement_of_the_hash_is_refused_though_all_is_signed() -> None:
    for claim, is_right in ((hashlib.sha256(b"x").hexdigest(), True), ("0" * 64, False)):
        request = sign(Unsigned("PUT", "/key", headers=[("X-Amz-Content-SHA256", claim)], body=b"x"), _SignsTheTruth)
        if is_right:
            verify(request)
        else:
            assert _refusal(request) == _GENERIC


def test_an_unsigned_body_is_taken_only_where_it_is_allowed() -> None:
    request = sign(Unsigned("PUT", "/key", headers=[("X-Amz-Content-SHA256", "UNSIGNED-PAYLOAD")], body=b"x"))
    verify(request, allow_unsigned_payload=True)
    assert _refusal(request) == _GENERIC


def test_allowing_unsigned_bodies_does_not_unsign_the_others() -> None:
    request = sign(Unsigned("PUT", "/bucket/key", body=b"x"), S3SigV4Auth)
    how = {"service": "s3", "style": CanonicalStyle.S3, "allow_unsigned_payload": True}
    verify(request, **how)  # type: ignore[arg-type] # see _refusal
    assert _refusal(replace(request, body=b"y"), **how) == _GENERIC
    assert _refusal(replace(_REQUEST, body=b"y"), allow_unsigned_payload=True) == _GENERIC


def test_a_plus_sign_is_a_space() -> None:
    # As HTML forms, the Go SDK and the decoding of parameters have it.
    verify(replace(sign(Unsigned(params={"a": "b c"})), query="a=b+c"))


def test_spellings_of_one_query_are_one_query() -> None:
    request = sign(Unsigned(params={"a": "b:c~", "d": ""}))
    for query in ("a=b%3ac~&d=", "d&a=b:c%7E", "%61=b%3Ac%7e&d"):
        verify(replace(request, query=query))
