"""Whatever botocore signs, verifies."""

from urllib.parse import quote

import pytest
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4QueryAuth

from ostiary.credentials import CanonicalStyle, SignatureDoesNotMatch
from tests.credentials.sigv4.signing import Unsigned, present, sign, verify

_FORM = ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")

AWKWARD = {
    "vanilla": Unsigned(),
    "no path": Unsigned(path=""),
    "unreserved": Unsigned(path="/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
    "utf-8 path": Unsigned(path="/%E1%88%B4/%C3%A0"),
    "reserved in path": Unsigned(path="/a:b@c;d=e,f!g'h(i)j*k$l&m+n"),
    "space in path": Unsigned(path="/example%20space/"),
    "percent in path": Unsigned(path="/a%2520b%2Fc"),
    "relative": Unsigned(path="/example/.."),
    "relative relative": Unsigned(path="/example1/example2/../.."),
    "above the root": Unsigned(path="/../../a"),
    "slash dot slash": Unsigned(path="/./"),
    "pointless dot": Unsigned(path="/./example"),
    "slashes": Unsigned(path="//example//"),
    "empty value": Unsigned(path="/?a=&b="),
    "no equals sign": Unsigned(path="/?a&b"),
    "empty name": Unsigned(path="/?=a"),
    "empty pairs": Unsigned(path="/?a=1&&b=2&"),
    "equals sign in value": Unsigned(params={"a": "b=c=="}),
    "order of names": Unsigned(path="/?Param2=value2&Param1=value1&param1=x&Param10=y&Param=z"),
    "order of values": Unsigned(path="/?a=2&a=10&a=1&a="),
    "same pair twice": Unsigned(path="/?a=1&a=1"),
    "encoded names": Unsigned(params={"a b": "1", "ab": "2", "a%": "3", "a/": "4", "é": "5"}),
    "space, plus, percent": Unsigned(params={"a": "b c+d%e", "f": "%20"}),
    "unreserved in query": Unsigned(params={"-._~": "-._~", "x": "!*'()"}),
    "utf-8 query": Unsigned(params={"ሴ": "bar ሴ", "emoji": "🔑"}),
    "value order": Unsigned(headers=[("My-Header1", "value4"), ("My-Header1", "value1"), ("My-Header1", "value3")]),
    "values with commas": Unsigned(headers=[("My-Header1", "a,b"), ("My-Header1", "c")]),
    "trim": Unsigned(headers=[("My-Header1", "  value1"), ("My-Header2", '  "a   b   c" \t ')]),
    "empty header": Unsigned(headers=[("My-Header1", ""), ("My-Header2", "   ")]),
    "utf-8 header": Unsigned(headers=[("X-Amz-Meta-Name", "à la  carte, Å…")]),
    "header order": Unsigned(headers=[("Zoo", "1"), ("A-b", "2"), ("A", "3"), ("a1", "4")]),
    "post": Unsigned("POST"),
    "post form": Unsigned("POST", headers=[_FORM], body=b"Action=ListUsers&Version=2010-05-08"),
    "post with query": Unsigned("POST", "/?b=2&a=1", headers=[_FORM], body=b"Param1=value1"),
    "post bytes": Unsigned("POST", headers=[_FORM], body=bytes(range(256))),
    "other method": Unsigned("DELETE", "/a"),
    "session token": Unsigned("POST", headers=[_FORM], body=b"Action=ListUsers", token="AQoDYXdz/+==" * 30),
    "Date header": Unsigned(headers=[("Date", "to be replaced")]),
    "unsigned headers": Unsigned(headers=[("User-Agent", "Boto3/1 md/x"), ("Expect", "100-continue")]),
    "port in host": Unsigned(host="127.0.0.1:4747"),
    "IPv6 host": Unsigned(host="[::1]:4747"),
}


@pytest.mark.parametrize("unsigned", AWKWARD.values(), ids=AWKWARD)
def test_a_signed_request_verifies(unsigned: Unsigned) -> None:
    verify(sign(unsigned))


@pytest.mark.parametrize("unsigned", AWKWARD.values(), ids=AWKWARD)
def test_a_request_signed_with_another_secret_is_refused(unsigned: Unsigned) -> None:
    with pytest.raises(SignatureDoesNotMatch):
        verify(sign(unsigned), secret="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEZ")


# botocore keeps one value of a repeated parameter when it presigns, and leaves nothing of a body but parameters.
_PRESIGNABLE = {name: case for name, case in AWKWARD.items() if not case.body and name != "Date header"}


@pytest.mark.parametrize("unsigned", _PRESIGNABLE.values(), ids=_PRESIGNABLE)
def test_a_presigned_request_verifies(unsigned: Unsigned) -> None:
    request = sign(unsigned, SigV4QueryAuth, expires=60)
    assert present(request).presigned
    assert present(request).expires == 60
    verify(request, service="sts")


def test_a_presigned_request_carries_its_session_token() -> None:
    request = sign(Unsigned(token="AQoDYXdz/+=="), SigV4QueryAuth, expires=60)
    assert present(request).session_token == "AQoDYXdz/+=="
    verify(request, service="sts")


KEYS = [
    "photo.jpg",
    "a//b",
    "a/../b",
    "./a",
    "a b+c",
    "100%",
    "é/ሴ",
    "q?a=b&c#d",
    "x;y=1,2:3@4!5'6(7)8*9",
    "~tilde",
    "/",
]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_request_for_an_object_verifies(key: str, method: str) -> None:
    body = b"content" if method == "PUT" else b""
    request = sign(Unsigned(method, f"/bucket/{quote(key, safe='/~')}", body=body), S3SigV4Auth)
    verify(request, service="s3", style=CanonicalStyle.S3)


@pytest.mark.parametrize("key", KEYS)
def test_a_presigned_request_for_an_object_verifies(key: str) -> None:
    request = sign(Unsigned(path=f"/bucket/{quote(key, safe='/~')}"), S3SigV4QueryAuth, expires=3600)
    verify(request, service="s3", style=CanonicalStyle.S3, allow_unsigned_payload=True)
