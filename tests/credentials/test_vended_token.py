"""The keys that sign vended tokens: they come back as they were put away, and are named as RFC 7638 says."""

import base64
import hashlib
import json

import jwt
import pytest

from ostiary.credentials import TokenAlgorithm, TokenSigner, parse_token_signer

SIGNER = TokenSigner.generate()


@pytest.mark.parametrize("algorithm", TokenAlgorithm)
def test_a_signer_is_the_same_after_it_was_put_away(algorithm: TokenAlgorithm) -> None:
    again = parse_token_signer(SIGNER.to_bytes())
    assert again.public_keys() == SIGNER.public_keys()
    keys = jwt.PyJWKSet.from_dict(SIGNER.public_keys())
    token = again.mint({"sub": "somebody"}, algorithm)
    key = keys[jwt.get_unverified_header(token)["kid"]]
    assert jwt.decode(token, key, algorithms=[algorithm.value]) == {"sub": "somebody"}


@pytest.mark.parametrize(("algorithm", "members"), [("RS256", ("e", "kty", "n")), ("ES384", ("crv", "kty", "x", "y"))])
def test_a_key_is_named_by_its_thumbprint(algorithm: str, members: tuple[str, ...]) -> None:
    (key,) = (key for key in SIGNER.public_keys()["keys"] if key["alg"] == algorithm)
    text = "{" + ",".join(f'"{name}":"{key[name]}"' for name in members) + "}"
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    assert key["kid"] == digest


def test_the_keys_do_not_show() -> None:
    assert f"{SIGNER} {SIGNER!r}".count("TokenSigner object at") == 2


def test_keys_in_each_others_place_are_none() -> None:
    written = json.loads(SIGNER.to_bytes())
    swapped = {"RS256": written["ES384"], "ES384": written["RS256"]}
    with pytest.raises(ValueError, match="not a token signer's keys"):
        parse_token_signer(json.dumps(swapped).encode())
