"""What everybody may know of an account's issuer, over plain HTTP."""

import json
import urllib.error
import urllib.request
import uuid
from email.message import Message
from typing import Any

import pytest

from tests.conftest import RunningServer

CONFIGURATION = ".well-known/openid-configuration"
KEYS = ".well-known/jwks.json"


@pytest.fixture(scope="module")
def issuer(iam: Any) -> str:
    url: str = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
    return url


def get(server: RunningServer, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(f"{server.endpoint}/{path}", method=method)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 - our own server
            return response.status, lowered(response.headers), response.read()
    except urllib.error.HTTPError as error:
        return error.code, lowered(error.headers), error.read()


def lowered(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def test_the_configuration_names_the_issuer_and_its_keys(server: RunningServer, issuer: str) -> None:
    status, headers, body = get(server, f"{issuer.rpartition('/')[2]}/{CONFIGURATION}?ignored")
    assert status == 200
    assert headers["content-type"] == "application/json"
    assert headers["cache-control"] == "public, max-age=3600"
    assert json.loads(body) == {
        "issuer": issuer,
        "jwks_uri": f"{issuer}/{KEYS}",
        "response_types_supported": ["id_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES384"],
        "claims_supported": ["aud", "exp", "iat", "iss", "jti", "sub"],
    }


def test_the_keys_are_public_ones_only(server: RunningServer, issuer: str) -> None:
    _, _, body = get(server, f"{issuer.rpartition('/')[2]}/{KEYS}")
    rsa_key, ec_key = json.loads(body)["keys"]
    assert set(rsa_key) == {"kty", "n", "e", "alg", "use", "kid"}
    assert set(ec_key) == {"kty", "crv", "x", "y", "alg", "use", "kid"}
    assert (rsa_key["alg"], ec_key["alg"]) == ("RS256", "ES384")


def test_the_keys_are_there_when_the_feature_is_disabled(server: RunningServer, iam: Any, issuer: str) -> None:
    path = f"{issuer.rpartition('/')[2]}/{KEYS}"
    before = get(server, path)[2]
    iam.disable_outbound_web_identity_federation()
    assert get(server, path)[2] == before
    iam.enable_outbound_web_identity_federation()
    assert get(server, path)[2] == before


def test_an_issuer_that_nobody_has_is_not_found(server: RunningServer) -> None:
    for name in (CONFIGURATION, KEYS):
        status, _, body = get(server, f"{uuid.uuid4()}/{name}")
        assert (status, json.loads(body)) == (404, {"error": "not_found"})


@pytest.mark.parametrize(
    ("path", "method"),
    [("{}/" + KEYS, "POST"), ("{}/" + KEYS + "x", "GET"), ("{}", "GET"), ("x{}/" + KEYS, "GET")],
)
def test_all_else_is_for_the_api(server: RunningServer, issuer: str, path: str, method: str) -> None:
    status, headers, body = get(server, path.format(issuer.rpartition("/")[2]), method)
    assert status >= 400
    assert headers["content-type"] == "text/xml"
    assert b"<Code>" in body
