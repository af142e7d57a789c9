"""Vended tokens, verified by a stock library as another service would: with what the issuer shows everybody."""

import json
import urllib.request
from typing import Any

import jwt

from tests.conftest import RunningServer

Json = dict[str, Any]

SERVICE = "https://service.example.com"


def fetch(server: RunningServer, url: str) -> Json:
    """Return a document of an issuer, from where the server listens rather than from where its settings say it is."""
    path = url.partition("://")[2].partition("/")[2]
    with urllib.request.urlopen(f"{server.endpoint}/{path}", timeout=10) as response:  # noqa: S310 - our own server
        document: Json = json.load(response)
    return document


def verified(server: RunningServer, token: str, issuer: str) -> Json:
    """Return the claims of a token for `SERVICE`; raises `jwt.InvalidTokenError` when it is not what it seems."""
    configuration = fetch(server, f"{issuer}/.well-known/openid-configuration")
    keys = jwt.PyJWKSet.from_dict(fetch(server, configuration["jwks_uri"]))
    claims: Json = jwt.decode(
        token,
        keys[jwt.get_unverified_header(token)["kid"]],
        algorithms=configuration["id_token_signing_alg_values_supported"],
        audience=SERVICE,
        issuer=configuration["issuer"],
        options={"require": configuration["claims_supported"]},
    )
    return claims
